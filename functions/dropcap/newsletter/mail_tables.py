"""Tables in a mail: which of them fit the screen of a phone without a word that is broken."""

import re
from itertools import zip_longest
from unicodedata import east_asian_width

from dropcap.html_tags import BESIDES_WORDS, CELL, CLASS, ROW, element, without_tags
from dropcap.patterns import lazy_pattern

ROOM = 34
"""Average characters of a table's bold font that fit side by side at 360 pixels, with the space between columns."""
WIDE = 1.7
"""Average characters that the width of a wide one corresponds to."""
GAP = 1
"""Characters that the space after a column takes."""
_TABLE = lazy_pattern(element("table"), re.DOTALL)


def with_whole_words(body: str) -> str:
    """Return BODY with the class `whole-words` on each table whose longest words fit beside each other on a phone.

    In other tables any word may be broken, so that none widens the mail.
    """
    return _TABLE.sub(lambda table: _marked(table[0]) if _fits(table[1]) else table[0], body)


def _fits(rows: str) -> bool:
    """Return whether ROWS hold only words, and the longest words of all columns fit beside each other."""
    if BESIDES_WORDS.search(rows) or "<table" in rows:
        return False
    widths = ([_longest_word(cell) for cell in CELL.split(row)[1:]] for row in ROW.split(rows))
    columns = [max(column) + GAP for column in zip_longest(*widths, fillvalue=0.0)]
    return sum(columns) <= ROOM


def _longest_word(cell: str) -> float:
    return max(map(_width, without_tags(cell).split()), default=0.0)


def _width(word: str) -> float:
    """Return the width of WORD in average characters: capitals, m, w and the signs of East Asia are wide."""
    return sum(WIDE if sign in "mw" or sign.isupper() or east_asian_width(sign) in "WF" else 1.0 for sign in word)


def _marked(table: str) -> str:
    tag, end, rest = table.partition(">")
    own = CLASS.search(tag)
    if own:
        return f"{tag[: own.start(1)]}whole-words {tag[own.start(1) :]}{end}{rest}"
    return f'{tag} class="whole-words"{end}{rest}'
