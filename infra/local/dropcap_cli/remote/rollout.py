"""The progress of a new theme or version on its way to all pages, and of a rebuild."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from dropcap.aws.releases import Releases
from dropcap.aws.table import Table
from dropcap.errors import ServiceError
from dropcap_cli.remote.queues import waiting_in
from dropcap_cli.remote.stack_lookup import RemoteStack
from dropcap_local.usage_error import UsageError

QUEUES: Final = ("BulkQueue", "UploadQueue", "ViewQueue")


@dataclass(frozen=True, slots=True)
class Rollout:
    """A walk over all pages: WALKS messages about the rest of it, FILES to be rendered and VIEWS to be built wait.

    SINCE is when the release began to roll out; None for a site that had none before.
    """

    since: datetime | None
    walks: int
    files: int
    views: int

    def text(self) -> str:
        """Return one sentence."""
        began = f", begun on {self.since.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if self.since else ""
        rest = "not all files are counted yet" if self.walks else "these are the last"
        return f"All pages are being built again{began}: {self.files} files and {self.views} views are waiting; {rest}."

    def to_json(self) -> dict[str, object]:
        """Return the progress for programs."""
        since = self.since.isoformat() if self.since else None
        return {"since": since, "walks": self.walks, "files": self.files, "views": self.views}


def rollout_of(stack: RemoteStack) -> Rollout | None:
    """Return the progress of a walk over all pages of STACK; None if there is none, or if the caller may not ask.

    A walk has ended when BulkQueue is empty; its last files and views are then still in their queues.
    """
    if not {"CatalogTable", *QUEUES} <= stack.ids.keys():
        return None
    try:
        walks, files, views = waiting_in(stack, QUEUES).values()
        started = Releases(Table(stack.client("dynamodb"), stack.ids["CatalogTable"])).started_at()
    except (UsageError, ServiceError):
        return None
    return Rollout(started, walks, files, views) if walks else None
