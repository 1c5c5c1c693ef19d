"""The Catalog for one batch of the stream's records, with few calls: `index` writes nothing."""

from collections.abc import Iterable

from dropcap.aws import catalog_keys as keys
from dropcap.aws.catalog import Catalog
from dropcap.aws.known_ranges import NeighboursTable
from dropcap.aws.table import Table


class RecordsCatalog(Catalog):
    """Runs equal queries once, reads the neighbours of many places in windows, and can read states ahead."""

    def __init__(self, table: Table, default_url: str) -> None:
        """Store the TABLE, and the address of the site while no `site.yaml` names one."""
        self._known = NeighboursTable(table)
        super().__init__(self._known, default_url)

    def read_ahead(self, shown: Iterable[str], mentioning: Iterable[str], crowded: Iterable[str] = ()) -> None:
        """Read together what `post_and_mail` returns for the sources SHOWN, and `posts` for those MENTIONING a name.

        Many questions about neighbours will follow to the partitions that are CROWDED with changes.
        """
        self._known.expect_questions(crowded)
        names = [name for key in shown for name in (keys.post_key(key), keys.mail_key(key))]
        self._known.look_up([*names, *map(keys.post_key, mentioning)])
