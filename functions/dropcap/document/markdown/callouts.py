"""Callouts `> [!note] Title` and admonitions `!!! note "Title"`, both also foldable, ▶ one kind of box.

A box is `<div class="admonition note">`, one that folds is `<details class="admonition note">`: `> [!note]- Title` and
`??? note "Title"` are closed at first, `> [!note]+ Title` and `???+ note "Title"` are open.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from dropcap.patterns import lazy_pattern

_MARK = lazy_pattern(r"\[!([\w-]{1,40})(?:\|[^\]\n]*)?\]([+-]?)[ ]*([^\n]*)(?:\n(.*))?\Z", re.DOTALL)
_OPENING = ("blockquote_open", "paragraph_open", "inline")


def push_title(state: StateBlock, kind: str, title: str, line: int, *, folds: bool) -> None:
    """Push the TITLE of a box of KIND that begins on LINE; without one, its kind is the title."""
    for token in _title(kind, title, [line, line + 1], folds=folds):
        token.level = state.level
        state.tokens.append(token)


def with_callouts(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the blocks TOKENS with a box in the place of each quote that begins with a kind in brackets."""
    at = 0
    while at < len(tokens):
        if tokens[at].type == "blockquote_open":
            first = tokens[at : at + 3]
            mark = _MARK.match(first[-1].content) if tuple(token.type for token in first) == _OPENING else None
            if mark:
                yield from _callout(first, mark)
                at += 3 if mark[4] else 4
                continue
        yield tokens[at]
        at += 1


def _callout(first: Sequence[Token], mark: re.Match[str]) -> Iterator[Token]:
    """Yield the replacement of the tokens FIRST of a quote: its box, its title, and the beginning of its text."""
    quote, paragraph, text = first
    kind, fold, title, rest = mark.groups()
    quote.tag = "details" if fold else "div"
    quote.attrs = {"class": f"admonition {kind.lower()}"}
    if fold == "+":
        quote.attrs["open"] = ""
    yield quote
    begin, end = text.map or [0, 1]
    yield from _title(kind, title.strip(), [begin, begin + 1], folds=bool(fold))
    if rest:
        text.content, text.map = rest, [begin + 1, end]
        yield paragraph
        yield text


def _title(kind: str, title: str, lines: list[int], *, folds: bool) -> Iterator[Token]:
    tag = "summary" if folds else "p"
    yield Token("title_open", tag, 1, attrs={"class": "admonition-title"})
    if title:
        yield Token("inline", "", 0, content=title, map=lines, children=[])
    else:
        yield Token("word", "", 0, content=kind)
    yield Token("title_close", tag, -1)
