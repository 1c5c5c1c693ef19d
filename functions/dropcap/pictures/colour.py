"""Any mode and colour profile ▶ sRGB with or without transparency, eight bits a channel."""

from io import BytesIO
from typing import Final

from PIL import Image, ImageCms

_TRANSPARENT: Final = frozenset({"RGBA", "LA", "PA", "La", "RGBa"})
_SIXTEEN: Final = frozenset({"I;16", "I;16B", "I;16L", "I;16N", "I", "F"})
_PROFILED: Final = {"RGB": "RGB ", "RGBA": "RGB ", "CMYK": "CMYK", "L": "GRAY"}
"""Modes that may have a profile, and the profile's name of their colour space (ICC.1, table 19)."""


def is_transparent(image: Image.Image) -> bool:
    """Return whether IMAGE may have transparent pixels."""
    return image.mode in _TRANSPARENT or "transparency" in image.info


def scalable(image: Image.Image) -> Image.Image:
    """Return IMAGE in a mode in which neighbouring pixels can be mixed, still under its own profile."""
    if image.mode in _SIXTEEN:
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if is_transparent(image):
        return image.convert("RGBA")
    if image.mode in _PROFILED:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def as_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return IMAGE, as `scalable` leaves it, in sRGB: by its PROFILE if that is readable and fits."""
    wanted = "RGBA" if image.mode == "RGBA" else "RGB"
    converted = _by_profile(image, profile, wanted) if profile else None
    return converted or image.convert(wanted)


def _by_profile(image: Image.Image, profile: bytes, wanted: str) -> Image.Image | None:
    """Return IMAGE converted by PROFILE; None if that is broken, or is for another kind of picture."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if source.profile.xcolor_space != _PROFILED[image.mode]:
            return None
        alpha = image.getchannel("A") if image.mode == "RGBA" else None
        flat = image.convert("RGB") if alpha else image
        converted = ImageCms.profileToProfile(flat, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
    if converted and alpha and wanted == "RGBA":
        converted.putalpha(alpha)
    return converted
