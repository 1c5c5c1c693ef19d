"""The state of a `dropcap dev`, kept in the user's cache folder from one run to the next.

It is saved when the folder has been published at the start, and at the end. A process that is killed loses nothing that
is in the folder: the state names the files that it includes, and the next start publishes all others.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from dropcap_cli.site_folder import SiteFolder
from dropcap_local.saved_state.code_version import code_version
from dropcap_local.saved_state.folder import STATE, locked, state_folder
from dropcap_local.saved_state.state_file import StateError, read_state, write_state

if TYPE_CHECKING:
    from dropcap_cli.dev.folder_watch import Stamp
    from dropcap_local.cloud import LocalCloud

Say = Callable[[str], None]


class KeptState:
    """The saved state of the site folder SITE, while this process may read and write it."""

    def __init__(self, site: SiteFolder, say: Say, *, is_ours: bool) -> None:
        """Read nothing yet. If it is not OURS, nothing is ever read or written. SAY prints a line."""
        self.site_folder = site
        self._path = state_folder(site.path) / STATE
        self._say = say
        self._is_ours = is_ours
        self._version = code_version() if is_ours else ""
        self._requests = 0

    @classmethod
    @contextmanager
    def of(cls, site: SiteFolder, say: Say) -> Iterator[Self]:
        """Yield the state of SITE, locked in this block; a second `dropcap dev` of this folder has none."""
        with locked(state_folder(site.path)) as is_ours:
            if not is_ours:
                say(
                    "Another `dropcap dev` serves this folder, or the cache folder cannot be written. No state is kept."
                )
            yield cls(site, say, is_ours=is_ours)

    def site(self) -> Mapping[str, Any] | None:
        """Return the site that was saved, to be served before moto is imported; None if there is none.

        If it cannot be used, the reason is printed.
        """
        site: Mapping[str, Any] | None = self._saved[0]["site"] if self._saved else None
        return site if site and site["distribution"] else None

    def put_into(self, cloud: "LocalCloud") -> "Mapping[str, Stamp] | None":
        """Put the saved state into CLOUD, which was just deployed; return the stamps of the files that are in it.

        Return None, with the cloud unchanged, if there is none or if it cannot be used. The reason is printed.
        """
        from dropcap_local.saved_state.cloud_state import put_state  # noqa: PLC0415  # it imports moto, see `site`

        saved = self._saved
        if saved is None:
            return None
        self._saved = None  # else it would stay in memory
        try:
            first, rest = saved[0], saved[1]()
        except StateError as error:
            self._say_unusable(error)
            return None
        put_state(cloud, first["site"], rest)
        self._requests = cloud.functions.requests
        return {key: tuple(stamp) for key, stamp in first["files"].items()}

    def save(self, cloud: "LocalCloud", files: "Mapping[str, Stamp]") -> None:
        """Save the state of CLOUD, in which the FILES are published, if anything ran since it was saved or read."""
        from dropcap_local.saved_state.cloud_state import state_of  # noqa: PLC0415  # it imports moto, see `site`

        if not self._is_ours or cloud.functions.requests == self._requests:
            return
        site, rest = state_of(cloud)
        first: dict[str, Any] = {"site": site, "files": dict(files)}
        try:
            write_state(self._path, self._version, first, rest)
        except OSError as error:
            self._say(f"The state cannot be saved in {self._path.parent}: {error.strerror}.")
        self._requests = cloud.functions.requests

    def discard(self) -> None:
        """Delete the saved state."""
        if self._is_ours:
            self._path.unlink(missing_ok=True)
            self._saved = None

    @cached_property
    def _saved(self) -> tuple[Any, Callable[[], Any]] | None:
        """The first part of the saved state, and a function that reads the rest."""
        try:
            return read_state(self._path, self._version) if self._is_ours else None
        except StateError as error:
            self._say_unusable(error)
            return None

    def _say_unusable(self, error: StateError) -> None:
        self._say(f"The saved state {error}. All files are published again.")
