"""The info string of a fence, and highlighted code."""

import subprocess
import sys

import pytest

from dropcap.document.markdown.code import LONGEST, Info, code_block
from support.documents import html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Info()),
        ("Python", Info("python")),
        ("{.python}", Info("python")),
        ("{python}", Info("python")),
        ("rust,ignore", Info("rust")),
        ('title="a.py"', Info("", "a.py")),
        ('python title="a = b.py" linenos', Info("python", "a = b.py")),
        ('go {hl_lines=[1,"3-4"]}', Info("go", "", frozenset({1, 3, 4}))),
        ('python hl_lines="2 4"', Info("python", "", frozenset({2, 4}))),
        ("js {1,3-4}", Info("js", "", frozenset({1, 3, 4}))),
        ("{.c++ hl_lines=2 filename='x.cc'}", Info("c++", "x.cc", frozenset({2}))),
    ],
)  # fmt: skip
def test_what_stands_behind_a_fence_is_understood(text: str, expected: Info) -> None:
    """As Hugo, kramdown, Pandoc and Python-Markdown write it."""
    assert expected == Info.of(text)


def test_a_range_of_lines_without_end_is_cut() -> None:
    """A number costs nothing to write."""
    assert 1_001 == len(Info.of("a {1-999999}").lines)


@pytest.mark.parametrize("language", ["nosuchlanguage", "text", "mermaid"])
def test_code_in_an_unknown_language_is_shown_as_it_is(language: str) -> None:
    """No guess, no error."""
    assert f'<pre><code class="language-{language}">def &lt;a&gt;\n</code></pre>' == html(
        f"```{language}\ndef <a>\n```"
    )


def test_code_of_many_lines_is_not_coloured() -> None:
    """Colours would cost seconds."""
    assert "<span" in code_block("x = 1", Info("python"))
    assert "<span" not in code_block("x = 1\n" * (LONGEST // 6 + 1), Info("python"))


def test_a_highlighted_line_holds_its_colours_alone() -> None:
    """A text over several lines is a span on each."""
    shown = code_block('x = """a\nb"""', Info("python", lines=frozenset({2})))
    assert '<span class="hll"><span class="s2">b"""</span></span>' in shown
    assert shown.count("<span") == shown.count("</span>")


def test_a_text_without_code_and_formulas_loads_neither_library() -> None:
    """A cold start costs readers' patience and the operator's money."""
    script = (
        "import sys; from dropcap.document.body_text import body_text;"
        "from dropcap.document.html.quotation_marks import quotation;"
        "body_text('`a` costs $5\\n\\n    b', 'a.md', trusted=False, has_formulas=True).below('', quotation('en'));"
        "print([name for name in sys.modules if name in ('pygments', 'latex2mathml')])"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)  # noqa: S603  # our own command
    assert "[]" == ran.stdout.strip()
