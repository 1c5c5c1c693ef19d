"""Placeholders in a stored text ▶ links, or the notes that are embedded.

`<dropcap-link names="posts/a|a" fragment="part">` is a link, `<dropcap-embed …>` a note to show in its place.
A placeholder keeps names instead of an address: when another file changes, this text need not be rendered again.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from itertools import accumulate
from typing import NamedTuple
from urllib.parse import quote, unquote

from dropcap.document.html.link_targets import source_names
from dropcap.document.html.transclusion import section
from dropcap.document.private_markup import EMBED, LINK, PLACEHOLDER, SEPARATOR, UNRESOLVED, placeholder
from dropcap.html_tags import IMAGE_OF_SOURCE, LINK_TO_SOURCE, attributes_of

MAXIMUM_LINKS = 300
"""Most different targets that one document may mention; each has up to three names."""
MAXIMUM_BYTES = 64_000
"""Most bytes of all these names, in UTF-8: the Catalog keeps them with the post, whose item has at most 400 KB."""
MAXIMUM_EMBEDS = 20
"""Most notes that one page shows; more are links."""

_PATH_MARKS = "/!$&'()*+,;=:@~"
_UNRESOLVED = f'<span class="unresolved" title="{UNRESOLVED}">'


class Target(NamedTuple):
    """The document that a name leads to: its PATH and TITLE, and its stored BODY if it is to be embedded."""

    path: str
    title: str = ""
    body: str = ""


def with_sources(html: str, key: str) -> str:
    """Return sanitised HTML of the source KEY with placeholders for links to other sources, as in `[x](other.md)`.

    A picture `![](other.md)` embeds that source if it has a paragraph to itself, as in Obsidian; else it is a link.
    """
    if ".md" not in html.lower() and ".markdown" not in html.lower():
        return html
    linked = LINK_TO_SOURCE.sub(lambda match: _to_source(match, key), html)
    return IMAGE_OF_SOURCE.sub(lambda match: _to_embed(match, key), linked)


def with_link_attribute(html: str, name: str, value_of: Callable[[tuple[str, ...]], str]) -> str:
    """Return HTML whose placeholders have an attribute NAME with the value of their names, unless that is empty."""

    def with_attribute(match: re.Match[str]) -> str:
        names = _names(attributes_of(match[2])) if match[1] else ()
        value = value_of(names) if names else ""
        return f'<{match[1]}{match[2]} {name}="{escape(value)}">' if value else match[0]

    return PLACEHOLDER.sub(with_attribute, html) if f"<{LINK}" in html or f"<{EMBED}" in html else html


def link_attributes(html: str, name: str) -> dict[tuple[str, ...], str]:
    """Return the attribute NAME of each placeholder in HTML that has it, by the placeholder's names."""
    placeholders = (attributes_of(tag[2]) for tag in PLACEHOLDER.finditer(html) if tag[1])
    return {_names(attributes): attributes[name] for attributes in placeholders if name in attributes}


def mentions(html: str) -> tuple[tuple[str, ...], ...]:
    """Return the names in each placeholder of HTML, the best first; no placeholder twice, in the order of the text."""
    targets = list(_targets(html))
    lengths = accumulate(sum(len(name.encode(errors="replace")) for name in names) for names in targets)
    short = (names for names, length in zip(targets, lengths, strict=True) if length <= MAXIMUM_BYTES)
    return tuple(short)[:MAXIMUM_LINKS]


def left_text(html: str) -> tuple[tuple[str, ...], ...]:
    """Return the targets of HTML that are beyond the limits of one document: these links are shown as text."""
    shown = frozenset(mentions(html))
    return tuple(names for names in _targets(html) if names not in shown)


def linked_names(html: str) -> tuple[str, ...]:
    """Return all names in the placeholders of HTML, each once, in the order of the text."""
    return tuple(dict.fromkeys(name for names in mentions(html) for name in names))


def embedded_names(html: str) -> tuple[tuple[str, ...], ...]:
    """Return the names of each note that HTML shows, in the order of the text."""
    return _embeds(html)[:MAXIMUM_EMBEDS]


def left_links(html: str) -> tuple[tuple[str, ...], ...]:
    """Return the names of each note that HTML embeds beyond the most that one page shows: these are links."""
    return _embeds(html)[MAXIMUM_EMBEDS:]


