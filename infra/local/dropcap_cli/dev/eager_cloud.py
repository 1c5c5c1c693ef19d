"""The local cloud that `dropcap dev` runs."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import md5
from importlib import import_module
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from dropcap.aws.queues import Queue, ViewQueue
from dropcap.contracts import Cause, UploadSeen
from dropcap.site.views import path
from dropcap_local.cloud import LocalCloud
from dropcap_local.events.delivery import PhasedDelivery
from dropcap_local.events.event_source import RecordSource
from dropcap_local.project import TEMPLATE
from dropcap_local.resources.stored_objects import stored_object

GRACE_SECONDS = 5
"""The newsletter's grace period here: a quarter of an hour would be too long for a try."""


class EdgeFirst(PhasedDelivery):
    """Deliver in phases, but clear the CDN before further views: an author waits for the page that was saved."""

    is_bulk = False
    """Whether many files are being published: then the CDN is cleared last, as in phases."""

    def choose(self, ready: Sequence[RecordSource]) -> RecordSource:
        """Choose the queue of the CDN if it is ready and no upload waits; else as in phases."""
        chosen = super().choose(ready)
        if self.is_bulk or chosen.name == "UploadQueue":
            return chosen
        return next((source for source in ready if source.name == "EdgeQueue"), chosen)


class EagerCloud(LocalCloud):
    """A local cloud without batching windows: nothing is collected for seconds before it is processed."""

    def __init__(self) -> None:
        """Run on the machine's own time."""
        super().__init__(TEMPLATE, real_time=True, phased=True, environment={"GRACE_SECONDS": str(GRACE_SECONDS)})
        self._delivery = self._order = EdgeFirst()

    @contextmanager
    def bulk(self) -> Iterator[None]:
        """Publish many files in this block, with the least work."""
        self._order.is_bulk = True
        try:
            yield
        finally:
            self._order.is_bulk = False

    def has(self, key: str, content: bytes) -> bool:
        """Return whether the source KEY is stored with just this CONTENT."""
        stored = stored_object(self.id("ContentBucket"), f"content/{key}")
        return stored is not None and stored.etag == f'"{md5(content, usedforsecurity=False).hexdigest()}"'

    def waits(self, queue: str) -> bool:
        """Return whether a message waits in QUEUE."""
        return any(source.name == queue and source.ready(eager=True) for source in self.event_loop.sources)

    def load_functions(self, between: Callable[[], bool]) -> None:
        """Import the functions' code, for which the first saved file would have to wait; call BETWEEN after each.

        Stop if BETWEEN returns False.
        """
        for handler in sorted({function.handler for function in self.stack.functions.values()}):
            import_module(handler.rpartition(".")[0])
            if not between():
                return

    def repeat(self, key: str) -> None:
        """Send for the source KEY and its page once more: its next version finds everything that this loads.

        Messages are hints that may come twice: nothing is written. A source without a page is left alone.
        """
        report = self.report(key)
        if report is None or not report["url"]:
            return
        sqs = self.client("sqs")
        cause = Cause(key, report["etag"], report["uploaded"])
        page = path(unquote(urlsplit(report["url"]).path))
        Queue(sqs, self.id("UploadQueue")).send(UploadSeen(key, cause))
        ViewQueue(sqs, self.id("ViewQueue")).send({page: (f"repeat {uuid4().hex}", cause)})

    def start_new_containers(self) -> None:
        """Start every function in a new container, as a deployment does, so that no cached template remains."""
        self.functions.forget()
