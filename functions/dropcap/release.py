"""Digests of the theme and of the code that renders and publishes: equal digests make equal pages of equal sources."""

from collections.abc import Iterable
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
    """The version of what makes pages: digests of the THEME and of the RENDERER, 32 hex digits each."""

    theme: str
    renderer: str

    @classmethod
    def of(cls, templates: Path) -> "Release":
        """Return the release of this code with the theme in the folder TEMPLATES."""
        code = [path for folder in RENDERING for path in (PACKAGE / folder).rglob("*.py")]
        return cls(_digest(templates, templates.rglob("*")), _digest(PACKAGE.parent, [*code, LIBRARIES]))


def _digest(root: Path, paths: Iterable[Path]) -> str:
    """Return a digest of the names below ROOT and the bytes of the files among PATHS, in the order of their names."""
    whole = sha256()
    files = (path for path in paths if path.is_file() and "__pycache__" not in path.parts)
    for name, path in sorted((path.relative_to(root).as_posix(), path) for path in files):
        content = path.read_bytes()
        whole.update(f"{name} {len(content)}\n".encode() + content)
    return whole.hexdigest()[:32]