def resolve(html: str, targets: Mapping[str, str | None]) -> str:
    """Return HTML with each placeholder as a link to the path in TARGETS of its first name that has one, else as text.

    An embedded note becomes a link too, in a paragraph: for feeds, for mails, and for notes embedded elsewhere.
    """
    return with_notes(html, {name: Target(path) for name, path in targets.items() if path})


def with_notes(html: str, targets: Mapping[str, Target]) -> str:
    """Return HTML as `resolve` does, with the embedded notes whose targets have a body."""
    if LINK not in html and EMBED not in html:
        return html
    return "".join(_pieces(html, targets))


def _pieces(html: str, targets: Mapping[str, Target]) -> Iterator[str]:
    ends: list[str] = []
    begin = 0
    for match in PLACEHOLDER.finditer(html):
        if match.start() < begin:  # within the placeholder of a note
            continue
        yield html[begin : match.start()]
        begin = match.end()
        if match[1] is None:
            yield ends.pop() if ends else ""
            continue
        attributes = attributes_of(match[2])
        target = next(filter(None, map(targets.get, _names(attributes))), None)
        shown = _note(attributes, target) if target and target.body and match[1] == EMBED else ""
        close = html.find(f"</{EMBED}>", begin) if shown else -1
        if shown and close >= 0:
            yield shown
            begin, end = close, ""
        else:
            start, end = _link(attributes, target)
            before, after = ("<p>", "</p>\n") if match[1] == EMBED else ("", "")
            yield before + start
            end += after
        ends.append(end)
    yield html[begin:]


def _link(attributes: Mapping[str, str], target: Target | None) -> tuple[str, str]:
    if not target:
        return _UNRESOLVED, "</span>"
    more = "".join(f' {name}="{escape(attributes[name])}"' for name in ("title", "class") if name in attributes)
    return f'<a href="{escape(_address(attributes, target))}"{more}>', "</a>"


def _note(attributes: Mapping[str, str], target: Target) -> str:
    """Return the note, or the part of it with the placeholder's fragment; empty if it has no such part."""
    shown = section(target.body, attributes.get("fragment", ""), quote(target.path, safe=_PATH_MARKS))
    link = f'<p class="embed-source"><a href="{escape(_address(attributes, target))}">{escape(target.title)}</a></p>'
    return f'<div class="embed">\n{shown}\n{link}\n</div>\n' if shown else ""


def _address(attributes: Mapping[str, str], target: Target) -> str:
    fragment = attributes.get("fragment")
    return quote(target.path, safe=_PATH_MARKS) + (f"#{quote(fragment)}" if fragment else "")


def _to_source(match: re.Match[str], key: str) -> str:
    attributes = attributes_of(match[1])
    meant = source_names(key, attributes.get("href", ""))
    if not meant or not meant[0]:
        return match[0]
    others = {name: attributes[name] for name in ("title", "class") if name in attributes}
    written = "".join(f' {name}="{escape(value)}"' for name, value in (placeholder(*meant) | others).items())
    return f"<{LINK}{written}>{match[2]}</{LINK}>"


def _to_embed(match: re.Match[str], key: str) -> str:
    attributes = attributes_of(match[2])
    target = source_names(key, attributes.get("src", ""))
    if not target or not target[0]:
        return match[0]
    is_alone = bool(match[1] and match[3])
    element, before, after = (EMBED, "", "") if is_alone else (LINK, match[1] or "", match[3] or "")
    text = attributes.get("alt") or unquote(attributes["src"]).rpartition("/")[2].partition("#")[0]
    written = "".join(f' {name}="{escape(value)}"' for name, value in placeholder(*target).items())
    return f"{before}<{element}{written}>{escape(text, quote=False)}</{element}>{after}"


def _targets(html: str) -> Iterable[tuple[str, ...]]:
    placeholders = (_names(attributes_of(tag[2])) for tag in PLACEHOLDER.finditer(html) if tag[1])
    return dict.fromkeys(names for names in placeholders if names)


def _embeds(html: str) -> tuple[tuple[str, ...], ...]:
    embeds = (_names(attributes_of(tag[2])) for tag in PLACEHOLDER.finditer(html) if tag[1] == EMBED)
    return tuple(dict.fromkeys(names for names in embeds if names))


def _names(attributes: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(filter(None, attributes.get("names", "").split(SEPARATOR)))
