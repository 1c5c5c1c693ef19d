"""The table of the dialect, and the guide that is made of it."""

import pytest

from support.dialect_table import GUIDE, TABLE, Feature, features, guide, outcome

FEATURES = list(features())


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: f"{feature.group}: {feature.name}")
def test_the_dialect_table_holds(feature: Feature) -> None:
    """Input, output, and what its author is warned of."""
    assert (feature.html, list(feature.warnings)) == outcome(feature.source)


def test_every_section_of_the_table_is_read() -> None:
    """A section that is written another way would not be tested."""
    written = sum(file.read_text().count("\n`````markdown\n") for file in TABLE.glob("*.md"))
    assert written == len(FEATURES)
    assert 50 < written


def test_the_guide_says_what_is_tested() -> None:
    """After a change of the table: `make docs`."""
    assert guide() == GUIDE.read_text()
