"""Lines as CommonMark reads them."""

import pytest

from support.documents import html


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a `<pre>` b\n- c", "<p>a <code>&lt;pre&gt;</code> b</p>\n<ul>\n<li>c</li>\n</ul>"),
        ("<pre>\na\n- b\n</pre>", "<pre>a\n- b\n</pre>"),
        ("a\n2024. b", "<p>a\n2024. b</p>"),
        ("- a\n---\nb", "<ul>\n<li>a</li>\n</ul>\n<hr>\n<p>b</p>"),
        ("- a\n\nb", "<ul>\n<li>a</li>\n</ul>\n<p>b</p>"),
        ("- a\nb", "<ul>\n<li>a\nb</li>\n</ul>"),
        ("- a\n1. b", "<ul>\n<li>a</li>\n</ul>\n<ol>\n<li>b</li>\n</ol>"),
        ("> a\n- b", "<blockquote>\n<p>a</p>\n</blockquote>\n<ul>\n<li>b</li>\n</ul>"),
        ("> a\nb", "<blockquote>\n<p>a\nb</p>\n</blockquote>"),
        ("> a\n\n> b", "<blockquote>\n<p>a</p>\n</blockquote>\n<blockquote>\n<p>b</p>\n</blockquote>"),
        ("> - a\n>   - b", "<blockquote>\n<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n</blockquote>"),
        ("- a\n\n      b", "<ul>\n<li>\n<p>a</p>\n<pre><code>b\n</code></pre>\n</li>\n</ul>"),
        ("    - a", "<pre><code>- a\n</code></pre>"),
        ("* * *", "<hr>"),
        ("-a", "<p>-a</p>"),
        ("A\n- - -", "<p>A</p>\n<hr>"),
        ("A\n---", "<h2>A</h2>"),
    ],
)
def test_lists_quotes_and_code_begin_and_end_where_commonmark_says(body: str, expected: str) -> None:
    """Empty lines are not needed where CommonMark needs none."""
    assert expected == html(body).replace(' id="a"', "")
