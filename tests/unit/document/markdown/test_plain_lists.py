"""Lists of one-line items are read in one go, and exactly as markdown-it reads them."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropcap.document.markdown.context import RenderContext
from dropcap.document.markdown.renderer import Dialect
from dropcap.errors import ContentError

LINES = st.sampled_from(
    [
        "- a", "* x", "+ y", "1. a", "2. b", "3) c", "10. ten", "01. one", "  - n", "   - n", "    - n", "     - n",
        "  1. o", "   2. o", "      - d", "    * s", "       - d", "          - e", "text", "  text", "", "    code",
        "# h", "---", "- ---", "- - a", "-", "1.", "- [ ] t", "  - [x] u", "- `c`", "- **b**", "- [l](/x)", "> - q",
        ">   - r", "> 1. s", "> t", "- > q", "- ```", "- {: .x}", "  {: .y}", "- a\tb", "-\ta", "\t- t", "- | a |",
        "- a | b", "  ---|---", "  : f", "- <b>x</b>", "- [a]: /x", "[a]", "- [^1]: n", "- 1. x", "- 2020 y", "- * a",
        "- a ^name", "100000000. q", "         - deep", "- $$", "-    four", "-     five", "- [TOC]", "*[a]: b",
        "- &amp;",
    ]
)  # fmt: skip
TEXTS = st.lists(LINES, min_size=1, max_size=9).map("\n".join)

WITH, WITHOUT = Dialect(), Dialect()
WITHOUT.parser.markdown_it.block.ruler.disable("plain_list")


def rendered(dialect: Dialect, text: str) -> tuple[str, str]:
    """Return TEXT in DIALECT, and the problems in it."""
    context = RenderContext()
    try:
        return dialect.rendered(text, context), repr(context.problems)
    except ContentError as error:
        return str(error), ""


@given(TEXTS)
def test_a_list_reads_as_markdown_it_reads_it(text: str) -> None:
    """For nested, indented, numbered and interrupted lists."""
    assert rendered(WITHOUT, text) == rendered(WITH, text)


@contextmanager
def counted_calls() -> Iterator[Callable[[], int]]:
    """Count the calls of Python functions in this block, which say more than a clock on a busy machine."""
    number = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal number
        number += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield lambda: number
    finally:
        sys.setprofile(before)


@pytest.mark.parametrize(
    "item", ["- a\n  - b\n", "- a\n  1. b\n", "- a\n  - b\n    - c\n", "- [ ] a\n  - [x] b\n", "> - a\n>   - b\n"]
)
def test_an_item_of_a_long_list_takes_few_calls(item: str) -> None:
    """A mebibyte of the shortest items is read within the time that any text may take."""
    assert calls(WITHOUT, item * 300) > 3 * calls(WITH, item * 300)


def calls(dialect: Dialect, text: str) -> int:
    """Return the number of calls with which DIALECT renders TEXT."""
    dialect.rendered(text, RenderContext())  # what is compiled at first use counts for nobody
    with counted_calls() as number:
        dialect.rendered(text, RenderContext())
    return number()
