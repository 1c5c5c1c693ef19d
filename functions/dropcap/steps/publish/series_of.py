"""3 publish: the place of a post in its series."""

from typing import NamedTuple

from dropcap.aws import catalog_keys as keys
from dropcap.document import slug
from dropcap.site import urls, views
from dropcap.site.cards import Card
from dropcap.site.post import Snapshot
from dropcap.steps.publish.context import PublishContext


class Series(NamedTuple):
    """The series of a post: PARTS from the first on, of which the post is number PART; URL is its page, if it has one.

    A series with more than 30 parts has neither: only the parts before and after the post, EARLIER and LATER.
    """

    name: str
    url: str = ""
    parts: tuple[Card, ...] = ()
    part: int | None = None
    earlier: Card | None = None
    later: Card | None = None


def series_of(context: PublishContext, key: str, live: Snapshot) -> Series | None:
    """Return the series of LIVE, the source KEY; None for none, and while it is its only part."""
    if not live.series or live.is_page:
        return None
    name, url = keys.series_list(slug(live.series)), urls.series_path(live.series)
    lists = context.tools.catalog.lists
    parts = lists.oldest(name, views.SERIES_PARTS + 1)
    if len(parts) > views.SERIES_PARTS:
        earlier, later = lists.earlier(name, live.sort, key, 1), lists.later(name, live.sort, key, 1)
        sides = (cards[0].named if cards else None for cards in (earlier, later))
        return Series(live.series, url, (), None, *sides)
    numbers = {card.key: number for number, card in enumerate(parts, 1)}
    others = len(parts) > 1 or key not in numbers
    return Series(live.series, url, tuple(card.named for card in parts), numbers.get(key)) if others else None


def series_of_preview(hidden: Snapshot) -> Series | None:
    """Return the series of HIDDEN, a post that is not public, by name alone.

    A change of the other parts does not request its preview again, so links to them could lead to nothing.
    """
    return Series(hidden.series) if hidden.series and not hidden.is_page else None
