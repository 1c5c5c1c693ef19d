"""Links from pictures to their full size, for pages: readers can open a picture that is shown smaller."""

import re
from html import escape, unescape

from dropcap.html_tags import ACTIVE_OR_PICTURE, ALT, SOURCES
from dropcap.patterns import lazy_pattern

ENOUGH = 1_000
"""A picture with a rendition of so many pixels is wider than the column that shows it; so is one half as wide again."""

_WIDTH = lazy_pattern(r' width="(\d{1,5})"')
_CHOICE = lazy_pattern(r"(?<![^\s,])([^\s,]++) (\d{1,5})w")


def with_large_pictures(html: str, label: str) -> str:
    """Return HTML, a resolved body, with each large picture in a link to its full size; LABEL names these links."""
    if "<picture>" not in html:
        return html
    depth = 0

    def linked(match: re.Match[str]) -> str:
        nonlocal depth
        if match["tag"]:
            depth += -1 if match["end"] else 1
            return match[0]
        sources = SOURCES.search(match["image"])
        choices = [(int(width), url) for url, width in _CHOICE.findall(unescape(sources[1]) if sources else "")]
        width, url = max(choices, default=(0, ""))
        shown = _WIDTH.search(match["image"])
        if depth > 0 or width < min(ENOUGH, 3 * int(shown[1]) // 2 if shown else ENOUGH):
            return match[0]
        alt = ALT.search(match["image"])
        name = f"{label}: {unescape(alt[1])}" if alt and alt[1] else label
        return f'<a class="enlarge" href="{escape(url)}" aria-label="{escape(name)}">{match[0]}</a>'

    return ACTIVE_OR_PICTURE.sub(linked, html)
