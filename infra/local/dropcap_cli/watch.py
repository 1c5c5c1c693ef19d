"""Watches a folder: what was saved or removed since the last look, by size and time of each file.

The operating system only says when to look; so a folder that is moved in or away at once, or an editor that saves by
renaming, comes out as what it means.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Event

from watchfiles import watch

from dropcap_cli.site_folder import SiteFolder, Source

LOOK_ANYWAY = 2_000
"""Milliseconds after which the folder is looked at even if nothing was heard, as on some network drives."""
SETTLED = 50
"""Milliseconds of silence after which a burst of changes is over."""

Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Changes:
    """The sources that were SAVED, and the source keys that are GONE."""

    saved: tuple[Source, ...]
    gone: tuple[str, ...]


class FolderWatch:
    """What is known of a folder."""

    def __init__(self, site: SiteFolder) -> None:
        """Know nothing yet: at the first look, everything was saved."""
        self._site = site
        self._known: dict[str, Stamp] = {}

    def look(self) -> Changes:
        """Give what has changed since the last look."""
        found = {one.key: one for one in self._site.files() if isinstance(one, Source)}
        stamps = {key: stamp for key, source in found.items() if (stamp := _stamp(source))}
        saved = tuple(found[key] for key, stamp in stamps.items() if self._known.get(key) != stamp)
        gone = tuple(key for key in self._known if key not in stamps)
        self._known = stamps
        return Changes(saved, gone)

    def until(self, end: Event) -> Iterator[Changes]:
        """Give changes as they come, until END is set."""
        told = watch(
            self._site.place,
            watch_filter=None,
            step=SETTLED,
            debounce=4 * SETTLED,
            stop_event=end,
            rust_timeout=LOOK_ANYWAY,
            yield_on_timeout=True,
            raise_interrupt=False,
            ignore_permission_denied=True,
        )
        for _ in told:
            changes = self.look()
            if changes.saved or changes.gone:
                yield changes


def _stamp(source: Source) -> Stamp | None:
    """Give what changes when the file is saved; None where it is gone already."""
    try:
        status = source.place.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
