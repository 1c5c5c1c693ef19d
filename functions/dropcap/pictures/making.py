"""Bytes of a picture ▶ its renditions: the entry point of this package."""

from dropcap.errors import ContentError
from dropcap.pictures.animation import moving_renditions
from dropcap.pictures.opened import MAXIMUM_BYTES, opened, too_many_bytes
from dropcap.pictures.rendition import Renditions
from dropcap.pictures.still import still_renditions

_MOVING = frozenset({"GIF", "WEBP", "PNG", "AVIF"})
"""Formats whose further frames are time; those of an MPO are other views."""


def renditions(source: bytes) -> Renditions:
    """Return the renditions of SOURCE. Raises ContentError if it is no picture or exceeds a limit."""
    if len(source) > MAXIMUM_BYTES:
        raise ContentError(too_many_bytes(len(source)))
    with opened(source) as image:
        moves = image.format in _MOVING and getattr(image, "n_frames", 1) > 1
        return moving_renditions(image) if moves else still_renditions(image)
