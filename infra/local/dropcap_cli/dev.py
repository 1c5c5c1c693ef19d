"""`dropcap dev`: a folder on this machine is a live site, as long as this runs.

One thread does the work, the main one: it uploads, pumps, and answers what the servers' threads and the watcher ask of
the cloud, in main_thread. Handlers need that (the time limit is a signal), and moto likes it.
"""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

from werkzeug.wrappers import Request

from dropcap.aws.catalog import Catalog
from dropcap.aws.table import Table
from dropcap.site.settings.model import SITE_KEY
from dropcap_cli.build import TEMPLATE
from dropcap_cli.narration import Narration, copy_command
from dropcap_cli.remote.local_registry import RunningCloud, known_as_running
from dropcap_cli.signals import interrupted_by
from dropcap_cli.site_folder import SiteFolder, Source
from dropcap_cli.watch import Changes, FolderWatch
from dropcap_local.cloud import LocalCloud
from dropcap_local.server.aws import AwsEndpoint, QuietMoto
from dropcap_local.server.mailbox import Mailbox, Post
from dropcap_local.server.main_thread import ClosedError, MainThreadQueue
from dropcap_local.server.serving import Server
from dropcap_local.server.site import LocalSite

GRACE_SECONDS = 5
"""A person who tries the newsletter out does not wait for a quarter of an hour."""
PATIENCE = 1.0
"""Seconds after which the clock is looked at again, even if nobody asked for anything."""
SHORTEST_WAIT = 0.01

HELLO = """\
---
title: Hello from the command line
date: {today}
tags: [first steps]
---
This page came by `aws s3 cp`. Change the file, upload it again, and watch.
"""


class EagerCloud(LocalCloud):
    """The local cloud for a person who waits: nothing is gathered for seconds before it is worked on."""

    def __init__(self) -> None:
        """Run on the machine's own time."""
        super().__init__(TEMPLATE, real_time=True, environment={"GRACE_SECONDS": str(GRACE_SECONDS)})
        self._delivery.eager = True


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the three servers are."""

    site: str
    mailbox: str
    endpoint: str


class Workshop:
    """A cloud, its three servers and the watched folder."""

    def __init__(self, site: SiteFolder, narration: Narration) -> None:
        """Prepare to serve SITE; nothing runs before `run`."""
        self._narration = narration
        self._folder = site.place
        self._watch = FolderWatch(site)
        self._main_thread = MainThreadQueue()
        self._end = Event()
        self._cloud = EagerCloud()
        self._site = LocalSite(self._cloud, self._main_thread)

    def run(self) -> None:
        """Work until somebody interrupts."""
        with ExitStack() as open_things:
            open_things.enter_context(interrupted_by(self.stop))
            open_things.enter_context(self._cloud)
            self._cloud.on_hop.append(self._narration.hop)
            self._cloud.on_call.append(self._narration.call)
            addresses = self._serve(open_things)
            self._publish(self._watch.look())
            self._work(until_rest=True)
            open_things.enter_context(self._watching())
            open_things.enter_context(known_as_running(self._running(addresses)))
            self._tell_where(addresses, _hello(open_things))
            self._work(until_rest=False)

    def _serve(self, open_things: ExitStack) -> Addresses:
        """Begin to answer; nothing is answered any more when OPEN_THINGS close."""
        site = open_things.enter_context(Server(Request.application(self._site.answer)))
        mailbox = Mailbox(Post(self._cloud.mails, self._site_url, site.address), self._main_thread)
        letters = open_things.enter_context(Server(Request.application(mailbox.answer)))
        endpoint = open_things.enter_context(Server(AwsEndpoint(self._main_thread), handler=QuietMoto))
        self._lives = (self._site.live, mailbox.live)
        open_things.callback(self._close)
        return Addresses(site.address, letters.address, endpoint.address)

    def _running(self, at: Addresses) -> RunningCloud:
        """Give what another terminal needs to know to publish here."""
        return RunningCloud(os.getpid(), str(self._folder), at.site, at.endpoint, dict(self._cloud.stack.ids))

    def stop(self) -> None:
        """Let `run` return soon; signals and other threads may call it."""
        self._end.set()
        self._main_thread.wake()

    def _tell_where(self, at: Addresses, file: Path) -> None:
        if self._end.is_set():
            return
        command = copy_command(at.endpoint, self._cloud.id("ContentBucket"), file)
        lines = ("", f"Site      {at.site}/", f"Mailbox   {at.mailbox}/", f"S3        {at.endpoint}", "")
        upload = (
            "Save a file in the folder, or upload one:",
            "",
            f"  {command}",
            "",
            f"It will be at {at.site}/hello/",
        )
        for line in (*lines, *upload, "", "Ctrl-C ends it."):
            self._narration.say(line)

    def _work(self, *, until_rest: bool) -> None:
        """Let the event loop and whoever asks take turns."""
        news = True
        while not self._end.is_set():
            busy = self._cloud.step()
            if news and not busy:
                for live in self._lives:
                    live.beat()
            if until_rest and not busy:
                return
            news = self._main_thread.run(0 if busy else self._pause()) or busy

    def _pause(self) -> float:
        """Give the seconds for which nothing is to be done unless somebody asks."""
        alarm = self._cloud.event_loop.next_alarm()
        return PATIENCE if alarm is None else min(PATIENCE, max(SHORTEST_WAIT, alarm - time.time()))

    def _publish(self, changes: Changes) -> None:
        """Upload what was saved and remove what is gone; a new `site.yaml` is in force before the rest is looked at."""
        for source in changes.saved:
            self._upload(source)
            if source.key == SITE_KEY:
                self._work(until_rest=True)
        for key in changes.gone:
            self._cloud.delete(key)

    def _upload(self, source: Source) -> None:
        try:
            self._cloud.upload(source.key, source.place.read_bytes())
        except OSError as error:
            self._narration.say(f"{source.key} cannot be read: {error.strerror}.")

    def _site_url(self) -> str:
        catalog = Catalog(Table(self._cloud.client("dynamodb"), self._cloud.id("CatalogTable")), "")
        return catalog.site().url or self._cloud.stack.outputs["SiteUrl"]

    @contextmanager
    def _watching(self) -> Iterator[None]:
        thread = Thread(target=self._follow, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._end.set()
            self._main_thread.close()
            thread.join()

    def _follow(self) -> None:
        """Bring every change to the cloud; in a thread of its own."""
        try:
            for changes in self._watch.until(self._end):
                self._main_thread.do(lambda changes=changes: self._publish(changes))  # type: ignore[misc]  # bound at once
        except ClosedError:
            return

    def _close(self) -> None:
        """Let go whoever waits for the cloud."""
        for live in self._lives:
            live.end()
        self._main_thread.close()


def _hello(open_things: ExitStack) -> Path:
    """Write a post to try an upload with; it goes when OPEN_THINGS close."""
    file = Path(open_things.enter_context(TemporaryDirectory(prefix="dropcap-"))) / "hello.md"
    file.write_text(HELLO.format(today=datetime.now(UTC).date()))
    return file
