"""Watch a folder: which files were saved or removed since the last look, by size and time of each file.

The operating system's events only trigger a comparison. So a folder that is moved at once, or an editor that saves by
renaming, is understood correctly.
"""

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Event

from dropcap_cli.site_folder import SiteFolder, SkippedFile, SourceFile

LOOK_ANYWAY = 2_000
"""Milliseconds after which the folder is read even without a notification, as on some network drives."""
SETTLED = 20
"""Milliseconds without a change after which a burst of changes is over."""
RETURN_CHECK = 0.25
"""Seconds between two checks whether a folder that has gone is back."""

Stamp = tuple[int, int, int]
NEVER: Stamp = (0, 0, 0)
"""The stamp of a file that was there, but could not be read: it differs from that of any file."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The sources that were SAVED, and the source keys of those that were REMOVED."""

    saved: tuple[SourceFile, ...]
    removed: tuple[str, ...]
    stamps: Mapping[str, Stamp]
    """Of each file that is there, a value that changes when it is saved."""


class FolderWatch:
    """The state of a folder at the last look."""

    def __init__(self, site: SiteFolder, stamps: Mapping[str, Stamp] | None = None) -> None:
        """Start with the STAMPS of an earlier watch; without them, every file counts as saved at the first look."""
        self._site = site
        self._stamps = dict(stamps or {})
        self._unreadable: Mapping[str, SkippedFile] = {}
        self._reported: AbstractSet[str] = frozenset()
        self._forgotten: SimpleQueue[str] = SimpleQueue()

    def forget(self, key: str) -> None:
        """Treat the file KEY as saved at the next look, because it could not be read; any thread."""
        self._forgotten.put(key)

    def look(self) -> Changes:
        """Return the changes since the last look; what cannot be read now counts as neither saved nor removed."""
        self._drop_forgotten()
        files = list(self._site.files())
        sources = {file.key: file for file in files if isinstance(file, SourceFile)}
        self._unreadable = {file.path: file for file in files if isinstance(file, SkippedFile) and file.is_unreadable}
        readable = {key: stamp for key, source in sources.items() if (stamp := self._stamp(source))}
        saved = tuple(sources[key] for key, stamp in readable.items() if self._stamps.get(key) != stamp)
        missing = [key for key in self._stamps if key not in readable]
        removed = tuple(key for key in missing if not any(file.may_hide(key) for file in self._unreadable.values()))
        self._stamps = {key: stamp for key, stamp in self._stamps.items() if key not in removed} | readable
        return Changes(saved, removed, self._stamps)

    def _drop_forgotten(self) -> None:
        forgotten = [self._forgotten.get() for _ in range(self._forgotten.qsize())]
        self._stamps = self._stamps | {key: NEVER for key in forgotten if key in self._stamps}

    def until(self, end: Event, say: Callable[[str], None]) -> Iterator[Changes]:
        """Yield changes until END is set.

        While the folder itself is missing (moved, or on a drive that is not connected), nothing counts as removed.
        """
        while not end.is_set():
            yield from self._follow(end, say)
            if end.is_set() or self._site.path.is_dir():
                continue
            say(f"{self._site.path} is missing. Its pages stay up until it is back.")
            while not self._site.path.is_dir():
                if end.wait(RETURN_CHECK):
                    return
            say(f"{self._site.path} is back.")

    def _follow(self, end: Event, say: Callable[[str], None]) -> Iterator[Changes]:
        """Yield changes until END is set or the folder is missing; a replaced folder must be watched anew."""
        try:
            identity = self._site.path.stat().st_ino
            yield from self._changes(say)
            for _ in self._notifications(end):
                if self._site.path.stat().st_ino != identity:
                    return
                yield from self._changes(say)
        except OSError:
            if self._site.path.is_dir():
                end.wait(RETURN_CHECK)  # a folder in it was removed while it was read

    def _changes(self, say: Callable[[str], None]) -> Iterator[Changes]:
        earlier = self._unreadable.keys()
        changes = self.look()
        lasting = self._unreadable.keys() & earlier  # a folder that was moved while it was read is not in the next look
        for path in sorted(lasting - self._reported):
            reason = self._unreadable[path].reason
            say(f"{path}: {reason.message} Its pages stay up. {reason.remedy}")
        self._reported = lasting
        if changes.saved or changes.removed:
            yield changes

    def _stamp(self, source: SourceFile) -> Stamp | None:
        """Return a value that changes when the file is saved, the earlier one if it is unknown; None if it is gone."""
        try:
            status = source.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError:
            return self._stamps.get(source.key)
        return status.st_mtime_ns, status.st_size, status.st_ino

    def _notifications(self, end: Event) -> Iterator[object]:
        from watchfiles import watch  # noqa: PLC0415  # it imports asyncio and anyio, which the first page does not need

        return watch(
            self._site.path,
            watch_filter=None,
            step=SETTLED,
            debounce=4 * SETTLED,
            stop_event=end,
            rust_timeout=LOOK_ANYWAY,
            yield_on_timeout=True,
            raise_interrupt=False,
            ignore_permission_denied=True,
        )
