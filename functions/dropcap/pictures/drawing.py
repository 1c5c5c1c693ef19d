"""Bytes of an SVG drawing ▶ its size, so that a page reserves its place; nothing is drawn, and Pillow is not needed."""

import re
from contextlib import suppress
from xml.parsers import expat

from dropcap.patterns import lazy_pattern

MAXIMUM_BYTES = 2**20
"""Most bytes of a drawing whose size is read."""
MAXIMUM_SIDE = 10_000
"""Longest side in pixels: a longer one is taken for a mistake."""

_NUMBER = r"([0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
_LENGTH = lazy_pattern(rf"\s*{_NUMBER}(px|pt|pc|in|cm|mm|q|)\s*\Z", re.IGNORECASE)
_VIEW_BOX = lazy_pattern(rf"\s*-?{_NUMBER}[\s,]+-?{_NUMBER}[\s,]+{_NUMBER}[\s,]+{_NUMBER}\s*\Z")
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6}
"""Pixels of each absolute unit of CSS."""


class _ReadEnoughError(Exception):
    """Raised to stop parsing: the root element was read, or an entity is declared."""


def drawing_size(source: bytes) -> tuple[int, int]:
    """Return width and height in CSS pixels of the SVG drawing SOURCE; (0, 0) if it does not state them.

    They are the root element's `width` and `height`; a missing one follows from its `viewBox` (SVG 2, section 8).
    """
    root: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "svg":
            root.update(attributes)
        raise _ReadEnoughError

    def entity(*_: object) -> None:
        raise _ReadEnoughError

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EntityDeclHandler = entity
    with suppress(_ReadEnoughError, expat.ExpatError, LookupError, ValueError):
        parser.Parse(source[:MAXIMUM_BYTES], False)  # noqa: FBT003  # expat names no arguments: it is not the end
    return _size(root)


def declares_entities(source: bytes) -> bool:
    """Return whether the drawing SOURCE declares an entity, in whatever encoding it is: the parser decodes it."""
    declared: list[str] = []

    def start(*_: object) -> None:
        raise _ReadEnoughError

    def entity(name: str, *_: object) -> None:
        declared.append(name)
        raise _ReadEnoughError

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EntityDeclHandler = entity
    with suppress(_ReadEnoughError, expat.ExpatError, LookupError, ValueError):
        parser.Parse(source, True)  # noqa: FBT003  # expat names no arguments: it is the end
    return bool(declared)


def _size(root: dict[str, str]) -> tuple[int, int]:
    """Return the size that the attributes of ROOT state."""
    width, height = _pixels(root.get("width", "")), _pixels(root.get("height", ""))
    box = _VIEW_BOX.match(root.get("viewBox", ""))
    box_width, box_height = (float(box[3]), float(box[4])) if box else (0.0, 0.0)
    if box_width and box_height:
        if not width and not height:
            width, height = box_width, box_height
        width = width or height * box_width / box_height
        height = height or width * box_height / box_width
    if not (width <= 2 * MAXIMUM_SIDE and height <= 2 * MAXIMUM_SIDE):  # nor infinite or undefined: that has no integer
        return 0, 0
    size = round(width), round(height)
    return size if all(1 <= side <= MAXIMUM_SIDE for side in size) else (0, 0)


def _pixels(length: str) -> float:
    """Return LENGTH in CSS pixels; 0 where it is missing or relative to the page, as percentages are."""
    match = _LENGTH.match(length)
    return float(match[1]) * _PIXELS[match[2].lower()] if match else 0.0
