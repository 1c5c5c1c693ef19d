"""Unknown fields that are probably misspelt: `darft: true` would publish a text that was meant to stay private."""

from collections.abc import Iterable, Iterator
from itertools import takewhile

from dropcap.document.front_matter.field_names import KNOWN
from dropcap.document.front_matter.values import known_as

SHORTEST, SHORTEST_REPLACED = 4, 5
"""Least letters of a known name that a word may be a slip of; with a replaced letter: `data` is no slip of `date`."""

_OTHER_WORDS = frozenset({
    "dates", "languages", "layouts", "local", "locales", "over", "pages", "paths", "publisher", "stats",
    "titles", "types", "updates",
})  # fmt: skip
"""Names that other systems and themes use; they only resemble a known one."""


def misspelt(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each of NAMES that differs by one slip from a known name, with that known name."""
    for name in names:
        word = known_as(name)
        if word in KNOWN or word in _OTHER_WORDS:
            continue
        meant = next((right_name for right_name in sorted(KNOWN) if _is_slip(word, right_name)), None)
        if meant:
            yield name, meant


def _is_slip(word: str, right_name: str) -> bool:
    """Return whether WORD is KNOWN with one letter missing, added, replaced, or two neighbours exchanged."""
    if len(right_name) < SHORTEST or abs(len(word) - len(right_name)) > 1:
        return False
    start = _alike(word, right_name)
    end = _alike(word[start:][::-1], right_name[start:][::-1])
    typed, right = word[start : len(word) - end], right_name[start : len(right_name) - end]
    if len(typed) + len(right) == 1:
        return True
    if len(typed) == len(right) == 1:
        return len(right_name) >= SHORTEST_REPLACED
    return len(typed) == len("ab") and typed == right[::-1]


def _alike(word: str, other: str) -> int:
    """Return how many letters WORD and OTHER have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False)))
