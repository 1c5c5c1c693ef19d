"""Pictures made up for tests."""

from io import BytesIO
from typing import Any

from PIL import Image


def picture(colour: str, size: tuple[int, int] = (60, 40), **saved: Any) -> bytes:  # noqa: ANN401  # Pillow's settings
    """Return a picture of one COLOUR."""
    written = BytesIO()
    Image.new("RGB", size, colour).save(written, **{"format": "JPEG", **saved})
    return written.getvalue()
