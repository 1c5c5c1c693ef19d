"""Digests of the theme, the code and the deployment's settings: equal digests make equal pages of equal sources."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

PACKAGE = Path(__file__).parent
RENDERING = ("document", "pictures", "site", "steps/publish", "steps/render")
"""Folders of the package whose code decides what is in fragments, pages and pictures."""
LIBRARIES = PACKAGE.parent / "requirements.txt"
"""The pinned libraries, which influence the same output."""


@dataclass(frozen=True, slots=True)
class Release:
    """The version of what makes pages: digests of the THEME, the RENDERER and the SETTINGS, 32 hex digits each.

    The settings are those of the deployment. Their digest is empty where they are not known.
    """

    theme: str
    renderer: str
    settings: str = ""

    @classmethod
    def of(cls, templates: Path, settings: Mapping[str, str]) -> "Release":
        """Return the release of this code with the theme in the folder TEMPLATES and the SETTINGS by their names."""
        code = [path for folder in RENDERING for path in (PACKAGE / folder).rglob("*.py")]
        theme, renderer = _digest(templates, templates.rglob("*")), _digest(PACKAGE.parent, [*code, LIBRARIES])
        named = json.dumps(dict(settings), sort_keys=True)
        return cls(theme, renderer, sha256(named.encode()).hexdigest()[:32])


def _digest(root: Path, paths: Iterable[Path]) -> str:
    """Return a digest of the names below ROOT and the bytes of the files among PATHS, in the order of their names."""
    whole = sha256()
    files = (path for path in paths if path.is_file() and "__pycache__" not in path.parts)
    for name, path in sorted((path.relative_to(root).as_posix(), path) for path in files):
        content = path.read_bytes()
        whole.update(f"{name} {len(content)}\n".encode() + content)
    return whole.hexdigest()[:32]
