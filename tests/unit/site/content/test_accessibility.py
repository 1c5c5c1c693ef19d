"""Accessibility of bodies: wide elements scroll by themselves and can be reached by keyboard."""

import pytest

from dropcap.site.content.accessibility import CELL_EXTRA, COLUMN, FITS, SIGN_EXTRA, Labels, on_page

LABELS = Labels(
    lambda n: f"Table {n}", lambda n: f'Code "{n}"', lambda n: f'Formula "{n}"', lambda n: f"Footnote {n}",
    "A formula", "Footnotes", 'Open "it"',
)  # fmt: skip
WIDE = "x" * (FITS + 1)


def test_each_table_that_may_be_too_wide_stands_in_a_box_that_scrolls_and_has_a_name() -> None:
    """A table within a table stays in its parent's box."""
    html = f"<table><tr><td><table></table></td></tr></table><p>b</p><table><tr><td>{WIDE}</td></tr></table>"
    start = '<div class="wide" role="region" tabindex="0" aria-label="Table {}"><table>'
    expected = (
        f"{start.format(1)}<tr><td><table></table></td></tr></table></div><p>b</p>"
        f"{start.format(2)}<tr><td>{WIDE}</td></tr></table></div>"
    )
    assert expected == on_page(html, LABELS)


def test_a_picture_without_an_alternative_text_has_an_empty_one() -> None:
    """Screen readers would read its address aloud; others keep theirs."""
    html = (
        '<p><img src="https://a.example/x.png" width="2"><img alt="An oak" src="/y.png"><img alt="" src="/z.png"></p>'
    )
    assert html.replace('width="2">', 'width="2" alt="">') == on_page(html, LABELS)


@pytest.mark.parametrize(
    ("cells", "boxed"),
    [
        ("<td>many short words in a row wrap</td><td>one &amp; two</td>", False),
        (f"<td>{'x' * (FITS - COLUMN - 2 * CELL_EXTRA)}</td><td>b</td>", False),
        (f"<td>{'x' * (FITS - COLUMN - 2 * CELL_EXTRA + 1)}</td><td>b</td>", True),
        ("<td>a</td><td>b</td><td>c</td>", True),
        ('<td colspan="2">a</td>', True),
        ('<td><img src="a.png" alt=""></td>', True),
        ("<td><ul><li>a</li></ul></td>", True),
    ],
)
def test_a_table_is_reached_by_the_keyboard_only_where_it_may_scroll(cells: str, boxed: bool) -> None:  # noqa: FBT001  # pytest
    """A narrow one would only be one more stop."""
    html = f"<table><thead><tr><th>a</th></tr></thead><tbody><tr>{cells}</tr></tbody></table>"
    assert boxed == ("tabindex" in on_page(html, LABELS))


@pytest.mark.parametrize(
    ("levels", "expected"),
    [("2342", "2342"), ("244", "233"), ("4432", "2222"), ("1232", "2343"), ("123456", "234566"), ("25352", "23342")],
)
def test_headings_stand_in_order_below_the_title_of_the_page(levels: str, expected: str) -> None:
    """No level is left out on the way down, and none is above the second."""
    written, ordered = ("".join(f'<h{n} id="{i}">x</h{n}>' for i, n in enumerate(some)) for some in (levels, expected))
    assert ordered == on_page(written, LABELS)


def test_a_header_that_heads_nothing_is_a_cell() -> None:
    """The corner of a table, mostly."""
    html = on_page('<table><tr><th scope="col"> </th><th>a</th></tr></table>', LABELS)
    assert "<tr><td></td><th>a</th></tr>" in html


def test_code_is_reached_by_the_keyboard_only_where_it_may_scroll() -> None:
    """A short block would only be one more stop; entities count as what they show."""
    short = f"<pre><code>{'&lt;' * FITS}\n</code></pre>"
    assert short == on_page(short, LABELS)
    reached = '<pre class="h" role="group" tabindex="0" aria-label="Code &quot;1&quot;">' + f"{WIDE}</pre>"
    assert reached == on_page(f'<pre class="h">{WIDE}</pre>', LABELS)


def test_a_formula_is_reached_by_the_keyboard_only_where_it_may_scroll() -> None:
    """A sign stands between two spaces, so it counts for more than its character; each has its number on the page."""
    signs = "<mi>a</mi><mo>=</mo>" * (FITS // (2 + SIGN_EXTRA))
    start = '<div class="formula" role="group" tabindex="0" aria-label="Formula &quot;{}&quot;">'
    short, long = (f'<div class="formula"><math>{shown}</math></div>' for shown in (signs, f"{signs}<mi>b</mi>"))
    assert short == on_page(short, LABELS)
    reached = long.replace('<div class="formula">', start.format(2))
    assert short + reached == on_page(short + long, LABELS)


def test_a_long_formula_in_a_line_scrolls_by_itself() -> None:
    """No browser breaks one; without a box of its own it widened the whole page."""
    short, long = "<math><mi>a</mi></math>", f"<math><mi>{WIDE}</mi></math>"
    reached = f'<span class="formula-line" role="group" tabindex="0" aria-label="A formula">{long}</span>'
    assert f"<p>{short} {reached}.</p>" == on_page(f"<p>{short} {long}.</p>", LABELS)


def test_alignment_is_said_by_a_class() -> None:
    """The attribute is obsolete; classes that are there already are kept."""
    html = '<td align="right">1</td><th class="a" align="center">2</th><p align="left">3</p>'
    expected = '<td class="align-right">1</td><th class="a align-center">2</th><p class="align-left">3</p>'
    assert expected == on_page(html, LABELS)


def test_text_about_markup_stays_text() -> None:
    """Escaped markup is not treated as an element."""
    html = '<p>&lt;table&gt; and align="right"</p>'
    assert html == on_page(html, LABELS)
