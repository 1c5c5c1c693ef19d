"""A deployment of another theme to a local cloud."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from dropcap_local.cloud import LocalCloud

MARK = b"<!-- a-new-theme -->"
"""Is in every page of the new theme."""


def own_theme(cloud: LocalCloud, place: Path) -> Path:
    """Return a copy of the theme of CLOUD in the new folder PLACE."""
    templates = Path(cloud.stack.functions["PublishFunction"].environment["TEMPLATES_DIR"])
    shutil.copytree(templates, place)
    return place


def changed_theme(cloud: LocalCloud, place: Path) -> Path:
    """Return a copy of the theme of CLOUD in the new folder PLACE whose pages all have MARK."""
    for path in own_theme(cloud, place).rglob("*.html"):
        path.write_bytes(path.read_bytes().replace(b"</body>", MARK + b"</body>"))
    return place


@contextmanager
def deployed(cloud: LocalCloud, theme: Path, environment: Mapping[str, str] | None = None) -> Iterator[None]:
    """Run the functions of CLOUD with THEME in this block, in new containers; ENVIRONMENT is their own."""
    with_theme: Mapping[str, Any] = {**(environment or {}), "TEMPLATES_DIR": str(theme)}
    cloud.functions.forget()  # a deployment starts new containers
    with patch.object(cloud.functions, "_environment", with_theme):
        yield
