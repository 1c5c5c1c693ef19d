"""A published picture, as lists, feeds and the masthead show it: plain values."""

from typing import NamedTuple


class Picture(NamedTuple):
    """A picture at URL, a path on the site, and a SMALL version of it; sizes in pixels, 0 if unknown."""

    url: str
    width: int
    height: int
    small: str
    small_width: int
    small_height: int
