"""3 publish: the pages of series and of authors."""

from collections.abc import Callable

from dropcap.aws import catalog_keys as keys
from dropcap.document import slug
from dropcap.site import urls, views
from dropcap.site.urls import LISTS, CacheTags
from dropcap.steps.publish.archive import TITLES, YEAR, periods
from dropcap.steps.publish.context import PublishContext

LONG = "long"
"""The sort key of the parts that are stored of a long series."""


def series(context: PublishContext, name: str) -> CacheTags:
    """Write the page of the series NAME, from its first part on; a series without parts has none.

    Store that the series is long if it is: then `index` requests all parts once.
    """
    cards = context.tools.catalog.lists.oldest(keys.series_list(name), TITLES)
    path = urls.series_path(name)
    if not cards:
        return context.remove(path, [LISTS])
    if len(cards) > views.SERIES_PARTS:
        _keep_long(context, keys.series_list(name))
    return context.page(path, "site/series.html", [LISTS], name=cards[-1].series, cards=cards)


def _keep_long(context: PublishContext, name: str) -> None:
    """Store some parts of the long series NAME, unless so many stored before are still in it that it was never short.

    A part that left and came again counts as another. While a series is short, nothing is stored or read.
    """
    lists = context.tools.catalog.lists
    present = lists.marks(name, TITLES)
    stored = {mark for item in lists.sums(name) for mark in item["parts"].split()}
    if len(stored.intersection(present)) <= views.SERIES_PARTS:
        lists.keep_sum(name, LONG, {"parts": " ".join(present[: 2 * views.SERIES_PARTS])}, context.cause)


def author(context: PublishContext, name: str) -> CacheTags:
    """Write the page of the author NAME with the newest titles; an author without posts has none."""
    cards = context.tools.catalog.lists.newest(keys.author_list(name), TITLES)
    path = urls.author_path(name)
    if not cards:
        return context.remove(path, [LISTS])
    written = next((author for author in cards[0].authors if slug(author) == name), name)
    person = context.site.person(written)
    return context.page(path, "site/author.html", [LISTS], name=written, person=person, periods=periods(cards, YEAR))


SINGLE: dict[str, Callable[[PublishContext], CacheTags]] = {}
NAMED: dict[str, Callable[[PublishContext, str], CacheTags]] = {"series": series, "author": author}
