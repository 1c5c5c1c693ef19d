"""Placeholders in a stored text ▶ links to what stands, or the notes themselves.

`<dropcap-link names="posts/a|a" fragment="part">` is a link, `<dropcap-embed …>` a note to be shown in its place.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from itertools import accumulate
from urllib.parse import quote

from dropcap.document.html.link_targets import source_names
from dropcap.document.html.transclusion import section
from dropcap.document.private_markup import EMBED, LINK, SEPARATOR, UNRESOLVED, placeholder

MAXIMUM_LINKS = 300
"""Most different targets that one document may mention; each has up to three names."""
MAXIMUM_CHARACTERS = 100_000
"""Most characters of all these names: the Catalog keeps them with the post."""
MAXIMUM_EMBEDS = 20
"""Most notes that one page shows; more are links."""

_ANY = re.compile(rf'<({LINK}|{EMBED})((?:"[^"]*"|[^">])*)>|</(?:{LINK}|{EMBED})>')
_LINK_TO_SOURCE = re.compile(
    r'<a (?=[^>]*\.(?:md|markdown)["#?])((?:"[^"]*"|[^">])*)>(.*?)</a>', re.DOTALL | re.IGNORECASE
)
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_PATH_MARKS = "/!$&'()*+,;=:@~"
_UNRESOLVED = f'<span class="unresolved" title="{UNRESOLVED}">'


@dataclass(frozen=True, slots=True)
class Target:
    """What a name leads to: its PATH, its TITLE, and its stored BODY where it is to be shown."""

    path: str
    title: str = ""
    body: str = ""


def with_sources(html: str, key: str) -> str:
    """Give sanitised HTML of the source KEY with placeholders for its links to other sources, as in `[x](other.md)`."""
    if ".md" not in html.lower() and ".markdown" not in html.lower():
        return html
    return _LINK_TO_SOURCE.sub(lambda found: _to_source(found, key), html)


def mentions(html: str) -> tuple[tuple[str, ...], ...]:
    """List what HTML's placeholders mention, each with its names, the best first, once and in the order of the text."""
    found = list(_mentioned(html))
    lengths = accumulate(sum(map(len, names)) for names in found)
    return tuple(names for names, length in zip(found, lengths, strict=True) if length <= MAXIMUM_CHARACTERS)[
        :MAXIMUM_LINKS
    ]


def left_text(html: str) -> int:
    """Tell how many targets HTML mentions beyond what one document may: these links stay text."""
    return sum(1 for _ in _mentioned(html)) - len(mentions(html))


def linked_names(html: str) -> tuple[str, ...]:
    """List the names that HTML's placeholders mention, each once, in the order of the text."""
    return tuple(dict.fromkeys(name for names in mentions(html) for name in names))


def embedded_names(html: str) -> tuple[tuple[str, ...], ...]:
    """List the names of each note that HTML is to show, in the order of the text."""
    found = (_names(_attributes(one[2])) for one in _ANY.finditer(html) if one[1] == EMBED)
    return tuple(dict.fromkeys(names for names in found if names))[:MAXIMUM_EMBEDS]


def resolve(html: str, targets: Mapping[str, str | None]) -> str:
    """Give HTML with every placeholder as a link to TARGETS' path for the first of its names that has one, or as text.

    A note that is to be shown becomes a link too, in a paragraph: so feeds and mails have it, and notes that show it.
    """
    return with_notes(html, {name: Target(path) for name, path in targets.items() if path})


def with_notes(html: str, targets: Mapping[str, Target]) -> str:
    """Do as `resolve` does, and show the notes whose targets have a body."""
    if LINK not in html and EMBED not in html:
        return html
    return "".join(_pieces(html, targets))


def _pieces(html: str, targets: Mapping[str, Target]) -> Iterator[str]:
    ends: list[str] = []
    begin = 0
    for found in _ANY.finditer(html):
        if found.start() < begin:  # within what a note stands for
            continue
        yield html[begin : found.start()]
        begin = found.end()
        if found[1] is None:
            yield ends.pop() if ends else ""
            continue
        attributes = _attributes(found[2])
        target = next(filter(None, map(targets.get, _names(attributes))), None)
        shown = _note(attributes, target) if target and target.body and found[1] == EMBED else ""
        close = html.find(f"</{EMBED}>", begin) if shown else -1
        if shown and close >= 0:
            yield shown
            begin, end = close, ""
        else:
            start, end = _link(attributes, target)
            before, after = ("<p>", "</p>\n") if found[1] == EMBED else ("", "")
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
    """Give the note, or the part of it that is asked for; nothing if it has no such part."""
    shown = section(target.body, attributes.get("fragment", ""), quote(target.path, safe=_PATH_MARKS))
    link = f'<p class="embed-source"><a href="{escape(_address(attributes, target))}">{escape(target.title)}</a></p>'
    return f'<div class="embed">\n{shown}\n{link}\n</div>\n' if shown else ""


def _address(attributes: Mapping[str, str], target: Target) -> str:
    fragment = attributes.get("fragment")
    return quote(target.path, safe=_PATH_MARKS) + (f"#{quote(fragment)}" if fragment else "")


def _to_source(found: re.Match[str], key: str) -> str:
    attributes = _attributes(found[1])
    meant = source_names(key, attributes.get("href", ""))
    if not meant or not meant[0]:
        return found[0]
    kept = {name: attributes[name] for name in ("title", "class") if name in attributes}
    written = "".join(f' {name}="{escape(value)}"' for name, value in (placeholder(*meant) | kept).items())
    return f"<{LINK}{written}>{found[2]}</{LINK}>"


def _mentioned(html: str) -> Iterable[tuple[str, ...]]:
    found = (_names(_attributes(one[2])) for one in _ANY.finditer(html) if one[1])
    return dict.fromkeys(names for names in found if names)


def _names(attributes: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(filter(None, attributes.get("names", "").split(SEPARATOR)))


def _attributes(text: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(text)}
