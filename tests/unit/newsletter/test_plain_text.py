"""A body as plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropcap.newsletter.plain_text import plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One\n  two.</p>\n<p>Three.</p>", "One two.\n\nThree."),
        ('<p>See <a href="https://a.example/x">this</a>.</p>', "See this."),
        ('<p><a href="https://a.example/">https://a.example/</a></p>', "https://a.example/"),
        ('<h2>Why</h2><p>Note<sup><a class="footnote-ref" href="#fn1">1</a></sup></p>', "Why\n===\n\nNote[1]"),
        ("<h3>How</h3>", "How\n---"),
        ("<ol start='3'><li>One<ul><li>Two</li></ul></li><li>Three</li></ol>", "3. One\n\n   - Two\n\n4. Three"),
        ("<blockquote><p>One</p><p>Two</p></blockquote><p>Three</p>", "> One\n>\n> Two\n\nThree"),
        (
            '<div class="footnote"><ol><li>So. <a class="footnote-backref" href="#fnref:1">↩</a></li></ol></div>',
            "[1] So.",
        ),
        ("<ul>\n<li>One</li>\n<li>Two</li>\n</ul>", "- One\n- Two"),
        ("<ul>\n<li>\n<p>One</p>\n</li>\n<li>\n<p>Two</p>\n</li>\n</ul>", "- One\n\n- Two"),
        ("<p>One<br>two</p>", "One\ntwo"),
        ("<pre><code>a\n  b\n</code></pre>", "    a\n      b"),
        ('<figure><img src="/a.jpg" alt="A cat"><figcaption>Asleep</figcaption></figure>', "[A cat]\n\n[Asleep]"),
        ("<p>5 &lt; 6 &amp; 7</p>", "5 < 6 & 7"),
        ("<p>a</p><script>evil()</script><style>p{}</style>", "a"),
        ("<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>", "A | B\n1 | 2"),
        (
            "<table>\n<tr>\n<th></th>\n<th>2024</th>\n</tr>\n<tr><td>Naps</td><td></td><td>9</td></tr></table>",
            "| 2024\nNaps | | 9",
        ),
        ("<h2>Why</h2><blockquote><p>A</p><blockquote><p>B</p></blockquote></blockquote>", "Why\n===\n\n> A\n>\n> > B"),
        (
            '<p>A</p><div class="admonition note"><p class="admonition-title">Note</p><p>B</p></div>',
            "A\n\n| Note\n|\n| B",
        ),
        ("<dl><dt>Term</dt><dd>Its definition.</dd></dl>", "Term\n  Its definition."),
        ("<p>A</p><hr><p>B</p>", "A\n\n* * *\n\nB"),
        ("", ""),
    ],
)
def test_words_survive_without_their_markup(html: str, text: str) -> None:
    """Paragraphs stand apart, lists have marks, and code keeps its lines."""
    assert text == plain_text(html).text


def test_links_are_listed_once_with_their_words() -> None:
    """Not those to footnotes, to the same page, and back from notes; an address that is its own words has no others."""
    html = (
        '<p>See <a href="https://a.example/x">this</a>, <a href="https://a.example/x">again</a>, '
        '<a href="https://b.example/">https://b.example/</a>, <a href="#part">below</a>'
        '<sup><a class="footnote-ref" href="https://c.example/#fn:1">1</a></sup>.</p>'
    )
    assert (("this", "https://a.example/x"), ("", "https://b.example/")) == plain_text(html).links


@given(st.text(st.sampled_from("<>/apreliu &;#\n\"'=") | st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_read_somehow(html: str) -> None:
    """No input is too broken."""
    text = plain_text(html).text
    assert text == text.strip("\n")
