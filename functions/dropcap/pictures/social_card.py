"""Title ▶ social card: 1200 by 630 pixels, in the site's colours and font, for previews of links.

A title in a script that the font does not have would be a row of boxes: then the card is one without words.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from io import BytesIO
from itertools import islice
from math import ceil
from pathlib import Path
from typing import Final
from zlib import Z_RLE

from PIL import Image, ImageColor, ImageDraw, ImageFont, PngImagePlugin

from dropcap.pictures.card_words import CardWords

WIDTH, HEIGHT = 1200, 630
"""Size to which readers of Open Graph crop, in pixels."""
MARGIN: Final = 96
BAR: Final = 28
"""The last column of the bar at the left edge."""
SIZES: Final = (88, 76, 64, 54)
"""Sizes of the title, the first in which it fits."""
SMALL: Final = 36
"""Size of the site's name."""
ROOM: Final = 380
"""Height of all lines of the title, in pixels."""
WEIGHT: Final = 600
SPACING: Final = 1.16
MISSING: Final = "\uffff"
"""A sign that no font has: it is drawn as every other that is missing."""
SHADES: Final = 128
"""Shades between paper and ink, and as many between paper and accent: a palette is a third of the bytes."""


@lru_cache(maxsize=64)
def social_card(words: CardWords, font: Path) -> bytes:
    """Return the card with WORDS in the FONT as a PNG; the same words give the same bytes.

    Some are cached, for a page that moves or is built in several clouds of one process.
    """
    card = Image.new("L", (WIDTH, HEIGHT))
    small = _font(font, SMALL)
    if has_all(small, words.title):
        _write_title(card, words.title, font)
    else:
        card.paste(_FULL_ACCENT, (MARGIN, 240, MARGIN + 241, 255))
    if has_all(small, words.site):
        _write_site(card, words.site, font)
    card.paste(_FULL_ACCENT, (0, 0, BAR + 1, HEIGHT))
    return _png(card, words)


def has_all(font: ImageFont.FreeTypeFont, text: str) -> bool:
    """Return whether FONT can draw TEXT: each letter has a glyph, and none is joined to the next."""
    plain = all(unicodedata.bidirectional(sign) not in {"R", "AL"} for sign in text)
    return plain and all(sign.isspace() or _glyph(font, sign) != _glyph(font, MISSING) for sign in set(text))


@lru_cache(maxsize=500)
def _glyph(font: ImageFont.FreeTypeFont, sign: str) -> bytes:
    return bytes(font.getmask(sign))


def _write_title(card: Image.Image, title: str, path: Path) -> None:
    words = " ".join(title.split())
    for size in SIZES:
        font, most = _font(path, size), int(ROOM // (size * SPACING))
        lines = list(islice(_lines(words, font), most + 1))
        if len(lines) <= most:
            break
    else:
        lines = [*lines[: most - 1], f"{lines[most - 1].rstrip(' ,;:')}…"]
    for number, line in enumerate(lines):
        place = (MARGIN, MARGIN + size + round(number * size * SPACING))
        ImageDraw.Draw(card).text(place, line, fill=SHADES - 1, font=font, anchor="ls")


def _write_site(card: Image.Image, name: str, path: Path) -> None:
    """Write NAME, in shades of the accent, at the foot of CARD."""
    if drawn := _site_name(name, path):
        part, mask, (left, top) = drawn
        card.paste(part, (left, top + HEIGHT - 2 * MARGIN), mask=mask)


@lru_cache(maxsize=8)
def _site_name(name: str, path: Path) -> tuple[Image.Image, Image.Image, tuple[int, int]] | None:
    """Return NAME as every card of a site has it: its shades, where they are, and its place in a band at the foot."""
    band = Image.new("L", (WIDTH, 2 * MARGIN))
    ImageDraw.Draw(band).text((MARGIN, MARGIN), name, fill=255, font=_font(path, SMALL), anchor="ls")
    drawn = band.getbbox()
    if drawn is None:
        return None
    part = band.crop(drawn)
    return part.point(_ACCENT), part.point(_ANY), (drawn[0], drawn[1])


def _lines(words: str, font: ImageFont.FreeTypeFont) -> Iterator[str]:
    """Yield WORDS in lines that fit; a word that is longer than a line is broken."""
    room = WIDTH - 2 * MARGIN
    line = ""
    for word in words.split(" "):
        tried = f"{line} {word}".strip()
        if font.getlength(tried) <= room:
            line = tried
            continue
        if line:
            yield line
        while font.getlength(word) > room:
            cut = max(1, bisect_right(range(len(word)), room, key=lambda n: ceil(font.getlength(word[:n]))) - 1)
            yield word[:cut]
            word = word[cut:]  # noqa: PLW2901  # its rest
        line = word
    if line:
        yield line


@cache
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([WEIGHT])
    return font


def _png(card: Image.Image, words: CardWords) -> bytes:
    """Return CARD as a PNG with a palette: shades up to the ink, then shades up to the accent.

    Pillow's own `save` would import its readers and writers of four other formats first. Nearly all of a card is one
    colour. Looking only for runs of equal bytes takes a quarter of the time of zlib's own search, and costs a sixth
    more bytes.
    """
    card.putpalette([*_shades(words.paper, words.ink), *_shades(words.paper, words.accent)])
    card.encoderinfo = {"compress_level": 1, "compress_type": Z_RLE}
    card.encoderconfig = ()
    written = BytesIO()
    Image.SAVE[PngImagePlugin.PngImageFile.format](card, written, "")
    return written.getvalue()


_FULL_ACCENT: Final = SHADES + SHADES - 1
_ACCENT: Final = [SHADES + value * (SHADES - 1) // 255 for value in range(256)]
_ANY: Final = [0, *([255] * 255)]


@lru_cache(maxsize=16)
def _shades(paper: str, colour: str) -> list[int]:
    """Return the parts of the colours from PAPER to COLOUR, three for each shade."""
    start, end = ImageColor.getrgb(paper)[:3], ImageColor.getrgb(colour)[:3]
    return [round(a + (b - a) * step / (SHADES - 1)) for step in range(SHADES) for a, b in zip(start, end, strict=True)]
