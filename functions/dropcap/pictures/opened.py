"""Bytes ▶ an opened picture: every limit is checked on the header, before anything is decoded.

A PNG of ten kilobytes decodes to 243 MB, and Pillow warns of nothing below 89 megapixels. A later frame of a GIF may be
larger than its header says. Pillow then enlarges the picture while it goes to that frame, within a limit of its own.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import (
    AvifImagePlugin,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,
)

from dropcap.errors import ContentError, Finding
from dropcap.pictures.rendition import WIDTHS, height_of

MAXIMUM_BYTES = 25 * 2**20
"""Most bytes of a picture."""
MAXIMUM_PIXELS = 40_000_000
"""Most pixels of a picture, or of a frame."""
MAXIMUM_HEIGHT = 16_000
"""Most pixels of a rendition's height: WebP takes 16,383."""

FORMATS = tuple(
    plugin.format
    for plugin in (
        JpegImagePlugin.JpegImageFile,
        PngImagePlugin.PngImageFile,
        GifImagePlugin.GifImageFile,
        WebPImagePlugin.WebPImageFile,
        AvifImagePlugin.AvifImageFile,
    )
)
"""Formats that are decoded, by their bytes and not by their names."""

_BROKEN = Finding(
    "The picture is damaged or incomplete: it cannot be decoded.",
    "Open it in a picture editor, save it again as JPEG or PNG, and upload that.",
)

LARGE_FRAMES = Finding(
    "The animation has frames that are larger than the animation itself, and that have too many pixels.",
    "Save it again with a program for animations, so that all frames have one size.",
)


@contextmanager
def opened(source: bytes) -> Iterator[Image.Image]:
    """Open SOURCE; raise ContentError if it is no picture, is too large, or is broken inside."""
    try:
        with warnings.catch_warnings():  # Pillow's warnings are in the report, or do not matter
            warnings.simplefilter("ignore")
            with _recognised(source) as image:
                _check(image.size)
                with _frames_limited():
                    yield image
    except ContentError:
        raise
    except Image.DecompressionBombError as error:
        raise ContentError(LARGE_FRAMES) from error
    except Exception as error:  # a decoder raises almost anything over hostile bytes, and all of it means this
        raise ContentError(_BROKEN) from error


def _recognised(source: bytes) -> Image.Image:
    try:
        return Image.open(BytesIO(source), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise ContentError(_too_large("far too many pixels")) from error
    except Exception as error:  # as above
        raise ContentError(_unknown()) from error


@contextmanager
def _frames_limited() -> Iterator[None]:
    """Make Pillow refuse frames above MAXIMUM_PIXELS before it enlarges a picture for them.

    It warns above its limit, and refuses above twice its limit.
    """
    usual = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = MAXIMUM_PIXELS // 2
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS = usual


def _check(size: tuple[int, int]) -> None:
    width, height = size
    if width < 1 or height < 1:
        raise ContentError(_BROKEN)
    if width * height > MAXIMUM_PIXELS:
        raise ContentError(_too_large(f"{width} by {height} pixels"))
    narrow = min(width, WIDTHS[-1])
    # A picture on its side is turned later, so both orientations are checked.
    if max(height_of(size, narrow), height_of((height, width), min(height, WIDTHS[-1]))) > MAXIMUM_HEIGHT:
        message = f"The picture has {width} by {height} pixels, which is too long and narrow."
        raise ContentError(Finding(message, "Cut it into several pictures."))


def too_many_bytes(size: int) -> Finding:
    """Return the finding that a picture of SIZE bytes is too large to read."""
    message = f"The picture has {size / 2**20:.1f} MiB; the limit is {MAXIMUM_BYTES // 2**20} MiB."
    return Finding(message, "Scale it down: a width of 2,400 pixels is enough for any screen.")


def _too_large(size: str) -> Finding:
    message = f"The picture has {size}; the limit is {MAXIMUM_PIXELS // 1_000_000} million pixels."
    return Finding(message, "Scale it down: a width of 2,400 pixels is enough for any screen.")


def _unknown() -> Finding:
    message = "This is not a picture that Dropcap can read, despite its name."
    return Finding(message, "Save it as JPEG, PNG, GIF, WebP or AVIF, and upload that.")
