"""2 index: the pages of the parts of a series.

Each part of a short series lists all parts; a part of a long one shows its neighbours. Several parts may come between
two reads of the list, so its length does not tell that a series has just become long: `publish` stores that.
"""

from dropcap.aws.catalog import Catalog
from dropcap.site import views

AT_ONCE = 2_000
"""Most parts that are requested when a series becomes long: more do not come between two builds of its page."""


def parts_beside(name: str, sort: str, key: str, catalog: Catalog) -> set[str]:
    """Return the pages that show the part KEY at SORT of the series NAME: all parts if it is short, else neighbours."""
    parts = catalog.lists.oldest(name, views.SERIES_PARTS + 1)
    if len(parts) > views.SERIES_PARTS:
        parts = [*catalog.lists.earlier(name, sort, key, 1), *catalog.lists.later(name, sort, key, 1)]
    return {views.path(card.url) for card in parts}


def parts_of_long(name: str, catalog: Catalog) -> set[str]:
    """Return the pages of all parts of the series NAME, which has become long: some may still list them all."""
    return {views.path(card.url) for card in catalog.lists.oldest(name, AT_ONCE)}
