"""The width and height that a page states for a picture, so that the text does not move when it arrives."""

from dropcap.patterns import lazy_pattern
from dropcap.site.media import Rendition

TALLEST = 720
"""Largest height, in pixels, at which a portrait without a stated size is shown: it fits on a screen."""

_PIXELS = lazy_pattern(r"([1-9][0-9]{0,3})(?:px)?\Z")


def shown_size(largest: Rendition, attributes: dict[str, str]) -> tuple[int, int]:
    """Take width and height out of ATTRIBUTES, and return the size in pixels, never more than that of LARGEST.

    One that is stated determines the other. Without both a portrait is at most TALLEST.
    """
    stated_width, stated_height = (_PIXELS.match(attributes.pop(name, "")) for name in ("width", "height"))
    width = largest.width
    if stated_width:
        width = min(width, int(stated_width[1]))
    elif stated_height:
        width = min(width, max(1, round(int(stated_height[1]) * largest.width / largest.height)))
    elif largest.height > largest.width:
        width = min(width, max(1, round(TALLEST * largest.width / largest.height)))
    return width, max(1, round(width * largest.height / largest.width))


def drawn_size(shape: tuple[int, int], attributes: dict[str, str]) -> dict[str, str]:
    """Return width and height for a drawing of SHAPE; one of them in ATTRIBUTES determines the other, both are kept."""
    width, height = shape
    stated_width, stated_height = (_PIXELS.match(attributes.get(name, "")) for name in ("width", "height"))
    if not (width and height):
        return {}
    if stated_width and stated_height:
        width, height = int(stated_width[1]), int(stated_height[1])
    elif stated_width:
        width, height = int(stated_width[1]), max(1, round(int(stated_width[1]) * height / width))
    elif stated_height:
        width, height = max(1, round(int(stated_height[1]) * width / height)), int(stated_height[1])
    return {"width": str(width), "height": str(height)}
