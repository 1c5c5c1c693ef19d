"""Still picture ▶ its renditions: decoded once, scaled once from the source, then each from the next larger one."""

from base64 import b64encode
from typing import Final

from PIL import Image
from PIL.Image import Resampling, Transpose

from dropcap.pictures.colour import as_srgb, scalable
from dropcap.pictures.encoding import AVIF, JPEG, PNG, WEBP, encoded
from dropcap.pictures.rendition import Encoded, Renditions, height_of, widths_of

ORIENTATION: Final = 0x0112
"""The EXIF tag that says how the camera was held."""
GROUND_WIDTH: Final = 16

_TURNED: Final = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
_SIDEWAYS: Final = frozenset({5, 6, 7, 8})
_FALLBACK: Final = {"JPEG": JPEG, "MPO": JPEG}
"""The original's format if every mail program reads it; else PNG if it may be transparent, and JPEG if not."""


def still_renditions(image: Image.Image, notes: tuple[str, ...] = ()) -> Renditions:
    """Return every rendition of IMAGE, which is opened and not yet decoded, with NOTES for the report."""
    largest = upright(image)
    clear = largest.mode == "RGBA"
    fallback = _FALLBACK.get(image.format or "") or (PNG if clear or image.format in {"PNG", "GIF"} else JPEG)
    encodings: list[Encoded] = []
    scaled = largest
    for width in widths_of(largest.width):
        scaled = resized(scaled, (width, height_of(largest.size, width)))
        encodings += (encoded(scaled, kind) for kind in dict.fromkeys((AVIF, WEBP, fallback)))
    return Renditions(tuple(encodings), "" if clear else ground(scaled), notes)


def upright(image: Image.Image) -> Image.Image:
    """Return IMAGE decoded and upright, in sRGB, in the width of its largest rendition."""
    turn = _orientation(image)
    profile = image.info.get("icc_profile")
    sideways = turn in _SIDEWAYS
    own = (image.height, image.width) if sideways else image.size
    width = widths_of(own[0])[0]
    size = (width, height_of(own, width))
    raw = size[::-1] if sideways else size
    if image.format in {"JPEG", "MPO"}:
        image.draft(None, raw)  # the decoder itself halves, in a fraction of the time and the memory
    image.load()
    small = as_srgb(resized(scalable(image), raw), profile if isinstance(profile, bytes) else None)
    return small.transpose(_TURNED[turn]) if turn in _TURNED else small


def resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return IMAGE in SIZE; large steps go by whole numbers first, which is faster and looks the same."""
    return image if image.size == size else image.resize(size, Resampling.LANCZOS, reducing_gap=2.0)


def ground(image: Image.Image) -> str:
    """Return IMAGE as a data: URI of some hundred bytes, to be shown until it is loaded."""
    width = min(GROUND_WIDTH, image.width)
    tiny = image.resize((width, min(64, height_of(image.size, width))), Resampling.BOX)
    return f"data:{WEBP};base64,{b64encode(encoded(tiny, WEBP).content).decode()}"


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except Exception:  # noqa: BLE001  # wrong metadata of a camera is no reason to refuse its picture
        return 1
