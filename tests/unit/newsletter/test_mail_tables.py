"""Tables in a mail: words stay whole where they fit a phone, and may be broken where they do not."""

import pytest

from dropcap.newsletter.mail_tables import ROOM, with_whole_words


def table(*rows: list[str], tag: str = "<table>") -> str:
    """Return a table of ROWS, the first of them its header."""
    head, *body = rows
    cells = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in body)
    return f"{tag}<thead><tr>{cells}</tr></thead><tbody>{lines}</tbody></table>"


FITS = table(["Date", "Sun up", "Daylight"], ["21 <b>December</b>", "8:05", "7&nbsp;h 50 and whatever else there is"])


def test_words_stay_whole_where_the_longest_of_each_column_fit() -> None:
    """Entities count as the character that they stand for; tags count nothing."""
    marked = FITS.replace("<table>", '<table class="whole-words">')
    assert f"<p>A</p>{marked}" == with_whole_words(f"<p>A</p>{FITS}")


def test_a_class_of_the_author_is_kept() -> None:
    """A second attribute of the same name would be ignored."""
    whole = with_whole_words(FITS.replace("<table>", '<table id="a" class="times">'))
    assert whole.startswith('<table id="a" class="whole-words times">')


@pytest.mark.parametrize(("letters", "fits"), [(ROOM - 5, True), (ROOM - 4, False)])
def test_the_longest_words_of_all_columns_count_together(letters: int, *, fits: bool) -> None:
    """With one character of space for each of two columns, and three for the word in the second."""
    html = table(["x" * letters, "abc"], ["x", "a"])
    assert fits == ("whole-words" in with_whole_words(html))


def test_wide_letters_need_more_room() -> None:
    """Thirty capital M are twice as wide as thirty small letters."""
    assert "whole-words" in with_whole_words(table(["n" * 10] * 3))
    assert "whole-words" not in with_whole_words(table(["M" * 10] * 3))


@pytest.mark.parametrize(
    "html",
    [
        table(["A", "B"], ['<img src="/a.png" alt="">', "b"]),
        table(["A", "B"], ["<pre>code</pre>", "b"]),
        "<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>",
        '<table><tr><td colspan="2">a</td></tr></table>',
    ],
)
def test_a_table_with_more_than_words_may_break_them(html: str) -> None:
    """Its width cannot be told from its words."""
    assert html == with_whole_words(html)
