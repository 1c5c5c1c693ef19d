"""The files of the folder that `dropcap dev` serves, and their way into the local cloud."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from dropcap.site.settings.model import SITE_KEY
from dropcap_cli.dev.eager_cloud import EagerCloud
from dropcap_cli.dev.folder_watch import Changes, Stamp
from dropcap_cli.dev.narration import Narration
from dropcap_cli.progress import BuildProgress
from dropcap_cli.site_folder import SourceFile

FIRST = 10
"""Files that are published before all others at a start, so that there is something to look at."""
FEW = 50
"""Files that are published together: in two parts, the lists would be built twice."""


class FolderFiles:
    """Uploads what was saved and deletes what was removed; main thread only."""

    def __init__(self, cloud: EagerCloud, narration: Narration, work: Callable[[], None]) -> None:
        """Upload to CLOUD; WORK runs its event loop until nothing is left to do."""
        self.published: dict[str, Stamp] = {}
        """The files that are in the cloud, by source key."""
        self._cloud = cloud
        self._narration = narration
        self._work = work

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

    def publish(self, changes: Changes, progress: BuildProgress | None = None) -> None:
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
            self._narration.removed(key)

    def _upload(self, source: SourceFile, stamp: Stamp) -> None:
        """Upload SOURCE, unless the cloud has just this content: the file was only touched, or copied."""
        try:
            content = source.path.read_bytes()
        except OSError as error:
            self._narration.say(f"{source.key} cannot be read: {error.strerror}.")
            return
        if not self._cloud.has(source.key, content):
            self._cloud.upload(source.key, content)
        self.published[source.key] = stamp


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
