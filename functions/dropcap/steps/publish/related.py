"""3 publish: the related posts and backlinks of a post's page, by bounded queries."""

from collections.abc import Iterable

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
    newest = {name: _referrers(context, name) for name in live.names}
    cards = _meaning(context, key, (source for sources in newest.values() for source in sources.values()))
    for name, sources in newest.items():
        of_name = cards.keys() & sources.values()
        while len(sources) == LOOKED_AT and len(of_name) < BACKLINKS:
            sources = _referrers(context, name, before=min(sources))  # noqa: PLW2901  # the next ones
            older = _meaning(context, key, sources.values())
            cards |= older
            of_name |= older.keys()
    cards.pop(key, None)
    return [card.named for card in sorted(cards.values(), key=_newest, reverse=True)[:BACKLINKS]]


def _referrers(context: PublishContext, name: str, *, before: str | None = None) -> dict[str, str]:
    """Return the sources whose texts mention NAME, by their sort keys: the newest, or the newest BEFORE one."""
    items = context.tools.catalog.references.referrers(name, most=LOOKED_AT, newest_first=True, before=before)
    return {item["sk"]: item["source"] for item in items}


def _meaning(context: PublishContext, key: str, sources: Iterable[str]) -> dict[str, Card]:
    """Return the cards of those SOURCES whose published versions link to source KEY, by their source keys."""
    standing = context.tools.catalog.shown(dict.fromkeys(sources))
    return {source: shown.card for source, shown in standing.items() if key in shown.targets}


def _newest(card: Card) -> tuple[str, str]:
    return card.sort, card.key
