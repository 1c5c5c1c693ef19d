"""HTML that would keep a parser busy for minutes ▶ a ContentError.

The sanitiser is native code, which no time limit's signal interrupts, and its time grows with the square of these two.
"""

import re

from dropcap.errors import ContentError, Finding

MAXIMUM_DEPTH = 100
"""Most elements within one another."""

MAXIMUM_TAG = 100_000
"""Most characters of one tag."""

_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)")
_LONG_TAG = re.compile(rf"<[a-z](?:[^<>]){{{MAXIMUM_TAG}}}")
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
_FLAT = _VOID | {"a", "dd", "dt", "li", "option", "p", "td", "th", "tr"}
"""Elements that hold nothing, and those that end where the next of their kind begins."""


def refuse_nesting(html: str) -> None:
    """Raise ContentError if HTML, not yet sanitised, is nested too deeply or has a tag that is too long."""
    lower = html.lower()
    if len(html) > MAXIMUM_TAG and _LONG_TAG.search(lower):
        message = f"An HTML tag in this file has more than {MAXIMUM_TAG:,} characters."
        remedy = "If it is a picture that is written into the text, upload the picture as a file of its own."
        raise ContentError(Finding(message, remedy))
    if _depth(lower) > MAXIMUM_DEPTH:
        message = f"More than {MAXIMUM_DEPTH} quotes, lists or HTML elements in this file stand within one another."
        raise ContentError(Finding(message, "Close the HTML elements that you open, as in <div>…</div>."))


def _depth(html: str) -> int:
    opened: dict[str, int] = {}
    depth = deepest = 0
    for closing, name in _TAG.findall(html):
        if name in _FLAT:
            continue
        if not closing:
            opened[name] = opened.get(name, 0) + 1
            depth += 1
            deepest = max(deepest, depth)
        elif opened.get(name):
            opened[name] -= 1
            depth -= 1
    return deepest
