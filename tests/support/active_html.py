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
