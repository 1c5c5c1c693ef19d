"""The theme that this room's tests render with."""

import pytest

from dropcap.site.theme import Theme
from support.pages import TEMPLATES


@pytest.fixture(scope="session")
def theme() -> Theme:
    """Return the theme of the repository."""
    return Theme(TEMPLATES)
