"""HTML made of an author's Markdown ▶ HTML that is safe on the site, in a feed and in a mail."""

import re
from functools import cache
from html import escape, unescape

import nh3

from dropcap.document.paths.url_schemes import SCHEMES, hides_code
from dropcap.document.private_markup import CONTENTS, EMBED, FORMULA, LINK, MORE, WORD
from dropcap.document.source_text import CONTROLS
from dropcap.html_tags import ANY_TAG, IMAGE, MEDIA_PART, SOURCE, attributes_of
from dropcap.patterns import lazy_pattern

DROPPED_WHOLE = {
    "script",
    "style",
    "template",
    "svg",
    "math",
    "iframe",
    "object",
    "noscript",
    "select",
    "textarea",
    "title",
}
"""Elements that are removed with their content."""

TAGS = (nh3.ALLOWED_TAGS - {"map", "area", "data"}) | {
    "tfoot",
    "section",
    "address",
    "audio",
    "video",
    "source",
    "track",
    LINK,
    EMBED,
    FORMULA,
    CONTENTS,
    MORE,
    WORD,
}
"""Elements that are kept."""

FRAMES_AND_FORMS = {
    "iframe": {"src", "width", "height", "allow", "allowfullscreen", "loading", "referrerpolicy", "sandbox"},
    "form": {"action", "method", "target", "accept-charset", "autocomplete"},
    "input": {
        "type", "value", "placeholder", "required", "checked", "disabled", "min", "max", "step", "pattern", "size",
        "minlength", "maxlength", "multiple", "autocomplete", "name",
    },
    "button": {"type", "value", "disabled", "name"},
    "select": {"multiple", "required", "disabled", "size", "name"},
    "option": {"value", "selected", "disabled", "label"},
    "optgroup": {"label", "disabled"},
    "textarea": {"rows", "cols", "placeholder", "required", "maxlength", "name"},
    "label": {"for"},
    "fieldset": {"disabled"},
    "legend": set(),
}  # fmt: skip
"""Elements that are kept in trusted texts, with their attributes."""

_ALIGNED = ("p", "div", "td", "th", "tr", "thead", "tbody", "tfoot", "table", "caption", "col", "colgroup", "img", "hr")
_ATTRIBUTES = {
    "*": {"class", "id", "title", "lang", "dir"},
    "a": {"href", "hreflang", "rel", "download"},
    "img": {"src", "alt", "width", "height", "loading"},
    "audio": {"src", "controls", "preload", "loop", "aria-label"},
    "video": {"src", "controls", "preload", "loop", "muted", "poster", "width", "height", "playsinline", "aria-label"},
    "source": {"src", "type", "media"},
    "track": {"src", "kind", "srclang", "label", "default"},
    "del": {"datetime"},
    "ins": {"datetime"},
    "time": {"datetime"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "details": {"open"},
    "col": {"span"},
    "colgroup": {"span"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    LINK: {"names", "fragment"},
    EMBED: {"names", "fragment"},
}
_RESERVED_ID = ' id="dropcap-'
_USUAL_HOST = lazy_pattern(
    r"\w{1,10}://(?:(?!xn--)[a-z0-9-]+\.)*(?!xn--)[a-z][a-z0-9-]*(?::\d{1,4})?(?:[/?#]|$)", re.IGNORECASE | re.ASCII
)
_ADDRESS = lazy_pattern(r'\s(?:href|src|cite|poster|action)="((?:[^\x21-\x7e]|&)[^"]*|(?:[jvd]|[JVD])[^"]*)"')
"""An address that may be code: it begins with a letter of such a scheme, or with a character that may be ignored."""


def sanitised(html: str, *, trusted: bool = False) -> str:
    """Return HTML without scripts, handlers, forms, frames and drawings.

    TRUSTED HTML keeps frames and forms, with the names of their fields; never a script or a handler.
    The attribute `name` is removed, so that nothing shadows a property of the document, and so is an id that begins
    with `dropcap-`: those belong to the theme. Other ids stay, since links from other sites point at them.
    """
    clean = _cleaner(reserved=False, trusted=trusted).clean(html)
    if CONTROLS.search(clean):  # `java&#1;script:` becomes a scheme once the character is removed
        clean = _cleaner(reserved=False, trusted=trusted).clean(CONTROLS.sub("", clean))
    if _RESERVED_ID in clean:
        clean = _cleaner(reserved=True, trusted=trusted).clean(clean)
    if _ADDRESS.search(clean):  # perhaps words of the text, which are no attribute
        clean = ANY_TAG.sub(lambda tag: _ADDRESS.sub(_without_code, tag[0]), clean)
    safe = IMAGE.sub(_with_source, clean)
    return _without_stray_parts(safe) if "<source" in safe or "<track" in safe else safe


def is_readable(address: str) -> bool:
    """Return whether the sanitiser can read ADDRESS, whose scheme is allowed: it removes one with an invalid host."""
    if "://" not in address or _USUAL_HOST.match(address):
        return True
    return "href=" in _cleaner(reserved=False, trusted=False).clean(f'<a href="{escape(address)}">')


def _without_code(attribute: re.Match[str]) -> str:
    """Return the ATTRIBUTE of a tag unless its address is code for a reader who ignores Unicode's blanks in it."""
    return "" if hides_code(unescape(attribute[1])) else attribute[0]


def _with_source(tag: re.Match[str]) -> str:
    """Return the picture's TAG, or its alt text if its address was removed: an `img` without `src` is invalid."""
    values = attributes_of(tag[0])
    return tag[0] if "src" in values else escape(values.get("alt", ""), quote=False)


def _without_stray_parts(html: str) -> str:
    """Return HTML without invalid parts: `source` and `track` outside of a film or a sound, or without an address."""
    depth = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag["part"]:
            return tag[0] if depth and SOURCE.search(tag[0]) else ""
        depth += -1 if tag["end"] else 1
        return tag[0]

    return MEDIA_PART.sub(kept, html)


@cache
def kept_attributes(*, trusted: bool) -> dict[str, set[str]]:
    """Return the attributes that stay, by the element; those under `*` stay on every element."""
    return (FRAMES_AND_FORMS if trusted else {}) | {
        tag: _ATTRIBUTES.get(tag, set()) | ({"align"} if tag in _ALIGNED else set())
        for tag in {*_ATTRIBUTES, *_ALIGNED}
    }


@cache
def _cleaner(*, reserved: bool, trusted: bool) -> nh3.Cleaner:
    more = FRAMES_AND_FORMS if trusted else {}
    return nh3.Cleaner(
        tags=TAGS | more.keys(),
        clean_content_tags=DROPPED_WHOLE - more.keys(),
        attributes=kept_attributes(trusted=trusted),
        attribute_filter=_without_reserved_id if reserved else None,
        link_rel=None,
        url_schemes=set(SCHEMES),
    )


def _without_reserved_id(_element: str, attribute: str, value: str) -> str | None:
    return None if attribute == "id" and value.startswith("dropcap-") else value


@cache
def text_cleaner() -> nh3.Cleaner:
    """Return a cleaner that removes every tag."""
    return nh3.Cleaner(tags=set(), clean_content_tags=DROPPED_WHOLE, attributes={}, link_rel=None)
