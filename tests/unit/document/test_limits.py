"""No text keeps Dropcap busy beyond its limit, and none raises anything but ContentError."""

import gc
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dropcap.document import Document
from dropcap.errors import ContentError
from dropcap.steps.time_limit import time_limit
from support.documents import document, read_or_refused

SECONDS, GRACE = 0.25, 2.0
"""A limit that many of these texts run into, and how late it may come through, both in seconds of processor time."""

PIECES = st.sampled_from(
    [
        "[", "]", "![", "[[", "]]", "|", "(", ")", "^[", "[^", "]: ", "*", "**", "_", "`", "``", "```", "~~~", "~~",
        "==", "$", "$$", "\\", "\\frac{", "{", "}", "{: .a #b", "{{", "}}", "{{< ", " >}}", "{% ", " %}", "{% raw %}",
        "{:toc}", "%%", "<", ">", "<a ", "<b>", "</b>", "<div>", "<pre>", "<!--", "-->", "<!--more-->", "<![", "]]>",
        "&", "&amp;", "&#", '"', "'", "--", "...", "# ", "> ", "> [!note]- ", "- ", "1. ", "- [ ] ", "!!! note\n    ",
        "??? x\n    ", ": ", "| - | - |", "http://a.b/", "www.", "a@b.c", "*[a]: ", '[a]: /b "', "[TOC]",
        "![[a.png|", "^a", "a", "a b", " ", "    ", "\t", "\n", "\n\n", "\x02", "\x03", "\u00a0", "\u202e",
        "\U0010f73c", "\U0010f622", "é", "漢", "<code>", "</code>", ":::a",
    ]
)  # fmt: skip
RUNS = st.tuples(st.lists(PIECES, min_size=1, max_size=4), st.sampled_from([1, 1, 2, 3, 30, 400, 3_000])).map(
    lambda run: "".join(run[0]) * (run[1] if run[1] < 1_000 or len(run[0]) < 3 else 300)
)
TEXTS = st.lists(RUNS, min_size=1, max_size=5).map("".join)


def read(text: str) -> float:
    """Read TEXT within the limit, refused or not; return the seconds of processor time that it took.

    Hypothesis has a callback in the garbage collector, in which a limit's exception would be lost.
    """
    started = time.thread_time()
    gc.disable()
    try:
        read_or_refused(lambda: limited(f"Text.\n\n{text}"))
    finally:
        gc.enable()
    return time.thread_time() - started


def limited(text: str) -> Document:
    """Read TEXT, but no longer than the limit; it may come through twice on a busy machine."""
    with time_limit(SECONDS):
        return document(text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(TEXTS)
def test_any_text_ends_within_its_limit(text: str) -> None:
    """With anything repeated, nested or left open."""
    assert SECONDS + GRACE > read(text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 9_000,
        "![" * 9_000,
        "[[a" * 9_000,
        "^[" * 9_000,
        "[^1] " * 9_000 + "\n\n[^1]: a",
        "- " * 3_000,
        "".join(" " * (2 * depth) + "- a\n" for depth in range(300)),
        "> " * 3_000,
        "<![" * 9_000,
        "<b>x</b>" * 9_000,
        "*a " * 9_000,
        "{{ " * 9_000,
        "{% comment %}" * 5_000,
        "<code>{{ " * 9_000,
        "<pre><code><kbd><samp>%%" * 9_000,
        "http://a.b/ " * 5_000,
        "*[a]: " + "t" * 99_000 + "\n\n" + "a " * 9_000,
        "```perl\n" + '"' * 40_000,
        "```ruby\n" + "/a" * 20_000,
        "```js\n" + "`${" * 16_000,
        "$" + "{" * 3_000 + "$",
        "$" + "\\frac{1}{" * 500 + "x" + "}" * 500 + "$",
        "$\\newcommand{\\a}{\\a\\a}\\a$",
        "| a |" * 9_000,
        "a\n: b\n" * 9_000,
        '"a" ' * 30_000,
    ],
    ids=lambda text: f"{text[:12]!r}",
)
def test_texts_that_once_took_minutes_end_within_their_limit(text: str) -> None:
    """Nested, repeated, and endless for a regular expression."""
    assert SECONDS + GRACE > read(text)


def test_a_title_that_is_repeated_without_end_is_refused() -> None:
    """A few letters that refer to a long title would become a gigabyte."""
    with pytest.raises(ContentError, match="expands to"):
        document('[a]: /b "' + "t" * 99_000 + '"\n\n' + "[a] " * 2_000)


@pytest.mark.parametrize(
    "html", ["<p>" * 60_000, "<li>" * 60_000, "<b>x</b><i></i>" * 20_000, "<a><b></a></b>" * 10_000]
)
def test_the_sanitiser_needs_no_time_limit(html: str) -> None:
    """It is native code; what would keep it busy is refused before."""
    assert GRACE > read(f"<div>\n{html}\n</div>")
