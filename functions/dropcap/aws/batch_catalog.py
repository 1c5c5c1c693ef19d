"""The Catalog for one batch of views: what they begin with is read for all of them together.

A batch is received before its first read, so every answer is at least as new as its messages. A change that comes later
has a record of its own, which requests the same views again.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from dropcap.aws import catalog_keys as keys
from dropcap.aws.catalog import SETTINGS, Catalog, Claims, PostAndShown, post_and_shown_of
from dropcap.aws.lists import Lists
from dropcap.aws.references import References
from dropcap.aws.remembering_table import RememberingTable
from dropcap.aws.source_state import SourceState, source_state_of, state_keys
from dropcap.aws.table import Table
from dropcap.errors import ServiceError
from dropcap.site.settings.model import SiteSettings

Value = TypeVar("Value")


class BatchCatalog(Catalog):
    """Runs equal queries to lists once, and gives out once what `read_ahead` has read.

    A view that meets a ConflictError decides once more, by answers of its own.
    """

    def __init__(self, table: Table, default_url: str) -> None:
        """Store the TABLE, and the address of the site while no `site.yaml` names one."""
        super().__init__(table, default_url)
        self.lists = Lists(RememberingTable(table))
        self.references = References(table, self.lists, self.media)
        self._claims: dict[str, Claims] = {}
        self._pages: dict[str, PostAndShown] = {}
        self._reports: dict[str, SourceState] = {}

    def read_ahead(self, addresses: Iterable[str], sources: Iterable[str]) -> SiteSettings:
        """Return the settings with their masthead.

        In the same call, read what the pages at ADDRESSES and the reports on SOURCES begin with. A state that cannot be
        read is left to its view, which fails alone; if they cannot be read together, each is left to its view.
        """
        self._claims = _readable(addresses, self.claims)
        owners = dict.fromkeys(claims[0][1] for claims in self._claims.values() if claims)
        reports = {key: state_keys(key) for key in sources}
        wanted = [name for key in owners for name in (keys.post_key(key), keys.shown_key(key))]
        wanted += [name for names in reports.values() for name in names]
        try:
            items = self._table.get_all([*SETTINGS, *wanted])
        except ServiceError:
            return self.site_with_pages()
        self._pages = _readable(owners, lambda key: post_and_shown_of(key, items))
        self._reports = _readable(reports, lambda key: source_state_of(key, *map(items.get, reports[key])))
        return self._settings(items)

    def first_claims(self, path: str) -> Claims:
        """Return the claims on PATH."""
        return self._claims.pop(path) if path in self._claims else self.claims(path)

    def post_and_shown(self, key: str) -> PostAndShown:
        """Return the state of source KEY and its shown record."""
        return self._pages.pop(key) if key in self._pages else super().post_and_shown(key)

    def answer(self, key: str) -> SourceState:
        """Return the state that the report on source KEY describes."""
        return self._reports.pop(key) if key in self._reports else super().answer(key)


def _readable(names: Iterable[str], read: Callable[[str], Value]) -> dict[str, Value]:
    """Return what READ returns for each of NAMES, without those for which it raises an error."""
    values = {}
    for name in names:
        try:
            values[name] = read(name)
        except Exception:  # noqa: BLE001, S112  # the view reads it once more, and reports the error as its own
            continue
    return values
