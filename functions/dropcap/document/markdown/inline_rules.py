"""Marks within a text that CommonMark does not know: `==marked==`, attribute lists, addresses with spaces.

Also references that are not defined, which are reported.
"""

from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from dropcap.document.markdown.notes import defined_label
from dropcap.document.markdown.problems import REFERENCE
from dropcap.document.markdown.states import InlineState, is_in_code, report
from dropcap.patterns import lazy_pattern

_EQUALS = ord("=")
_ATTRIBUTES = lazy_pattern(
    r"\{:?[ ]*(?:(?:[.#][\w:-]++|[\w-]+=(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'|[^\s}\"']{1,300})|toc)[ ]*){1,20}\}"
)
_SPACED = lazy_pattern(r"\(((?:[^\n<>()\"`\\]|\([^\n<>()\"`\\]{0,100}\)){3,500})(?:\"([^\"\n]{0,500})\")?[ ]*\)")
_IS_PATH = lazy_pattern(r"[./#]|\{\w+\}")
_UNDEFINED = lazy_pattern(r"(?:\[[^\[\]\n]{1,200}\])?\[([^\[\]\n^]{3,200})\](?:\[\])?")
_OPENING_SIGNS = " \t\n([{<\u2018\u201c\u00ab\"'*_~\u2014\u2013-"


def mark(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read a run of two equals signs as a mark that may open or close."""
    if silent or state.src[state.pos] != "=" or is_in_code(state):
        return False
    scanned = state.scanDelims(state.pos, True)  # noqa: FBT003 -- markdown-it's form
    token = state.push("text", "", 0)
    token.content = "=" * scanned.length
    if scanned.length == 2:  # noqa: PLR2004 -- more are a line, and one is an equation
        at = len(state.tokens) - 1
        state.delimiters.append(Delimiter(_EQUALS, 0, at, -1, scanned.can_open, scanned.can_close))
    state.pos += scanned.length
    return True


def close_marks(state: StateInline) -> None:
    """Turn marks that belong together into elements."""
    within = (meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta)
    for delimiters in (state.delimiters, *within):
        for opening in delimiters:
            if opening.marker == _EQUALS and opening.end >= 0:
                _become(state.tokens[opening.token], 1)
                _become(state.tokens[delimiters[opening.end].token], -1)


def attribute_list(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Keep the inside of `{: .class title="a *b*"}` from being read as markup."""
    match = _ATTRIBUTES.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "{" else None
    if not match or is_in_code(state):
        return False
    if not silent:
        state.push("attributes", "", 0).content = match[0]
    state.pos = match.end()
    return True


def spaced_address(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read `[text](my file.md "title")` and `![text](my picture.png)`, which CommonMark wants in angle brackets."""
    picture = state.src.startswith("![", state.pos)
    if not picture and state.src[state.pos] != "[":
        return False
    begin = state.pos + 1 + picture
    end = state.md.helpers.parseLinkLabel(state, begin - 1, not picture)
    match = _SPACED.match(state.src, end + 1, state.posMax) if end >= 0 else None
    address = match[1].strip() if match else ""
    if not match or " " not in address or not _IS_PATH.search(address):
        return False
    href = str(state.md.normalizeLink(address))
    if not silent and picture:
        token = state.push("image", "img", 0)
        token.content = state.src[begin:end]
        token.children = state.md.inline.parse(token.content, state.md, state.env, [])
        token.attrs = {"src": href, "alt": "", **({"title": match[2]} if match[2] else {})}
    elif not silent:
        _push_link(state, {"href": href} | ({"title": match[2]} if match[2] else {}), begin, end)
    state.pos = match.end()
    return True


def reference_before_note(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read `[label][^1]` as a link with a footnote behind it: CommonMark takes `^1` for the link's own label."""
    if state.src[state.pos] != "[" or not (isinstance(state, InlineState) and state.may_have_note_behind()):
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos, True)  # noqa: FBT003 -- markdown-it's form
    if end < 0 or end >= state.posMax or not defined_label(state, end + 1):
        return False
    target = state.env["references"].get(normalizeReference(state.src[state.pos + 1 : end]))
    if not target:
        return False
    if not silent:
        title = {"title": target["title"]} if target["title"] else {}
        _push_link(state, {"href": target["href"], **title}, state.pos + 1, end)
    state.pos = end + 1
    return True


def undefined_reference(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Report `[text][label]` and `[label][]` whose label is not defined; they stay text.

    A bracket right after a word, as in `m[i][j]`, and a label of one or two characters are prose.
    """
    if silent or state.linkLevel or state.src[state.pos] != "[":
        return False
    before = state.src[state.pos - 1] if state.pos else "\n"
    match = _UNDEFINED.match(state.src, state.pos, state.posMax) if before in _OPENING_SIGNS else None
    if match and "][" in match[0] and state.src[match.end() : match.end() + 1] not in {"(", "["}:
        report(state, REFERENCE, f"[{match[1]}]")
    return False


def _become(token: Token, nesting: int) -> None:
    token.type, token.tag, token.content = ("mark_open" if nesting > 0 else "mark_close"), "mark", ""
    token.nesting = 1 if nesting > 0 else -1


def _push_link(state: StateInline, attributes: dict[str, str], begin: int, end: int) -> None:
    """Push a link with ATTRIBUTES around the text between BEGIN and END."""
    last = state.posMax
    state.push("link_open", "a", 1).attrs = dict(attributes)
    state.pos, state.posMax = begin, end
    state.linkLevel += 1
    state.md.inline.tokenize(state)
    state.linkLevel -= 1
    state.push("link_close", "a", -1)
    state.posMax = last
