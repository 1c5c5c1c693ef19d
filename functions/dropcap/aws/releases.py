"""The release that the pages were last made with: one item of the Catalog, `RELEASE`, `RELEASE`.

No view reads it, so writing it rebuilds nothing; the walks that it records rebuild the pages.
"""

from datetime import datetime

from dropcap.aws.catalog_keys import RELEASE
from dropcap.aws.table import Table, item_of
from dropcap.contracts import Cause
from dropcap.release import Release


class Releases:
    """Reads and writes the item. All methods raise ServiceError."""

    def __init__(self, table: Table) -> None:
        """Store the Catalog's TABLE."""
        self._table = table

    def current(self) -> Release | None:
        """Return the release that the pages were last made with; None before the first.

        Items of earlier versions of Dropcap have no digest of settings.
        """
        item = self._table.get(RELEASE)
        return Release(item["theme"], item["renderer"], item.get("settings", "")) if item else None

    def started_at(self) -> datetime | None:
        """Return when the walks for that release began."""
        item = self._table.get(RELEASE)
        return datetime.fromisoformat(item["started_at"]) if item else None

    def write(self, release: Release, now: datetime, cause: Cause) -> None:
        """Record that the walks for RELEASE began NOW."""
        digests = {"theme": release.theme, "renderer": release.renderer, "settings": release.settings}
        fields = {**digests, "started_at": now.isoformat(), "cause": cause.to_item()}
        self._table.commit([item_of(RELEASE, fields)])
