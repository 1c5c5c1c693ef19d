"""The files of the folder that `dropcap dev` serves, and their way into the local cloud."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from dropcap.document import file_kind
from dropcap.site.post import PUBLISHED
from dropcap.site.settings.model import SITE_KEY
from dropcap_cli.dev.eager_cloud import EagerCloud
from dropcap_cli.dev.folder_watch import Changes, Stamp
from dropcap_cli.dev.narration import Narration
from dropcap_cli.site_folder import SourceFile

if TYPE_CHECKING:
    from dropcap_cli.progress import BuildProgress

FIRST = 10
"""Files that are published before all others at a start, so that there is something to look at."""
FEW = 50
"""Files that are published together: in two parts, the lists would be built twice."""


class Work(Protocol):
    """Runs the event loop until nothing is left to do, or until it is ENOUGH."""

    def __call__(self, *, enough: Callable[[], object] = bool) -> None:
        """Run it; without a condition, `bool` is false each time."""


class FolderFiles:
    """Uploads what was saved and deletes what was removed; main thread only."""

    def __init__(self, cloud: EagerCloud, narration: Narration, work: Work) -> None:
        """Upload to CLOUD; WORK runs its event loop."""
        self.published: dict[str, Stamp] = {}
        """The files that are in the cloud, by source key."""
        self.on_unreadable: list[Callable[[str], None]] = []
        """Called with the source key of each file that could not be read."""
        self._unreadable: dict[str, str | None] = {}
        self._cloud = cloud
        self._narration = narration
        self._work = work

    def publish_newest(self, changes: Changes, address: str) -> Changes:
        """Publish `site.yaml` and the file saved last, until its page is live at ADDRESS; return the other changes.

        What else these change is not built yet: the other files change it again.
        """
        first, _ = newest_first(changes)
        now = first[: 1 + (first[:1] != () and first[0].key == SITE_KEY)]
        with self._cloud.bulk():  # no page was asked for yet, so that the CDN has time
            for source in now:
                self._upload(source, changes.stamps[source.key])
                self._work(enough=lambda source=source: self._is_reported(source))  # type: ignore[misc]  # bound at once
        report = self._cloud.report(now[-1].key) if now else None
        if report and report["outcome"] == PUBLISHED and report["url"]:
            self._narration.phase(f"The newest file is at {address}{urlsplit(report['url']).path}")
        return replace(changes, saved=tuple(source for source in changes.saved if source not in now))

    def publish_at_start(self, changes: Changes, folder: Path, address: str, *, is_warm: bool) -> None:
        """Publish CHANGES of FOLDER, the newest files first, behind a progress bar; the site is at ADDRESS.

        IS_WARM: they are changes since the last run.
        """
        first, others = newest_first(changes)
        with self._cloud.bulk(), self._narration.progress(len(changes.saved), self._cloud) as progress:
            self.publish(replace(changes, saved=first), progress)
            if others:
                self._work()
                self._narration.phase(f"{len(first)} files are live at {address}/")
                self.publish(Changes(others, (), changes.stamps), progress)
            self._narration.phase(_summary(changes, folder, is_warm=is_warm))
            progress.rendering()
            self._work()
        self._narration.started()

    def publish(self, changes: Changes, progress: "BuildProgress | None" = None) -> None:
        """Upload the saved files and delete the removed ones; a new `site.yaml` is in force before the rest."""
        for source in changes.saved:
            self._upload(source, changes.stamps[source.key])
            if source.key == SITE_KEY:
                self._work()
            if progress:
                progress.uploaded()
        for key in changes.removed:
            self._cloud.delete(key)
            self.published.pop(key, None)
            self._unreadable.pop(key, None)
            self._narration.removed(key)

    def newest(self) -> str:
        """Return the source key of the post that was saved last; empty if there is none."""
        posts = [key for key in self.published if key != SITE_KEY and not file_kind(key)]
        return max(posts, key=self.published.__getitem__, default="")

    def _is_reported(self, source: SourceFile) -> bool:
        """Return whether SOURCE is in force: settings when they are read, a post when its report follows its page."""
        if source.key == SITE_KEY:
            return not self._cloud.waits("UploadQueue")
        return self._cloud.report(source.key) is not None

    def _upload(self, source: SourceFile, stamp: Stamp) -> None:
        """Upload SOURCE, unless the cloud has just this content: the file was only touched, or copied."""
        try:
            content = source.path.read_bytes()
        except OSError as error:
            self._report_unreadable(source.key, error)
            return
        self._unreadable.pop(source.key, None)
        if not self._cloud.has(source.key, content):
            self._cloud.upload(source.key, content)
        self.published[source.key] = stamp

    def _report_unreadable(self, key: str, error: OSError) -> None:
        """Print that the file KEY cannot be read because of ERROR, once, though it is tried again at each look."""
        if self._unreadable.get(key) != error.strerror:
            self._narration.say(f"{key} cannot be read: {error.strerror}.")
        self._unreadable[key] = error.strerror
        for call in self.on_unreadable:
            call(key)


def newest_first(changes: Changes) -> tuple[tuple[SourceFile, ...], tuple[SourceFile, ...]]:
    """Return the saved files of CHANGES in two parts: `site.yaml` and the files saved last, then the rest.

    Within each part the newest come first; of files that are equally old, as after `git clone`, those whose names come
    last, since names often begin with a date. A FEW files are all in the first part.
    """
    settings = [source for source in changes.saved if source.key == SITE_KEY]
    others = [source for source in changes.saved if source.key != SITE_KEY]
    others.sort(key=lambda source: (changes.stamps[source.key][0], source.key), reverse=True)
    first = len(others) if len(others) <= FEW else FIRST
    return (*settings, *others[:first]), tuple(others[first:])


def _summary(changes: Changes, folder: Path, *, is_warm: bool) -> str:
    since = " since the last run" if is_warm else ""
    removed = f", removed {len(changes.removed)}" if changes.removed else ""
    return f"Uploaded {len(changes.saved)} files{removed}{since} from {folder}"
