"""2 index: what the rules for many records of a batch read one by one, read together."""

from collections import Counter
from collections.abc import Iterable
from itertools import islice

from dropcap.aws.known_ranges import FEW
from dropcap.aws.records_catalog import RecordsCatalog
from dropcap.site import views
from dropcap.steps.index.catalog_change import Change
from dropcap.steps.index.walk_references import referring

MOST = 1_000
"""Sources of each kind, some megabytes of items; what comes after them is read one by one."""


def read_ahead(changes: Iterable[Change], catalog: RecordsCatalog) -> None:
    """Read the states of the posts that CHANGES show, and of those that mention a name which comes or goes."""
    news = [(*change.pk.partition("#"), change) for change in changes if change.is_news]
    shown = (name for kind, _, name, change in news if kind == "SHOWN" and not change.is_only_of_card(views.TEXT))
    mentioning = (source for kind, _, name, _ in news if kind == "NAME" for source in referring(catalog, name))
    items = Counter(change.pk for kind, *_, change in news if kind == "LIST")
    crowded = [partition for partition, count in items.items() if count > FEW]
    catalog.read_ahead(islice(shown, MOST), islice(mentioning, MOST), crowded)
