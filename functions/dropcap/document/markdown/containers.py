"""Blocks that hold blocks: admonitions, MkDocs' content tabs, and definitions of footnotes.

Also the lines of those of other systems that are shown as they were typed.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from markdown_it.rules_block import StateBlock

from dropcap.document.markdown.callouts import push_title
from dropcap.document.markdown.notes import DEFINITION, label_of
from dropcap.document.markdown.problems import CONTAINER, FOOTNOTE_TWICE, SNIPPET, TAB
from dropcap.document.markdown.states import line_of, push_inline, report_line
from dropcap.document.private_markup import as_typed, typed
from dropcap.patterns import lazy_pattern

INDENT = 4
"""How far the blocks in such a block are indented."""

_ADMONITION = lazy_pattern(
    r'(?:!!!|(?P<fold>\?\?\?)(?P<open>\+)?) ?(?P<kinds>[\w\-]+(?: +[\w\-]+)*)(?: +"(?P<title>.*?)")? *$'
)
_TAB = lazy_pattern(r'===[!+]? +"([^"\n]+)"[ ]*$')

_FOREIGN = lazy_pattern(r"(?P<container>:{3,} *[\w{].*)|:{3,} *$|(?P<snippet>;?-+8<-+(?: .*)?$)")


def admonition(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read `!!! note "Title"` or `??? note "Title"`, and the indented blocks below it."""
    line = line_of(state, start)
    if not line.startswith(("!!!", "???")) or state.is_code_block(start):
        return False
    match = _ADMONITION.match(line)
    if not match or silent:
        return bool(match)
    folds, kinds, title = bool(match["fold"]), match["kinds"].lower().split(), match["title"]
    tag = "details" if folds else "div"
    token = state.push("box_open", tag, 1)
    token.attrs = {"class": " ".join(["admonition", *kinds])}
    if match["open"]:
        token.attrs["open"] = ""
    if title != "" or folds:
        push_title(state, kinds[0], title or "", start, folds=folds)
    _indented_blocks(state, start, end)
    state.push("box_close", tag, -1)
    return True


def content_tab(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read Material for MkDocs' `=== "Title"`: its title in bold, its blocks below; report it."""
    line = line_of(state, start)
    match = _TAB.match(line) if line.startswith("===") and not state.is_code_block(start) else None
    if not match or silent:
        return bool(match)
    report_line(state, TAB, line.strip(), start)
    state.push("paragraph_open", "p", 1)
    state.push("strong_open", "strong", 1)
    push_inline(state, match[1].strip(), start, start + 1)
    state.push("strong_close", "strong", -1)
    state.push("paragraph_close", "p", -1)
    _indented_blocks(state, start, end)
    return True


def foreign_line(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Show a line of `:::note … :::` or `--8<-- "file"` exactly as it was typed, and report it.

    Docusaurus, VuePress, Pandoc and MyST write the first, PyMdown Extensions the second.
    """
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith((":::", "--", "-8", ";-"), begin) or state.is_code_block(start):
        return False
    line = line_of(state, start).rstrip()
    match = _FOREIGN.match(line)
    if not match or silent:
        return bool(match)
    if match["container"] or match["snippet"]:
        report_line(state, CONTAINER if match["container"] else SNIPPET, as_typed(line)[:60], start)
    state.push("paragraph_open", "p", 1)
    push_inline(state, typed(as_typed(line)), start, start + 1)
    state.push("paragraph_close", "p", -1)
    state.line = start + 1
    return True


def footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read `[^label]: …` and the blocks below it that are indented by four spaces."""
    line = line_of(state, start)
    match = DEFINITION.match(line) if line.startswith("[^") and not state.is_code_block(start) else None
    if not match or silent:
        return bool(match)
    labels = state.env.setdefault("notes", {})
    label = label_of(match[1])
    twice = label in labels
    if twice:
        report_line(state, FOOTNOTE_TWICE, f"[^{match[1]}]", start)
    labels.setdefault(label, match[1].strip())
    state.push("footnote_open", "", 1).meta = {"label": "" if twice else label}
    begin = state.bMarks[start] + state.tShift[start] + match.end()
    with first_line_from(state, start, begin), blocks_indented(state, state.blkIndent + INDENT):
        state.sCount[start] += state.blkIndent
        state.md.block.tokenize(state, start, end)
    state.push("footnote_close", "", -1)
    return True


@contextmanager
def blocks_indented(state: StateBlock, indent: int) -> Iterator[None]:
    """Parse the blocks of STATE that are indented by INDENT columns, up to the first line that is not."""
    before = state.blkIndent, state.parentType, state.tight
    state.blkIndent, state.parentType = indent, "container"
    yield
    state.blkIndent, state.parentType, state.tight = before


@contextmanager
def first_line_from(state: StateBlock, number: int, begin: int) -> Iterator[None]:
    """Start the blocks of STATE at the position BEGIN of the line NUMBER, behind a marker."""
    before = state.bMarks[number], state.tShift[number], state.sCount[number]
    at = begin
    while at < state.eMarks[number] and state.src[at] in " \t":
        at += 1
    state.bMarks[number], state.tShift[number], state.sCount[number] = begin, at - begin, 0
    yield
    state.bMarks[number], state.tShift[number], state.sCount[number] = before


def _indented_blocks(state: StateBlock, start: int, end: int) -> None:
    """Parse the blocks below the line START that are indented."""
    state.line = start + 1
    if start + 1 < end:
        with blocks_indented(state, state.blkIndent + INDENT):
            state.md.block.tokenize(state, start + 1, end)
    while state.line > start + 1 and state.isEmpty(state.line - 1):
        state.line -= 1
