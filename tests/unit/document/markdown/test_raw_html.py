"""HTML that does not end where its author meant: no text behind it is lost."""

import pytest

from support.documents import html, yaml


@pytest.mark.parametrize(
    ("body", "shown", "sign"),
    [
        ('<div class="box"\nText.\n</div>\n\nMore.', "&lt;div class=“box”\nText.", '<div class="box"'),
        ('<div class="a>\nText.\n</div>\n\n<p class="b">More.</p>', "&lt;div class=“a&gt;\nText.", '<div class="a>'),
        ("<div>\n<p class='a>Text.\n</div>\n\n<p class='b'>More.</p>", "a&gt;Text.", "<p class='a>Text."),
        ("<p>If a<b and c, Text.</p>\n\nMore.", "If a&lt;b and c, Text.", "<b and c, Text."),
        ("<p>a <Text.</p>\n\nMore.", "<p>a &lt;Text.</p>", "<Text."),
        ("<table>\n<tr><td>Text.</td\n<td>b</td></tr>\n</table>\n\nMore.", "<td>Text.&lt;/td", "</td"),
    ],
)  # fmt: skip
def test_a_tag_that_does_not_end_is_shown_and_named(body: str, shown: str, sign: str) -> None:
    """A browser would take the words up to the next `>` for its attributes."""
    post = yaml("title: A day", body=body)
    assert shown in post.html
    assert "More." in post.html
    (warning,) = post.warnings
    assert f"HTML tag that does not end, shown as it was typed: `{sign}`." == warning.message
    assert 4 + body[: body.index(sign)].count("\n") == warning.line


@pytest.mark.parametrize("body", ['<div class="box"\nText.\n\nMore.', "<div\nIf a<b, text.\n\nMore."])
def test_a_tag_that_takes_its_whole_block_is_left_out_as_in_commonmark_and_named(body: str) -> None:
    """CommonMark and browsers read all of the block as that tag; the text behind the empty line stays."""
    post = yaml("title: A day", body=body)
    assert post.html == "<p>More.</p>"
    (warning,) = post.warnings
    assert "HTML tag that does not end, left out with all text up to the next empty line: `<div" in warning.message
    assert warning.line == 4


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p align=center'>a</p>", '<p align="center\'">a</p>'),
        ("<b title='it's' class=x>a</b>", "a</b>"),
        ('<p class="a"id="b">a</p>', '<p class="a" id="b">a</p>'),
        ('<p title="a<b>c">a</p>', '<p title="a&lt;b&gt;c">a</p>'),
        ('<p\nclass="a"\n>\na</p>', '<p class="a">\na</p>'),
        ("<p class= >a</p>", '<p class="">a</p>'),
        ("<hr/>", "<hr>"),
    ],
)
def test_a_tag_that_browsers_read_is_kept(body: str, expected: str) -> None:
    """Old programs wrote tags that CommonMark would not read."""
    assert html(f"<div>\n{body}\n</div>").endswith(f"{expected}\n</div>")
    assert () == yaml("title: A day", body=f"<div>\n{body}\n</div>").warnings


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<div>\n<!-- a\n\n**b** -->\nText.\n</div>\n\nMore.", "<div>\n\nText.\n</div>\n<p>More.</p>"),
        ("<div><!-- a\n\nb --> Text.\n\n*More.*\n\n</div>", "<div> Text.\n<p><em>More.</em></p>\n</div>"),
        ("<!-- a --> Text. <!-- b\n\nc -->\n\nMore.", " Text. \n<p>More.</p>"),
        ("<div><!-- a\n\nb --><!-- c\n\nd -->Text.</div>", "<div>Text.</div>"),
        ("<div><script><!-- a\n</script>Text.</div>\n\nMore. <!-- b -->", "<div>Text.</div>\n<p>More. </p>"),
        ("- <div><!-- a\n\n  b --></div>\n- Text.", "<ul>\n<li><div></div>\n</li>\n<li>Text.</li>\n</ul>"),
        ("> <div><!-- a\n>\n> b --></div>\n\nText.", "<blockquote><div></div>\n</blockquote>\n<p>Text.</p>"),
    ],
)
def test_a_comment_within_an_element_ends_where_it_says(body: str, expected: str) -> None:
    """Its end was text behind an empty line, so that it took all text below it with it."""
    assert expected == html(body)


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("<div>\n<!-- a\n\nText.", 5),
        ("<!-- a -->\n<p>a</p> <!-- b\n\nText.", 5),
        ("- <div><!-- a\n\nText. -->", 4),
    ],
)
def test_a_comment_that_never_ends_is_named(body: str, line: int) -> None:
    """With its line, as one that begins a block is."""
    (warning,) = yaml("title: A day", body=body).warnings
    assert "Comment that is never closed; all text below it is left out" in warning.message
    assert line == warning.line
