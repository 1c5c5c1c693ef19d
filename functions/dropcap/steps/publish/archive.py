"""3 publish: the archive, from all years to a year to a month.

The archive lists the newest 500 titles and links every year; a year lists its newest 500 and links every month; a month
lists all its posts. Each page is a bounded query, so that a publication costs the same at every size.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from itertools import groupby

from dropcap.aws import catalog_keys as keys
from dropcap.site import urls
from dropcap.site.cards import Card, Month, Period, Year
from dropcap.site.urls import LISTS, CacheTags
from dropcap.steps.publish.context import PublishContext
from dropcap.steps.publish.lists import PER_PERIOD, keep_count

TITLES = 500
"""Most titles on the page of the archive, and on that of a year."""
YEAR, MONTH = 4, 7
"""Characters of a sort key that name its year and its month."""


def archive(context: PublishContext) -> CacheTags:
    """Write the newest titles by year, and every year with its count."""
    totals: Counter[str] = Counter()
    for item in context.tools.catalog.lists.sums(keys.ALL):
        totals[item["sk"][:YEAR]] += int(item["count"])
    years = [Year(name, urls.year_path(name), totals[name]) for name in sorted(totals, reverse=True)]
    cards = context.tools.catalog.lists.newest(keys.ALL, TITLES)
    return context.page("/archive/", "site/archive.html", [LISTS], years=years, periods=periods(cards, YEAR))


def year(context: PublishContext, name: str) -> CacheTags:
    """Write the newest titles of one year by month, and its months; a year without posts has no page."""
    months = [Month(item["sk"], int(item["count"])) for item in context.tools.catalog.lists.sums(keys.ALL, name)]
    path = urls.year_path(name)
    if not months:
        return context.remove(path, [LISTS])
    cards = context.tools.catalog.lists.in_period(keys.ALL, name, TITLES)
    values = {"year": name, "months": months[::-1], "periods": periods(cards, MONTH)}
    return context.page(path, "site/year.html", [LISTS], **values)


def month(context: PublishContext, name: str) -> CacheTags:
    """Write the posts of one month, with links to the months before and after; an empty month has no page."""
    cards = context.tools.catalog.lists.in_period(keys.ALL, name, PER_PERIOD)
    path = urls.month_path(name)
    if not cards:
        return context.remove(path, [LISTS])
    earlier, later = (Month(near, 0) if near else None for near in context.tools.catalog.lists.neighbour_sums(name))
    values = {"month": Month(name, len(cards)).first, "cards": cards, "earlier": earlier, "later": later}
    return context.page(path, "site/month.html", [LISTS], **values)


def month_sum(context: PublishContext, name: str) -> CacheTags:
    """Store the count of one month, and when the latest of its posts changed."""
    keep_count(context, keys.ALL, name)
    return frozenset()


def periods(cards: Iterable[Card], length: int) -> list[Period]:
    """Return CARDS by year or month: by the first LENGTH characters of their sort keys."""
    path = urls.year_path if length == YEAR else urls.month_path
    return [
        Period(path(name), date.fromisoformat(f"{name}-01-01"[:10]), [card.named for card in group])
        for name, group in groupby(cards, lambda card: card.sort[:length])
    ]


SINGLE: dict[str, Callable[[PublishContext], CacheTags]] = {"archive": archive}
NAMED: dict[str, Callable[[PublishContext, str], CacheTags]] = {"year": year, "month": month, "month-sum": month_sum}
