"""Draw the SVG of standard input as PNG to standard output: `python -m dropcap.pictures.draw_svg WIDTH`.

Ends with 1 and without output where the PNG would not look as the drawing does in a browser. It is a program of its own
so that a hostile drawing costs seconds and no function (a few levels of `<use>` can stand for a billion shapes).
"""

import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import resvg_py
from PIL import ImageFont

from dropcap.pictures.drawing import declares_entities
from dropcap.pictures.social_card import has_all

FONT: Final = Path(__file__).with_name("drawing.ttf")
"""Lambda has no fonts, and without one every text is left out; its licence is beside it."""
FAMILY: Final = "Dropcap Drawing"
CPU_SECONDS: Final = 5
MEMORY: Final = 1 << 30
"""Most bytes of address space: the function has 2 GB."""
_EMBEDDED: Final = ("data:image/png", "data:image/jpeg", "data:image/gif", "data:image/webp", "#")
"""Beginnings of addresses that are part of the drawing. Another one could be a file of this machine."""


def drawn(source: bytes, width: int) -> bytes | None:
    """Return SOURCE on white as PNG of WIDTH pixels; None where a part of it could not be drawn.

    These are HTML within the drawing, pictures elsewhere, entities (which can grow without bound), and letters that the
    font does not have. The ground is white, since lines are mostly dark and would vanish in a dark mail program. Raises
    ValueError or ParseError where it is no drawing.
    """
    if declares_entities(source):
        return None
    root = ET.fromstring(source)  # noqa: S314  # entities are refused above, time and memory are limited
    if not all(_can_be_drawn(element) for element in root.iter()) or not _has_letters("".join(_texts(root))):
        return None
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=ET.tostring(root, encoding="unicode"),
            width=width,
            background="#ffffff",
            skip_system_fonts=True,
            font_files=[str(FONT)],
            font_family=FAMILY,
            serif_family=FAMILY,
            sans_serif_family=FAMILY,
            cursive_family=FAMILY,
            fantasy_family=FAMILY,
            monospace_family=FAMILY,
        )
    )


def _can_be_drawn(element: ET.Element) -> bool:
    name = _local(element.tag)
    if name in {"image", "feImage"}:
        targets = [value for attribute, value in element.attrib.items() if _local(attribute) == "href"]
        return all(target.strip().lower().startswith(_EMBEDDED) for target in targets)
    return name != "foreignObject"


def _texts(root: ET.Element) -> Iterator[str]:
    for element in root.iter():
        if _local(element.tag) == "text":
            yield from element.itertext()


def _has_letters(text: str) -> bool:
    return not text or has_all(ImageFont.truetype(str(FONT), 16), text)


def _local(name: object) -> str:
    """Return NAME without its namespace; empty for a comment, whose tag is a function."""
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def main() -> int:
    """Draw, within the limits; return the exit code."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        picture = drawn(sys.stdin.buffer.read(), int(sys.argv[1]))
    except (ValueError, ET.ParseError, RecursionError):
        return 1
    if picture is None:
        return 1
    sys.stdout.buffer.write(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
