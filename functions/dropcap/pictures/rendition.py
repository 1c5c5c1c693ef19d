"""Renditions of a picture, as plain values."""

from dataclasses import dataclass

WIDTHS = (480, 800, 1200, 1600)
"""Widths of renditions, in pixels; none is wider than its source."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """One rendition: its media type KIND, its size in pixels, and its bytes."""

    kind: str
    width: int
    height: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Renditions:
    """Everything made of one picture. GROUND is a tiny version as a data: URI, empty for transparent pictures.

    NOTES tell the report what was left out.
    """

    encoded: tuple[Encoded, ...]
    ground: str = ""
    notes: tuple[str, ...] = ()


def widths_of(width: int) -> tuple[int, ...]:
    """Return the widths for a source of WIDTH pixels, the widest first: the usual, and its own if it lies between.

    >>> widths_of(1000)
    (1000, 800, 480)
    """
    widest = min(width, WIDTHS[-1])
    return (widest, *sorted((narrower for narrower in WIDTHS if narrower < widest), reverse=True))


def height_of(size: tuple[int, int], width: int) -> int:
    """Return the height of a picture of SIZE when it is WIDTH pixels wide."""
    return max(1, round(size[1] * width / size[0]))
