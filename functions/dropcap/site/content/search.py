"""The search index that browsers fetch: shards of posts, and the list that names them.

A year with few posts is one shard. A larger year has a shard of its titles and tags, and one of each month with texts.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from dropcap.document.html.html_text import plain_text
from dropcap.patterns import lazy_pattern
from dropcap.site.cards import Card
from dropcap.site.theme import href

WORDS = 1_000
"""Characters of a post's text that are searched; they decide the size of the index of 10,000 posts."""
FOLDED = 150
"""Most posts of a year that is one shard: three a week, some 70 KB compressed."""
ALL, TITLES, TEXTS = "all", "titles", "texts"
"""Kinds of shards: with titles and texts, with titles alone, with the texts of a year that has a shard of titles."""
_YEAR = 4
_END_OF_SENTENCE = lazy_pattern(r"^[.…]+(?=\s|$)")


def words_of(body: str, summary: str) -> str:
    """Return the beginning of the text of BODY, about 1,000 characters, without a SUMMARY that only repeats it."""
    text = plain_text(body)
    start = summary.rstrip("…. ")
    if start and text.startswith(start):
        text = _END_OF_SENTENCE.sub("", text.removeprefix(start)).lstrip()
    return text if len(text) <= WORDS else text[:WORDS].rpartition(" ")[0] or text[:WORDS]


def words_digest(words: str) -> str:
    """Return a name for WORDS that were stored: 16 hex digits; new code that reads other words gives another name."""
    return sha256(words.encode()).hexdigest()[:16]


def shard(posts: Iterable[tuple[Card, str]]) -> str:
    """Return the shard of POSTS, cards with their words, newest first; absent values are left out."""
    return _json([_fields(card, words) for card, words in posts])


def titles(cards: Iterable[Card]) -> str:
    """Return the shard of the titles and tags of CARDS."""
    return _json([_named(card) for card in cards])


def titles_name(year: str) -> str:
    """Return the name of the shard with the titles of YEAR."""
    return f"titles-{year}"


def index(sums: Iterable[Mapping[str, Any]]) -> str:
    """Return the list of shards for the SUMS of months and years, the newest first and undated pages last.

    The sum of a year says in `folded` whether the year is one shard. A year without a sum has the texts of its months.
    """
    counts = {item["sk"]: int(item["count"]) for item in sums}
    folded = {item["sk"]: bool(item.get("folded")) for item in sums if len(item["sk"]) == _YEAR}
    names = sorted(counts, key=lambda name: (name[:1].isdigit(), name), reverse=True)
    return _json(
        [
            {"name": name, "count": counts[period], "kind": kind}
            for period in names
            for name, kind in _shards_of(period, folded)
        ]
    )


def _shards_of(period: str, folded: Mapping[str, bool]) -> Iterator[tuple[str, str]]:
    if period in folded:
        yield (period, ALL) if folded[period] else (titles_name(period), TITLES)
    elif not folded.get(period[:_YEAR]):
        yield period, TEXTS if period[:_YEAR] in folded else ALL


def _named(card: Card) -> dict[str, object]:
    fields: dict[str, object] = {"url": href(card.url), "title": card.title}
    if card.dated and not card.is_page:
        fields["date"] = card.published[:10]
    more = {"tags": [tag.label for tag in card.tags], "lang": card.language}
    return fields | {name: value for name, value in more.items() if value}


def _fields(card: Card, words: str) -> dict[str, object]:
    more = {"summary": card.summary, "words": words}
    return _named(card) | {name: value for name, value in more.items() if value}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
