"""Fenced code, wherever it stands."""

import pytest

from support.documents import html

CODE = "<pre><code>x\n</code></pre>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("```\nx\n```", CODE),
        ("~~~\nx\n~~~", CODE),
        ("```\nx", CODE),
        ("```\nx\n\n\n```", "<pre><code>x\n\n\n</code></pre>"),
        ("```Rust,ignore\nx\n```", '<pre><code class="language-rust">x\n</code></pre>'),
        (
            "``` {.python hl_lines=1}\nx\n```",
            '<pre><code class="language-python"><span class="hll">x</span>\n</code></pre>',
        ),
        ("```c++\nx\n```", '<pre><code class="language-c++">x\n</code></pre>'),
        ("````\n```\nx\n```\n````", "<pre><code>```\nx\n```\n</code></pre>"),
        ("```\n<b> & [[a]] *c* {{ d }}\n```", "<pre><code>&lt;b&gt; &amp; [[a]] *c* {{ d }}\n</code></pre>"),
        ("a\n```\nx\n```\nb", f"<p>a</p>\n{CODE}\n<p>b</p>"),
        (
            "> a\n>\n> ```\n> x\n>\n> y\n> ```\n>\n> b",
            "<blockquote>\n<p>a</p>\n<pre><code>x\n\ny\n</code></pre>\n<p>b</p>\n</blockquote>",
        ),
        ("    ```\n    x\n    ```", "<pre><code>```\nx\n```\n</code></pre>"),
        ("a ```b``` c", "<p>a <code>b</code> c</p>"),
        ("```a``` b", "<p><code>a</code> b</p>"),
    ],
)
def test_code_between_fences_is_shown_as_it_is(body: str, expected: str) -> None:
    """As CommonMark has it."""
    assert expected == html(body)


@pytest.mark.parametrize("indent", ["    ", "   ", "  "])
def test_code_in_a_list_item_does_not_end_the_list(indent: str) -> None:
    """At any indentation, with and without empty lines around it."""
    tight = html(f"1. a\n{indent}```\n{indent}x\n{indent}  y\n{indent}```\n2. b")
    loose = html(f"1. a\n\n{indent}```\n{indent}x\n{indent}  y\n{indent}```\n\n2. b")
    assert [1, 1] == [shown.count("<ol>") for shown in (tight, loose)]
    assert all("<pre><code>x\n  y\n</code></pre>" in shown for shown in (tight, loose))


def test_code_in_a_note_stays_in_it() -> None:
    """Admonitions hold blocks too."""
    assert f"<p>A</p>\n{CODE}\n</div>" in html("!!! note\n    A\n\n    ```\n    x\n    ```")
