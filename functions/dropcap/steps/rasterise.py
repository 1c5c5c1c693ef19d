"""8 images: an SVG drawing becomes the same as PNG, for mail programs and feed readers that draw no SVG.

The drawing is parsed and drawn in a process of its own, with limits on its time and memory and no secrets in its
environment: the drawing library is native code, which no signal interrupts and which would take the function down.
"""

import os  # the environment of the process that draws
import subprocess
import sys
from struct import unpack_from
from typing import Final

from dropcap.pictures.rendition import Encoded

SECONDS: Final = 20.0
"""Longest wait for the process, which limits its own processor time (see `draw_svg`)."""
MAXIMUM_WIDTH: Final = 1200
"""Widest PNG in pixels: twice the column of a mail."""
MAXIMUM_PIXELS: Final = 4_000_000
_MAGIC: Final = b"\x89PNG\r\n\x1a\n"


def rasterised(source: bytes, shape: tuple[int, int]) -> Encoded | None:
    """Return the drawing SOURCE of SHAPE (CSS pixels) as PNG, twice as wide as its shape and at most MAXIMUM_WIDTH.

    None where it has no shape, takes too long, or would not look as it does in a browser: see `draw_svg`.
    """
    width = _width(shape)
    if not width:
        return None
    command = [sys.executable, "-m", "dropcap.pictures.draw_svg", str(width)]
    environment = {"PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}
    if "LD_LIBRARY_PATH" in os.environ:  # Lambda's Python finds its own library by it
        environment["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]
    try:
        drawn = subprocess.run(  # noqa: S603  # our own module, and a number
            command, input=source, capture_output=True, timeout=SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    if drawn.returncode or not drawn.stdout.startswith(_MAGIC):
        return None
    width, height = unpack_from(">II", drawn.stdout, len(_MAGIC) + 8)
    return Encoded("image/png", width, height, drawn.stdout)


def _width(shape: tuple[int, int]) -> int:
    """Return the width in pixels for a drawing of SHAPE; 0 where it has none, or too many pixels."""
    width, height = shape
    if not width or not height:
        return 0
    wide = min(2 * width, MAXIMUM_WIDTH)
    return wide if wide * wide * height / width <= MAXIMUM_PIXELS else 0
