"""3 publish: the related posts and backlinks of a post's page, by bounded queries."""

from dropcap.aws import catalog_keys as keys
from dropcap.site import views
from dropcap.site.cards import Card
from dropcap.site.post import Snapshot
from dropcap.steps.publish.context import PublishContext

BACKLINKS, LOOKED_AT = 20, 100
"""A page shows its newest 20 backlinks, and reads so many references at a time to find them."""

RELATED = 3


def related(context: PublishContext, key: str, live: Snapshot, neighbour: Card | None) -> list[Card]:
    """Return the nearest earlier posts under the tags of LIVE, the source KEY; NEIGHBOUR is shown elsewhere.

    One more than are shown is read under each tag, since the neighbour may be among them. `index` requests the page
    when one of these changes: `views.RELATED_REACH`.
    """
    if live.is_page:
        return []
    cards: dict[str, Card] = {}
    for tag in live.tags:
        nearest = context.tools.catalog.lists.earlier(keys.tag_list(tag.slug), live.sort, key, views.RELATED_REACH)
        cards |= {card.key: card for card in nearest}
    if neighbour:
        cards.pop(neighbour.key, None)
    return [card.named for card in sorted(cards.values(), key=_newest, reverse=True)[:RELATED]]


def backlinks(context: PublishContext, key: str, live: Snapshot) -> list[Card]:
    """Return the newest published posts that mention LIVE, the source KEY, by one of its names."""
    cards: dict[str, Card] = {}
    for name in live.names:
        cards |= _mentions(context, name, key)
    cards.pop(key, None)
    return [card.named for card in sorted(cards.values(), key=_newest, reverse=True)[:BACKLINKS]]


def _mentions(context: PublishContext, name: str, key: str) -> dict[str, Card]:
    """Return the newest published cards that mention NAME and mean source KEY, by their source keys."""
    cards: dict[str, Card] = {}
    before = None
    while len(cards) < BACKLINKS:
        items = context.tools.catalog.references.referrers(name, most=LOOKED_AT, newest_first=True, before=before)
        standing = context.tools.catalog.shown({item["source"] for item in items})
        cards |= {source: shown.card for source, shown in standing.items() if key in shown.targets}
        if len(items) < LOOKED_AT:
            break
        before = items[-1]["sk"]
    return cards


def _newest(card: Card) -> tuple[str, str]:
    return card.sort, card.key
