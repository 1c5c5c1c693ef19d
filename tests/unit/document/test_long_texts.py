"""Long texts of one kind are read within the limit for a file: the time for them grows with their length."""

import pytest

from dropcap.steps.render.source import SECONDS
from dropcap.steps.time_limit import time_limit
from support.documents import document


@pytest.mark.parametrize(
    ("text", "warnings"),
    [
        ("<table>\n" + "<tr><td>a</td></tr>\n" * 15_000 + "</table>", 0),
        ("<div>\n" + "<img src=https://example.org/a.png>\n" * 25_000, 0),
        ("<div>\n" + "<b" * 150_000, 1),
        ("<div>\n" + "<b " * 150_000, 1),
        ("<div>\n" + "<svg></svg>" * 30_000, 1),
        ("[a](https://example.org/) " * 20_000, 0),
        ("[a text][label] " * 15_000, 1),
    ],
    ids=lambda value: f"{value[:24]!r}" if isinstance(value, str) else "",
)
def test_a_long_text_is_read_in_time(text: str, warnings: int) -> None:
    """In about a second; each of them was refused."""
    with time_limit(SECONDS):
        assert warnings == len(document(text).warnings)
