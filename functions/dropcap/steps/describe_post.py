"""3 publish, for a post's page: what the template is told of the post and of its neighbourhood."""

from dataclasses import dataclass

from markupsafe import Markup

from dropcap.site.body import absolute_url
from dropcap.site.cards import Card
from dropcap.site.post import Live, Post
from dropcap.steps.publish_view import Making

BACKLINKS, LOOKED_AT = 20, 100
"""A page shows its newest 20 backlinks, and looks at so many references at a time to find them."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The post that has an address, and what it says."""

    post: Post
    live: Live


def description(make: Making, owner: Owner, body: str) -> dict[str, object]:
    """Give what `site/article.html` shows of the post of OWNER, whose resolved text is BODY."""
    live = owner.live
    earlier, later = (None, None) if live.is_page else make.tools.catalog.neighbours(live.sort, owner.post.key)
    card = live.card(owner.post.key, "", "")
    return {
        "title": live.title, "url": live.path, "date": card.date, "summary": live.summary, "tags": live.tags,
        "html": Markup(body),  # noqa: S704  # sanitised by render
        "updated": card.changed if live.updated else None,
        "minutes": live.minutes, "authors": live.authors, "language": live.language, "is_page": live.is_page,
        "dated": live.dated, "earlier": earlier, "later": later, "backlinks": _backlinks(make, owner),
        "canonical": absolute_url(make.site.url, live.path),
    }  # fmt: skip


def _backlinks(make: Making, owner: Owner) -> list[Card]:
    """Give the newest posts that stand and mention this one by one of its names."""
    found: dict[str, Card] = {}
    for name in owner.live.names:
        found |= _mentions(make, name)
    found.pop(owner.post.key, None)
    newest = sorted(found.values(), key=lambda card: (card.sort, card.key), reverse=True)
    return newest[:BACKLINKS]


def _mentions(make: Making, name: str) -> dict[str, Card]:
    """Give the newest cards that mention NAME, by source key; references nobody stands for any more are passed over."""
    found: dict[str, Card] = {}
    before = None
    while len(found) < BACKLINKS:
        items = make.tools.catalog.referrers(name, most=LOOKED_AT, newest_first=True, before=before)
        standing = make.tools.catalog.shown({item["source"] for item in items})
        found |= {key: shown.card for key, shown in standing.items() if name in shown.links}
        if len(items) < LOOKED_AT:
            break
        before = items[-1]["sk"]
    return found
