"""Bare web and mail addresses ▶ links, by the rules of GitHub's autolinks (GFM 6.9)."""

import re
from collections.abc import Iterator

from markdown_it.common.utils import replaceEntityPattern
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import autolink as commonmark_autolink
from markdown_it.token import Token

from dropcap.document.markdown.problems import SCHEME
from dropcap.document.markdown.states import report
from dropcap.document.paths.url_schemes import SCHEMES
from dropcap.document.private_markup import straight, typed
from dropcap.patterns import lazy_pattern

AUTO = "auto"
"""How markdown-it marks a link whose text is its address."""

_BEGINS = r"(?<![^\W_])(?<![/@.:+-])(?:https?://|ftp://|www\.)(?=[^\W_]|\[)"
_STOP = lazy_pattern(rf"[\n!#$%&*+\-:<=>@\[\\\]^_`{{}}~]|{_BEGINS}", re.IGNORECASE)
_ENDS = r"&(?=(?:lt|gt|quot|nbsp|#0*(?:34|60|62|160)|#x0*(?:22|3c|3e|a0));)|\\[<>]"
"""Characters that no address contains: it ends before a reference to one, or its escape."""
_URL = lazy_pattern(
    rf"(?:https?://|ftp://|www\.)(?:[^\s<>\[\]&\\]|(?!{_ENDS})[&\\]|\[(?!\^)[^\s<>\[\]]*\]){{1,2000}}", re.IGNORECASE
)
_REFERENCE = lazy_pattern(r"&(#?[a-zA-Z0-9]{1,31});")
_MAIL = lazy_pattern(
    r"(?<![\w.+/-])[\w.+-]{1,64}@[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,8}(?<![-_])(?![\w@-])", re.ASCII
)
_TRAILING = lazy_pattern(r"(?:(?<![?!.,:*_~'\"\u201d\u2019])[?!.,:*_~'\"\u201d\u2019]+|&[a-zA-Z0-9]{1,10};)$")
_HOST = lazy_pattern(r"(?:https?://|ftp://|www\.)?([^/?#:]*)", re.IGNORECASE)
_SCHEMED = lazy_pattern(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}):[^<>\x00-\x20]*>")


def text(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Skip what no rule begins with, up to a sign or a web address."""
    stop = _STOP.search(state.src, state.pos, state.posMax)
    end = stop.start() if stop else state.posMax
    if end == state.pos:
        return False
    if not silent:
        state.append_pending(state.src[state.pos : end])
    state.pos = end
    return True


def bare_address(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read a web address that begins here, outside of links."""
    if silent or state.linkLevel or state.src[state.pos] not in "hHwWfF":
        return False  # the text of a link may be an address, which ends with its bracket
    match = _URL.match(state.src, state.pos, state.posMax) if _STOP.match(state.src, state.pos) else None
    address = _trimmed(match[0]) if match else ""
    if not _has_host(address):
        return False
    shown = _REFERENCE.sub(lambda reference: replaceEntityPattern(reference[0], reference[1]), address)
    _push(state, f"http://{shown}" if shown[:4].lower() == "www." else shown, shown)
    state.pos += len(address)
    return True


def autolink(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read `<https://…>` as CommonMark does; other text such as `<std::vector>` is shown as it was typed."""
    match = _SCHEMED.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "<" else None
    if not match or match[1].lower() in SCHEMES:
        return commonmark_autolink(state, silent)
    if not silent:
        report(state, SCHEME, match[0][:60])
        state.push("text", "", 0).content = typed(match[0])
    state.pos = match.end()
    return True


def mail_addresses(state: StateInline) -> None:
    """Turn into links the mail addresses in the texts of STATE that are in no link."""
    if "@" in state.src:
        state.tokens[:] = list(_with_mail(state.tokens))


def _with_mail(tokens: list[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "html_inline" and (anchor := re.match(r"<(/?)a\b", token.content, re.IGNORECASE)):
            depth = max(depth + (-1 if anchor[1] else 1), 0)
        if token.type == "text" and not depth and "@" in token.content:
            yield from _split(token)
        else:
            yield token


def _split(token: Token) -> Iterator[Token]:
    begin = 0
    for match in _MAIL.finditer(token.content):
        yield Token("text", "", 0, content=token.content[begin : match.start()])
        yield Token("link_open", "a", 1, attrs={"href": f"mailto:{match[0]}"})
        yield Token("text", "", 0, content=match[0])
        yield Token("link_close", "a", -1)
        begin = match.end()
    yield Token("text", "", 0, content=token.content[begin:])


def _push(state: StateInline, address: str, shown: str) -> None:
    token = state.push("link_open", "a", 1)
    token.attrs, token.info = {"href": address}, AUTO
    state.push("text", "", 0).content = straight(shown)
    state.push("link_close", "a", -1)


def _has_host(address: str) -> bool:
    """Return whether ADDRESS has a domain with a dot, and no underscore in its last two parts."""
    host = _HOST.match(address)
    parts = host[1].rpartition("@")[2].split(".") if host and address else []
    least = 1 if address[:4].lower() == "www." else 2
    return len(parts) >= least and all(parts) and "_" not in "".join(parts[-2:])


def _trimmed(url: str) -> str:
    """Return URL without the signs at its end that belong to the sentence."""
    while True:
        shorter = _TRAILING.sub("", url)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == url:
            return url
        url = shorter
