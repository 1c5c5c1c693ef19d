"""HTML among Markdown: tags within a text, and elements whose content is Markdown, as in `<div markdown="1">`."""

import re
from bisect import bisect_right
from functools import lru_cache

from markdown_it.common.html_re import HTML_TAG_RE
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline, html_inline
from markdown_it.token import Token

from dropcap.document.markdown.limits import MAXIMUM_DEPTH, too_deep
from dropcap.document.markdown.problems import NEVER_CLOSED, UNKNOWN_ELEMENT
from dropcap.document.markdown.raw_html import CODE, SWALLOWING, attributes_in, is_element
from dropcap.document.markdown.states import InlineState, block_context, first_line, line_of, push_inline, report
from dropcap.document.private_markup import typed
from dropcap.patterns import lazy_pattern

_OPENED = lazy_pattern(r"<([A-Za-z][A-Za-z0-9-]*)((?:\s(?:\"[^\"]*\"|'[^']*'|[^\"'<>])*)?)>")
_NAME = lazy_pattern(r"<(?:/?([A-Za-z][^\s/<>]*)|\?|!(?!--))")
_SPANS = frozenset({"p", "summary", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "td", "th", "span", "figcaption", "a"})
"""Elements whose Markdown is one text, without paragraphs, unless they say `markdown="block"`."""

_CLOSING_TAGS = 10_000
"""Most tags of one name among which the end of an element is looked for."""


def tag(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read a tag within a text; one of no element of HTML, as in `Vec<String>`, is shown as it was typed."""
    name = _NAME.match(state.src, state.pos) if state.src[state.pos] == "<" else None
    if not name:
        return html_inline(state, silent) or _open_comment(state, silent)
    is_known = bool(name[1]) and is_element(name[1])
    if is_known and name[1].lower() not in SWALLOWING:
        begin = state.pos
        is_tag = html_inline(state, silent)
        if is_tag and not silent and isinstance(state, InlineState) and name[1].lower() in CODE:
            state.open_code = max(0, state.open_code + (-1 if state.src[begin + 1] == "/" else 1))
        return is_tag
    match = HTML_TAG_RE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if is_known and (match[0].endswith("/>") or match[0].startswith("</") or _is_closed(state, name[1], match.end())):
        return html_inline(state, silent)
    if not silent:
        report(state, NEVER_CLOSED if is_known else UNKNOWN_ELEMENT, " ".join(match[0].split())[:60])
        state.push("text", "", 0).content = typed(match[0])
    state.pos = match.end()
    return True


def _open_comment(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Show the beginning of a comment that does not end in its paragraph as it was typed."""
    if not state.src.startswith("<!--", state.pos):
        return False
    if not silent:
        state.push("text", "", 0).content = typed("<!--")
    state.pos += 4
    return True


def _is_closed(state: StateInline, name: str, position: int) -> bool:
    """Return whether the element NAME is closed behind POSITION, within the same paragraph."""
    ends = (f"</{name}", f"</{name.lower()}", f"</{name.upper()}")
    return any(state.html_terminator_last(end) >= position for end in ends)


def markdown_in_html(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read an element with the attribute `markdown`, and the Markdown within it."""
    line = line_of(state, start)
    opened = _OPENED.match(line) if "markdown" in line and not state.is_code_block(start) else None
    attributes = attributes_in(opened[2]) if opened else {}
    if not opened or attributes.get("markdown", "0") == "0" or not is_element(opened[1]):
        return False
    begin = state.bMarks[start] + state.tShift[start]
    close = _closing_tag(state.src, opened[1], begin, state.eMarks[end - 1])
    if silent or not close:
        return bool(close)
    last = bisect_right(state.bMarks, close.start()) - 1
    text = state.getLines(start, last + 1, state.blkIndent, False).lstrip(" ")  # noqa: FBT003 -- markdown-it's form
    inner = _closing_tag(text, opened[1], 0, len(text)) or close
    name, mode = opened[1].lower(), attributes.pop("markdown")
    block_context(state).raw_html.append((start + first_line(state), opened[0]))
    state.push("html_open", name, 1).attrs = dict(attributes)
    content = text[opened.end() : inner.start()]
    if mode == "span" or (mode != "block" and name in _SPANS):
        push_inline(state, content.strip(), start, last + 1)
    else:
        _push_blocks(state, content, start)
    state.push("html_close", name, -1)
    if rest := text[inner.end() :].strip():
        push_inline(state, rest, last, last + 1)
    state.line = last + 1
    return True


def _closing_tag(text: str, name: str, begin: int, end: int) -> re.Match[str] | None:
    """Return the tag that closes the element NAME which TEXT opens at BEGIN, if it does so before END."""
    depth = 0
    for number, match in enumerate(_tags_of(name).finditer(text, begin, end)):
        depth += -1 if match[1] else 1
        if depth <= 0:
            return match
        if number > _CLOSING_TAGS:
            break
    return None


@lru_cache(maxsize=64)  # authors may write any name
def _tags_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"<(/?){name}\b[^<>]*>", re.IGNORECASE)


def _push_blocks(state: StateBlock, content: str, start: int) -> None:
    """Parse CONTENT, which begins on the line START, as blocks, and push these."""
    depth, above = state.env.get("html_depth", 0) + 1, first_line(state)
    if depth > MAXIMUM_DEPTH:
        raise too_deep()
    skipped = len(content) - len(content.lstrip("\n"))
    tokens: list[Token] = []
    state.env.update(html_depth=depth, first_line=above + start + skipped)
    state.md.block.parse(content.strip("\n"), state.md, state.env, tokens)
    state.env.update(html_depth=depth - 1, first_line=above)
    for token in tokens:
        if token.map:
            token.map = [line + start + skipped for line in token.map]
    state.tokens += tokens
