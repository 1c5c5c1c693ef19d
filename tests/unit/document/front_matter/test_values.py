"""Values of front matter: entities are decoded once, and not between backticks."""

import pytest

from dropcap.document.front_matter.values import decoded
from dropcap.steps.time_limit import time_limit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tea &amp; cake", "Tea & cake"),
        ("&amp;amp;", "&amp;"),
        ("`&amp;` &amp; ``a ` &lt;``", "`&amp;` & ``a ` &lt;``"),
        ("`` &amp; `", "`` & `"),
        ("AT&T; &nosuch;", "AT&T; &nosuch;"),
    ],
)
def test_entities_are_decoded_once_and_not_in_code(text: str, expected: str) -> None:
    """Code begins and ends with as many backticks."""
    assert expected == decoded(text)


def test_a_title_of_backticks_takes_no_longer_than_its_length_asks_for() -> None:
    """Four times the characters took sixteen times as long."""
    with time_limit(5.0):
        assert 400_001 == len(decoded("`" * 400_000 + "a"))
