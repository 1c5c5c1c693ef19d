"""`dropcap dev`: a folder on this machine is a live site, as long as this runs.

One thread does the work, the main one: it uploads, pumps, and answers what the servers' threads and the watcher ask of
the cloud, in turns. Handlers need that (the time limit is a signal), and moto likes it.
"""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from types import FrameType

from werkzeug.wrappers import Request

from dropcap.aws.catalog import Catalog
from dropcap.aws.table import Table
from dropcap.site.settings import SITE_KEY
from dropcap_local.build import TEMPLATE
from dropcap_local.cloud import LocalCloud
from dropcap_local.narration import Narration, copy_command
from dropcap_local.server.aws import AwsEndpoint, QuietMoto
from dropcap_local.server.mailbox import Mailbox, Post
from dropcap_local.server.serving import Server
from dropcap_local.server.site import LocalSite
from dropcap_local.server.turns import ClosedError, Turns
from dropcap_local.site_folder import SiteFolder, Source
from dropcap_local.watch import Changes, FolderWatch

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
        self._mood.eager = True


class Workshop:
    """A cloud, its three servers and the watched folder."""

    def __init__(self, site: SiteFolder, narration: Narration) -> None:
        """Prepare to serve SITE; nothing runs before `run`."""
        self._narration = narration
        self._watch = FolderWatch(site)
        self._turns = Turns()
        self._end = Event()
        self._cloud = EagerCloud()
        self._site = LocalSite(self._cloud, self._turns)

    def run(self) -> None:
        """Work until somebody interrupts."""
        with ExitStack() as open_things:
            open_things.enter_context(_interrupted_by(self.stop))
            open_things.enter_context(self._cloud)
            self._cloud.on_hop.append(self._narration.hop)
            self._cloud.on_call.append(self._narration.call)
            site = open_things.enter_context(Server(Request.application(self._site.answer)))
            post = Post(self._cloud.mails, self._site_url, site.address)
            mailbox = Mailbox(post, self._turns)
            letters = open_things.enter_context(Server(Request.application(mailbox.answer)))
            endpoint = open_things.enter_context(Server(AwsEndpoint(self._turns), handler=QuietMoto))
            self._lives = (self._site.live, mailbox.live)
            open_things.callback(self._close)
            self._publish(self._watch.look())
            self._work(until_rest=True)
            open_things.enter_context(self._watching())
            file = Path(open_things.enter_context(TemporaryDirectory(prefix="dropcap-"))) / "hello.md"
            file.write_text(HELLO.format(today=datetime.now(UTC).date()))
            command = copy_command(endpoint.address, self._cloud.id("ContentBucket"), file)
            self._tell_where(site.address, letters.address, endpoint.address, command)
            self._work(until_rest=False)

    def stop(self) -> None:
        """Let `run` return soon; signals and other threads may call it."""
        self._end.set()
        self._turns.wake()

    def _tell_where(self, site: str, mailbox: str, endpoint: str, command: str) -> None:
        if self._end.is_set():
            return
        lines = ("", f"Site      {site}/", f"Mailbox   {mailbox}/", f"S3        {endpoint}", "")
        upload = ("Save a file in the folder, or upload one:", "", f"  {command}", "", f"It will be at {site}/hello/")
        for line in (*lines, *upload, "", "Ctrl-C ends it."):
            self._narration.say(line)

    def _work(self, *, until_rest: bool) -> None:
        """Let the pump and whoever asks take turns."""
        news = True
        while not self._end.is_set():
            busy = self._cloud.step()
            if news and not busy:
                for live in self._lives:
                    live.beat()
            if until_rest and not busy:
                return
            news = self._turns.run(0 if busy else self._pause()) or busy

    def _pause(self) -> float:
        """Give the seconds for which nothing is to be done unless somebody asks."""
        alarm = self._cloud.pump.next_alarm()
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
            self._turns.close()
            thread.join()

    def _follow(self) -> None:
        """Bring every change to the cloud; in a thread of its own."""
        try:
            for changes in self._watch.until(self._end):
                self._turns.do(lambda changes=changes: self._publish(changes))  # type: ignore[misc]  # bound at once
        except ClosedError:
            return

    def _close(self) -> None:
        """Let go whoever waits for the cloud."""
        for live in self._lives:
            live.end()
        self._turns.close()


@contextmanager
def _interrupted_by(stop: Callable[[], None]) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM call STOP in this block."""

    def heard(_signal: int, _frame: FrameType | None) -> None:
        stop()

    before = {number: signal.signal(number, heard) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
