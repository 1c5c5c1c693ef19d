"""Animated picture ▶ an animated WebP, and a GIF for old programs."""

from collections.abc import Iterator
from io import BytesIO
from typing import Final

from PIL import Image, ImageSequence

from dropcap.errors import ContentError
from dropcap.pictures.encoding import GIF, WEBP
from dropcap.pictures.opened import LARGE_FRAMES
from dropcap.pictures.rendition import Encoded, Renditions, height_of
from dropcap.pictures.still import resized, still_renditions

MOVING_WIDTH: Final = 800
"""Most pixels of a moving picture's width."""
MAXIMUM_FRAMES: Final = 400
MAXIMUM_DECODED: Final = 400_000_000
"""Most pixels of all frames together: each frame that is decoded takes time."""
MAXIMUM_KEPT: Final = 60_000_000
"""Most pixels of all scaled frames together, which an encoder needs in memory at once: four bytes each."""
_SHORTEST: Final = 20
"""Shortest milliseconds of a frame: browsers replace a shorter time by 100."""


def moving_renditions(image: Image.Image) -> Renditions:
    """Return the renditions of IMAGE, which has several frames; if it is too long, of its first frame."""
    frames = getattr(image, "n_frames", 1)
    width = min(image.width, MOVING_WIDTH)
    size = (width, height_of(image.size, width))
    if (
        frames > MAXIMUM_FRAMES
        or frames * image.width * image.height > MAXIMUM_DECODED
        or frames * size[0] * size[1] > MAXIMUM_KEPT
    ):
        note = f"The animation has {frames} frames, which is too many: only the first one is shown. Use a video."
        image.seek(0)
        return still_renditions(image, (note,))
    loop = int(image.info.get("loop", 1 if image.format == "GIF" else 0))
    shown, times = zip(*_frames(image, size), strict=True)
    return Renditions((_webp(shown, times, loop), _gif(shown, times, loop)))


def _frames(image: Image.Image, size: tuple[int, int]) -> Iterator[tuple[Image.Image, int]]:
    """Return each frame in SIZE, and for how many milliseconds it is shown.

    A frame of a GIF may be larger than the picture, and is cut to it, as in a browser. Pillow enlarges IMAGE when it
    goes to that frame, and for all that follow, so their pixels are counted again before each is decoded.
    """
    own = image.size
    decoded = 0
    for frame in ImageSequence.Iterator(image):
        decoded += frame.width * frame.height
        if decoded > MAXIMUM_DECODED:
            raise ContentError(LARGE_FRAMES)
        scaled = resized((frame if frame.size == own else frame.crop((0, 0, *own))).convert("RGBA"), size)
        scaled.info = {}
        duration = int(frame.info.get("duration", 0) or 0)
        yield scaled, duration if duration >= _SHORTEST else 100


def _webp(frames: tuple[Image.Image, ...], times: tuple[int, ...], loop: int) -> Encoded:
    written = BytesIO()
    frames[0].save(
        written, "WEBP", save_all=True, append_images=frames[1:], duration=list(times), loop=loop,
        quality=70, method=2, minimize_size=False,
    )  # fmt: skip
    return Encoded(WEBP, *frames[0].size, written.getvalue())


def _gif(frames: tuple[Image.Image, ...], times: tuple[int, ...], loop: int) -> Encoded:
    written = BytesIO()
    repeat = {} if loop == 1 else {"loop": loop}
    frames[0].save(
        written, "GIF", save_all=True, append_images=frames[1:], duration=list(times), disposal=2, optimize=False,
        **repeat,
    )  # fmt: skip
    return Encoded(GIF, *frames[0].size, written.getvalue())
