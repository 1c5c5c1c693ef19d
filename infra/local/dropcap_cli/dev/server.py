"""Serve a folder on this machine as a live site.

The main thread does the work: it uploads, runs the event loop, and answers the requests of the servers' threads and of
the folder watch, in turns. Handlers need the main thread (their time limit is a signal).
"""

import os
import time
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from threading import Thread

from dropcap_cli.dev.addresses import Addresses, print_addresses
from dropcap_cli.dev.eager_cloud import EagerCloud
from dropcap_cli.dev.first_upload import copy_command, hello_post
from dropcap_cli.dev.folder_files import FolderFiles
from dropcap_cli.dev.folder_watch import Changes, FolderWatch, Stamp
from dropcap_cli.dev.kept_state import KeptState
from dropcap_cli.dev.narration import Narration
from dropcap_cli.dev.site_server import SiteServer
from dropcap_cli.remote.local_registry import RunningCloud, registered
from dropcap_local.project import PROJECT
from dropcap_local.server.live_reload import LiveReload, looks_after
from dropcap_local.server.main_thread import ClosedError

LONGEST_PAUSE = 1.0
"""Seconds after which the clock is checked again, even without a request."""
SHORTEST_PAUSE = 0.01
FIRST_LOOK = 0.1
"""Seconds in which the first page may be asked for, before the imports of all else."""


class DevServer:
    """A local cloud, its four servers, the watched folder and the watched theme."""

    def __init__(
        self, state: KeptState, narration: Narration, server: SiteServer, log: Path, *, open_browser: bool
    ) -> None:
        """Prepare to serve the folder of STATE with SERVER, the first of the four; LOG is the functions' log."""
        self._server = server
        self._log = log
        self._open_browser = open_browser
        self._narration = narration
        self._folder = state.site_folder.path
        self._state = state
        self._main_thread = server.main_thread
        self._end = server.end
        self._open_pages: list[LiveReload] = [server.site.live]
        self._cloud = EagerCloud()
        self._folder_files = FolderFiles(self._cloud, narration, partial(self._work, until_idle=True))

    def run(self) -> None:
        """Serve until Ctrl-C or SIGTERM."""
        if self._end.is_set():
            return
        with ExitStack() as resources:
            resources.enter_context(self._cloud)
            self._narration.phase("Local cloud started")
            stamps = self._state.put_into(self._cloud)
            self._server.site.serve(self._cloud)
            self._server.start()
            self._cloud.on_hop.extend([self._narration.hop, looks_after("RefreshFunction", self._open_pages)])
            self._cloud.on_call.append(self._narration.call)
            watch = FolderWatch(self._state.site_folder, stamps)
            self._folder_files.on_unreadable.append(watch.forget)
            changes = watch.look()
            if stamps is None:
                changes = self._folder_files.publish_newest(changes, self._server.address)
                self._main_thread.run(FIRST_LOOK)
            addresses = self._serve(resources)
            self._publish_folder(resources, watch, changes, stamps)
            resources.enter_context(registered(self._running(addresses)))
            self._print_addresses(addresses, hello_post(resources))
            self._cloud.load_functions(self._answer_requests)
            if stamps:  # else the files that were published have loaded everything
                self._cloud.repeat(self._folder_files.newest())
            self._work(until_idle=False)
            self._save()

    def _serve(self, resources: ExitStack) -> Addresses:
        """Start the other servers; they stop when RESOURCES close."""
        # Imported here: that takes a third of a second, which the first page does not need.
        from dropcap_cli.dev.other_servers import OtherServers  # noqa: PLC0415
        from dropcap_cli.remote.stack_lookup import in_process  # noqa: PLC0415

        stack = in_process(self._cloud.stack.ids, self._server.address, self._folder, self._log)
        servers = OtherServers(self._server, self._cloud, stack)
        self._open_pages.append(servers.mailbox.live)
        return servers.start(resources)

    def _running(self, addresses: Addresses) -> RunningCloud:
        """Return the entry by which commands in another terminal find this cloud."""
        return RunningCloud(
            os.getpid(),
            str(self._folder),
            addresses.site,
            addresses.endpoint,
            dict(self._cloud.stack.ids),
            str(self._log),
            addresses.mailbox,
        )

    def _publish_folder(
        self, resources: ExitStack, watch: FolderWatch, changes: Changes, stamps: Mapping[str, Stamp] | None
    ) -> None:
        """Publish CHANGES, those since the state with STAMPS was saved, and WATCH the folder from now on."""
        self._folder_files.published.update(stamps or {})
        resources.enter_context(self._watching(watch))
        self._folder_files.publish_at_start(changes, self._folder, self._server.address, is_warm=stamps is not None)
        self._save()

    def _save(self) -> None:
        self._state.save(self._cloud, self._folder_files.published)

    def _print_addresses(self, addresses: Addresses, file: Path) -> None:
        if self._end.is_set():
            return
        command = copy_command(addresses.endpoint, self._cloud.id("ContentBucket"), file)
        print_addresses(self._narration.say, addresses, command)
        if self._open_browser:
            webbrowser.open(f"{addresses.site}/")

    def _work(self, *, until_idle: bool, enough: Callable[[], object] = bool) -> None:
        """Run the event loop, and requests from other threads in turns, until it is ENOUGH."""
        has_news = True
        while not self._end.is_set() and not enough():
            busy = self._cloud.step()
            if has_news and not busy:
                for live in self._open_pages:
                    live.beat()
            if until_idle and not busy:
                return
            has_news = self._main_thread.run(0 if busy else self._pause()) or busy

    def _answer_requests(self) -> bool:
        """Do what other threads wait for, and return whether to go on."""
        self._main_thread.run(0)
        return not self._end.is_set()

    def _pause(self) -> float:
        """Return the seconds until the next scheduled event, within limits."""
        alarm = self._cloud.event_loop.next_alarm()
        return LONGEST_PAUSE if alarm is None else min(LONGEST_PAUSE, max(SHORTEST_PAUSE, alarm - time.time()))

    @contextmanager
    def _watching(self, watch: FolderWatch) -> Iterator[None]:
        from dropcap_cli.dev.theme_reload import ThemeReload  # noqa: PLC0415  # it imports Jinja2, as the other servers

        theme = ThemeReload(PROJECT / "templates", self._cloud, self._main_thread, self._narration.say)
        threads = [
            Thread(target=self._follow, args=[watch], daemon=True),
            Thread(target=theme.until, args=[self._end], daemon=True),
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._end.set()
            self._main_thread.close()
            for thread in threads:
                thread.join()

    def _follow(self, watch: FolderWatch) -> None:
        """Bring every change of the folder to the cloud; runs in a thread of its own."""
        try:
            for changes in watch.until(self._end, self._narration.say):
                self._main_thread.do(lambda changes=changes: self._folder_files.publish(changes))  # type: ignore[misc]  # bound at once
        except ClosedError:
            return
