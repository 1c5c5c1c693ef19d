"""The theme's style sheet: as short as it can be, and cut into the parts that pages load."""

import re

from dropcap.html_tags import BOX, PICTURE_PIECE, RARE_PIECE, TABLE_PIECE
from dropcap.patterns import lazy_pattern

WHOLE = "site.css"
"""The sheet that is cut. It is served whole, too, for templates of an operator's that name it."""

_PART = lazy_pattern(r"/\* sheet: ([a-z]+) \*/")
_COMMENT = lazy_pattern(r"/\*.*?\*/", re.DOTALL)
_STRING = lazy_pattern(r"""("[^"\n]*"|'[^'\n]*')""")
_SIGN = lazy_pattern(r"([{};,>])")
_AFTER_COLON = lazy_pattern(r":[ \n]+(?=[^ ;}]|$)")

_PICTURES = "site-pictures.css"
_PIECES = {
    "site-boxes.css": BOX,
    "site-tables.css": TABLE_PIECE,
    _PICTURES: PICTURE_PIECE,
    "site-extras.css": RARE_PIECE,
}
"""The pieces of a text that need a part, in the order of the sheet."""


def parts(sheet: str) -> dict[str, str]:
    """Return the parts of SHEET by the names of their files, such as `site-lists.css`.

    `site-base.css` is what stands before the first comment of the form `sheet: NAME`. A sheet without such comments,
    an operator's own, is all base.
    """
    base, *rest = _PART.split(sheet)
    return {"site-base.css": base} | {
        f"site-{name}.css": text for name, text in zip(rest[::2], rest[1::2], strict=True)
    }


def parts_for(html: str, *, pictured: bool = False) -> list[str]:
    """Return the names of the parts that the text HTML needs besides the base, by its elements and their classes.

    PICTURED says that a picture stands below the text, too.
    """
    return [name for name, pieces in _PIECES.items() if pieces.search(html) or (pictured and name == _PICTURES)]


def shortened(sheet: str) -> str:
    """Return SHEET without comments and blanks that mean nothing; strings stay as they are."""
    lines = (line.strip() for line in _COMMENT.sub("", sheet).split("\n"))
    texts = _STRING.split("\n".join(filter(None, lines)))
    texts[::2] = (_AFTER_COLON.sub(":", _without_blanks(text)).replace(";}", "}") for text in texts[::2])
    return "".join(texts)


def _without_blanks(text: str) -> str:
    """Return TEXT, what is between two strings, without blanks beside a sign that separates."""
    first, *rest = _SIGN.split(text)
    if not rest:
        return text
    *middle, last = rest
    return "".join([first.rstrip(), *map(str.strip, middle), last.lstrip()])
