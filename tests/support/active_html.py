"""HTML as a browser parses it: the elements, attributes and addresses in it that could act on whoever reads it."""

from collections.abc import Collection, Iterator

from bs4 import BeautifulSoup, Tag

ACTING = frozenset({
    "script", "iframe", "frame", "frameset", "object", "embed", "applet", "base", "link", "meta", "style", "form",
    "input", "button", "select", "textarea", "svg", "math", "template", "noscript", "portal", "dialog",
})  # fmt: skip
ADDRESSES = frozenset({
    "href", "src", "action", "formaction", "poster", "cite", "data", "background", "xlink:href", "srcset", "ping",
    "longdesc", "codebase", "manifest",
})  # fmt: skip
TEXT_ALONE = frozenset({"button", "form", "noscript", "select", "textarea"})
"""Elements in which text does nothing."""
LABELS = frozenset({"alt", "aria-label", "content", "data-title", "id", "title", "value", "class", "lang"})
"""Attributes in which text does nothing."""
CODE = frozenset({"javascript", "vbscript", "livescript", "mocha", "data", "blob", "file", "feed", "jar"})
"""Schemes whose addresses run or hold code in some program."""
NOTHING = "data:,"
"""An icon that is none, so that a browser does not ask for one."""


def active_parts(html: str, allowed: Collection[str] = ()) -> list[str]:
    """Return what could act in HTML, a page or a part of one, apart from the elements that are ALLOWED."""
    return [
        f"{reason} in {str(element)[:160]}"
        for element in BeautifulSoup(html, "html5lib").find_all(name=True)
        for reason in _reasons(element, allowed)
    ]


def canaries(page: str) -> list[str]:
    """Return where the word `canary` is more than text in PAGE: each piece of an attack has it in it.

    Data of the page's own may have it: descriptions in `<meta>`, labels, and JSON-LD.
    """
    return [
        f"{reason} in {str(element)[:160]}"
        for element in BeautifulSoup(page, "html5lib").find_all(name=True)
        for reason in _places(element)
    ]


def _places(element: Tag) -> Iterator[str]:
    is_active = element.name in ACTING - TEXT_ALONE and element.get("type") != "application/ld+json"
    if "canary" in element.name or (is_active and "canary" in element.decode_contents()):
        yield f"<{element.name}>"
    for name, value in element.attrs.items():
        text = " ".join(value) if isinstance(value, list) else str(value)
        if name in ADDRESSES:
            if _acts(text):
                yield f"{name}={text!r}"
        elif "canary" in name or ("canary" in text and (name not in LABELS or "http-equiv" in element.attrs)):
            yield name


def _reasons(element: Tag, allowed: Collection[str]) -> Iterator[str]:
    if element.name in ACTING and element.name not in allowed:
        yield f"<{element.name}>"
    for name, value in element.attrs.items():
        if name.startswith("on") or name == "srcdoc":
            yield name
        if name in ADDRESSES and _acts(str(value)):
            yield f"{name}={value!r}"


def _acts(address: str) -> bool:
    """Return whether ADDRESS is code for a program that ignores everything but printable ASCII."""
    plain = "".join(letter for letter in address if "!" <= letter <= "~").lower()
    scheme, colon, _ = plain.partition(":")
    return bool(colon) and scheme in CODE and plain != NOTHING
