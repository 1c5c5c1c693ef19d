"""HTML that the sanitiser will remove ▶ problems, each on its line."""

from dropcap.document.html.sanitise import DROPPED_WHOLE, FRAMES_AND_FORMS, TAGS, is_readable, kept_attributes
from dropcap.document.markdown.context import RenderContext
from dropcap.document.markdown.embedded_files import PLAYED
from dropcap.document.markdown.problems import (
    ATTRIBUTE,
    ELEMENT,
    LINK_ADDRESS,
    PICTURE_ADDRESS,
    PICTURE_DATA,
    PICTURE_VERSION,
    SCHEME,
    UNWRAPPED,
    Kind,
)
from dropcap.document.markdown.raw_html import HtmlTag, is_element, tags
from dropcap.document.paths.url_schemes import is_allowed
from dropcap.document.private_markup import as_typed
from dropcap.patterns import lazy_pattern

_HANDLER = lazy_pattern(r"on[a-z]+")
_INVISIBLE = frozenset({"html", "head", "body", "picture", "map", "data", "param", "main", "noframes"})
"""Elements that are removed without a loss for readers: their content is shown."""

_VOID = frozenset({"area", "base", "embed", "frame", "input", "link", "meta"})
"""Elements that hold nothing: nothing of them is left."""

_NOTICED = frozenset({"style", "hidden", "autoplay", "aria-label"})
"""Attributes whose removal readers may notice."""

_PARTS = frozenset({"source", "track"})
"""Elements that stand only within one that plays a file."""


def report_removed(context: RenderContext, *, trusted: bool) -> None:
    """Add to the problems of CONTEXT the raw HTML that will be removed; a TRUSTED text keeps frames and forms."""
    depth = 0
    for line, html in context.raw_html:
        for tag in tags(html):
            if tag.name in PLAYED:
                depth = max(0, depth + (-1 if tag.closes else 1))
            if not tag.closes and is_element(tag.name):
                for kind, sign in _removed(tag, trusted=trusted, in_media=depth > 0):
                    context.problems.add(kind, sign[:60], line + tag.line)


def _removed(tag: HtmlTag, *, trusted: bool, in_media: bool) -> list[tuple[Kind, str]]:
    """Return the problems of TAG, which may be within a film or a sound (IN_MEDIA)."""
    if tag.name not in TAGS and not (trusted and tag.name in FRAMES_AND_FORMS):
        if tag.name in _INVISIBLE:
            return []
        return [(ELEMENT if tag.name in DROPPED_WHOLE | _VOID else UNWRAPPED, f"<{tag.name}>")]
    if tag.name in _PARTS and not (in_media and "src" in tag.attributes):
        return [(PICTURE_VERSION if "srcset" in tag.attributes else ELEMENT, f"<{tag.name}>")]
    gone = [name for name in tag.attributes if name not in kept_attributes(trusted=trusted).get(tag.name, ())]
    removed = [(ATTRIBUTE, name) for name in gone if name in _NOTICED or _HANDLER.fullmatch(name)]
    removed += [(PICTURE_VERSION, "srcset")] if "srcset" in tag.attributes else []
    for name in ("href", "src", "poster"):
        address = as_typed(tag.attributes.get(name, ""))
        if is_allowed(address) and is_readable(address):
            continue
        if name == "href":
            removed.append((LINK_ADDRESS if is_allowed(address) else SCHEME, address))
        elif address.lower().startswith("data:"):
            removed.append((PICTURE_DATA, address.split(";", 1)[0]))
        else:
            removed.append((PICTURE_ADDRESS, address))
    return removed
