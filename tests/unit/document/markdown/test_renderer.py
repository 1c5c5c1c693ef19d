"""The dialect of Markdown."""

import signal
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropcap.document.html.transclusion import section
from dropcap.document.markdown.renderer import markdown_fragment
from support.documents import html


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a *b* **c** `d`", "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>"),
        ("a ~~b~~ c ~~ d", "<p>a <del>b</del> c ~~ d</p>"),
        ("a {: .b}", "<p>a {: .b}</p>"),
        ("a\n{: .b }", '<p class="b">a</p>'),
        ("The HTML.\n\n*[HTML]: Markup", '<p>The <abbr title="Markup">HTML</abbr>.</p>'),
        ("Term\n:   What it means", "<dl>\n<dt>Term</dt>\n<dd>What it means</dd>\n</dl>"),
        (
            '!!! note "Mind"\n    A step.',
            '<div class="admonition note">\n<p class="admonition-title">Mind</p>\n<p>A step.</p>\n</div>',
        ),
        ("a & b < c", "<p>a &amp; b &lt; c</p>"),
    ],
)
def test_the_dialect_is_modest(body: str, expected: str) -> None:
    """Common extensions of other Markdown tools work."""
    assert expected == html(body)


def test_a_task_has_a_box() -> None:
    """Open or done, without a form."""
    shown = html("- [ ] a\n- [x] b")
    assert '<li class="task open"><span class="task-box">☐</span> a</li>' in shown
    assert '<li class="task done"><span class="task-box">☑</span> b</li>' in shown


def test_a_table_aligns_without_styles() -> None:
    """A page may forbid inline styles."""
    assert '<td align="right">1</td>' in html("| a |\n|--:|\n| 1 |")


def test_a_footnote_and_its_mark_point_at_each_other() -> None:
    """Sanitising leaves both ends."""
    shown = html("A[^1].\n\n[^1]: Note.")
    assert 'id="fnref:1"' in shown
    assert 'href="#fnref:1"' in shown
    assert 'id="fn:1"' in shown
    assert 'href="#fn:1"' in shown


@pytest.mark.parametrize(
    ("label", "name", "address"),
    [
        ("50%", "50%", "50%25"),
        ("a`|^b", "a`|^b", "a%60%7C%5Eb"),
        ("größe 1", "größe-1", "größe-1"),
        ("%C3", "%C3", "%25C3"),
    ],
)
def test_the_address_of_a_footnote_is_a_url_whatever_its_label(label: str, name: str, address: str) -> None:
    """Its id is the label; a percent sign alone is no part of a URL, and no script can decode it."""
    shown = html(f"A[^{label}].\n\n[^{label}]: Note.")
    for start in ("fn:", "fnref:"):
        assert f'id="{start}{name}"' in shown
        assert f'href="#{start}{address}"' in shown


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("{% include a_b_c.html x=*y* %}", "<p>{% include a_b_c.html x=*y* %}</p>"),
        ('{{< youtube "a_b_c" >}}', "<p>{{&lt; youtube &quot;a_b_c&quot; &gt;}}</p>"),
        ('{{<youtube "a">}}', "<p>{{&lt;youtube &quot;a&quot;&gt;}}</p>"),
        ("a\n{% b %}", "<p>a\n{% b %}</p>"),
        ("[a]({{ page.x }}/b_c_d)", '<p><a href="{{ page.x }}/b_c_d">a</a></p>'),
        ("## A {% b %}", '<h2 id="a">A {% b %}</h2>'),
    ],
)
def test_shortcodes_are_shown_as_they_are(body: str, expected: str) -> None:
    """They are not dropped, and not read as HTML, emphasis or attributes."""
    assert expected == html(body)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "# A\n## Next steps\n## Next steps",
            '<h1 id="a">A</h1>\n<h2 id="next-steps">Next steps</h2>\n<h2 id="next-steps-2">Next steps</h2>',
        ),
        ("## `a` & *b* &copy;", '<h2 id="a-b">'),
        ("## Über uns", '<h2 id="über-uns">Über uns</h2>'),
        ("## 🎉", '<h2 id="section">🎉</h2>'),
        ("## A {: #own}", '<h2 id="own">A</h2>'),
        ("## Sleep[^b] & *rest^[note]*\n\n[^b]: b", '<h2 id="sleep-rest">'),
        ("## H<sup>2</sup>O", '<h2 id="h2o">'),
        ("## B {: #a}\n## A", '<h2 id="a">B</h2>\n<h2 id="a-2">A</h2>'),
    ],
)
def test_a_heading_can_be_pointed_at(body: str, expected: str) -> None:
    """By what it says; the author's own id comes first."""
    assert html(body).startswith(expected)


def test_a_heading_with_a_footnote_keeps_its_id_when_another_note_is_inserted() -> None:
    """Links to it, the table of contents and an embedded section name the same id."""
    text = "[TOC]\n\n## Sleep[^b]\n\n[[#Sleep]]\n\n[^b]: b"
    for body in (text, f"First.[^a]\n\n{text}\n[^a]: a"):
        rendered = html(body)
        assert '<h2 id="sleep">Sleep<sup' in rendered
        assert 2 == rendered.count('<a href="#sleep">Sleep</a>')
        assert section(rendered, "sleep", "/naps/").startswith("<h2>Sleep<sup>")


MARKS = st.text(st.sampled_from("ab \n*_`~[]()#>-+|{}%<:!1."), max_size=80)


@given(MARKS, MARKS)
def test_one_document_leaves_nothing_behind_for_the_next(before: str, after: str) -> None:
    """The instance is used again, and gives what a fresh one gives."""
    first = markdown_fragment(after)
    markdown_fragment(before + "\n\n[a]: /b\n[^1]: c\n\n*[a]: d\n")
    assert first == markdown_fragment(after)


class LateError(BaseException):
    """The time is over."""


def test_a_time_limit_comes_through_and_leaves_nothing_behind() -> None:
    """Python-Markdown takes minutes for this line; the next document is whole all the same."""

    def late(_signal: int, _frame: FrameType | None) -> None:
        raise LateError

    before = signal.signal(signal.SIGALRM, late)
    expected = markdown_fragment("- a\n\n    b\n")
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    try:
        with pytest.raises(LateError):
            markdown_fragment("> - " + "[" * 9_000)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert expected == markdown_fragment("- a\n\n    b\n")


@pytest.mark.parametrize("name", ["aligned", "gathered", "gather*", "align*", "split"])
def test_a_formula_of_several_lines_is_set_in_several_lines(name: str) -> None:
    """Also in environments that the converter does not know, which put everything into one line."""
    formula = html(f"$$\\begin{{{name}}} a {'' if 'gather' in name else '&'} = b \\\\ c = d \\end{{{name}}}$$")
    assert 2 == formula.count("<mtr>")
    assert "<mi>&amp;" not in formula


def test_a_formula_with_columns_that_cannot_be_set_is_shown_as_code() -> None:
    """Its column signs would stand between the letters."""
    assert '<code class="formula">' in html(r"$$\begin{alignedat}{2} a &= b \end{alignedat}$$")
    assert "<mi>&amp;</mi>" in html(r"$$a \& b$$")


def test_a_footnote_directly_after_a_bare_address_is_a_footnote() -> None:
    """It is no part of the address, whose other brackets are."""
    page = html("See https://example.org/a[1][^n].\n\n[^n]: Note.")
    assert '<a href="https://example.org/a%5B1%5D' in page or '<a href="https://example.org/a[1]' in page
    assert "footnote-ref" in page
