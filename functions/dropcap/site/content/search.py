"""What a browser searches: shards of a month each, the newest first, and the index that names them."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from dropcap.document.html.summary import plain_text
from dropcap.site.cards import Card
from dropcap.site.theme import href

WORDS = 1_000
"""Characters of a post's text that can be found: what 10,000 posts weigh in a browser is a matter of this."""


def words_of(body: str, summary: str) -> str:
    """Return the beginning of the text of BODY, about 1,000 characters, without a SUMMARY that only repeats it."""
    text = plain_text(body)
    start = summary.rstrip("…. ")
    text = text.removeprefix(start) if start else text
    return text if len(text) <= WORDS else text[:WORDS].rpartition(" ")[0] or text[:WORDS]


def shard(found: Iterable[tuple[Card, str]]) -> str:
    """Write the posts FOUND, each with its words, newest first; what a post does not have is left out."""
    return _text([_told(card, words) for card, words in found])


def index(sums: Iterable[Mapping[str, Any]]) -> str:
    """Write the names of the shards with how many posts each has, the newest month first, undated pages last."""
    named = [{"name": one["sk"], "count": int(one["count"])} for one in sums]
    return _text(sorted(named, key=lambda one: (one["name"][:1].isdigit(), one["name"]), reverse=True))


def _told(card: Card, words: str) -> dict[str, object]:
    told: dict[str, object] = {"url": href(card.url), "title": card.title}
    if card.dated and not card.is_page:
        told["date"] = card.published[:10]
    more = {"tags": [tag.label for tag in card.tags], "summary": card.summary, "words": words, "lang": card.language}
    return told | {name: value for name, value in more.items() if value}


def _text(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"
