"""The opening of a text (whether a drop cap suits it), and its table of contents when it is long."""

import unicodedata
from html import unescape
from typing import NamedTuple

from dropcap.html_tags import FORMULA, HEADING, ID, LEADING_PARAGRAPH, SHOWN_MEDIA, line_of

LETTER, IDEOGRAPH = "letter", "ideograph"
FEWEST_LETTERS, FEWEST_IDEOGRAPHS = 140, 50
"""Least characters of a first paragraph: a shorter one has not the three lines beside a drop cap."""
AT_THE_START = 2_000
"""Characters of a text that are searched for its summary."""
SAME_WORDS = 8
"""A summary that has so many first words in common with the text was taken from it, and perhaps edited."""
LONG_MINUTES, LONG_HEADINGS = 4, 3

# Scripts whose letters stand apart. Letters of Arabic, Syriac or Devanagari are joined to the next, so they cannot be
# initials.
_APART = ("LATIN", "CYRILLIC", "GREEK", "HEBREW", "ARMENIAN", "GEORGIAN", "COPTIC")
_IDEOGRAPHIC = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO")


class Heading(NamedTuple):
    """A heading of a text, as its contents name it. ID is that of the element."""

    id: str
    text: str


def opening(html: str) -> str | None:
    """Return the kind of initial with which the body HTML can begin, `letter` or `ideograph`; None for none.

    A list, a quote, a heading, a picture, a short paragraph and anything but a letter open without one.
    """
    match = LEADING_PARAGRAPH.match(html)
    if not match or SHOWN_MEDIA.search(match[1]):
        return None
    text = line_of(match[1])
    first = text[:1]
    if not first or not unicodedata.category(first).startswith("L"):
        return None
    script = unicodedata.name(first, "").split(" ")[0]
    if script in _APART and len(text) >= FEWEST_LETTERS:
        return LETTER
    return IDEOGRAPH if script in _IDEOGRAPHIC and len(text) >= FEWEST_IDEOGRAPHS else None


def standfirst(summary: str, title: str, html: str) -> str:
    """Return SUMMARY; an empty text if it says what TITLE says, or HTML says at its beginning."""
    typed = FORMULA.sub(r"\1", html) if "<math" in html else html  # a summary has formulas as they were typed
    same, text = summary.removesuffix("…"), line_of(typed)[:AT_THE_START]
    if same.strip(" .").casefold() == title.strip(" .").casefold():
        return ""
    words, first_words = (line.casefold().split()[:SAME_WORDS] for line in (same, text))
    begins_alike = words == first_words and len(words) == SAME_WORDS
    return "" if not same or same in text or begins_alike else summary


def outline(html: str, minutes: int, *, wanted: bool | None) -> tuple[Heading, ...]:
    """Return the contents of a text of MINUTES: its highest headings. WANTED is its author's choice, or None.

    HTML is the text as its page shows it, where headings have other levels than in their source if that has gaps.
    Empty for a text that is short or has few headings, unless its author wants contents.
    """
    levels = [
        (int(heading["level"]), Heading(unescape(name[1]), line_of(heading["inner"])))
        for heading in HEADING.finditer(html)
        if (name := ID.search(heading["attributes"])) and name[1]
    ]
    highest = min((level for level, _ in levels), default=0)
    headings = tuple(heading for level, heading in levels if level == highest and heading.text)
    long = minutes >= LONG_MINUTES and len(headings) >= LONG_HEADINGS
    return headings if (long if wanted is None else wanted) else ()
