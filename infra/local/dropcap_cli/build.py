"""`dropcap build`: a folder goes through the whole local pipeline until nothing is left to do.

The clock stands still at the time of the build while the files are uploaded; the day before, the site was set up, with
its `site.yaml` and its readers. So nothing depends on how long anything took, or in which order it came.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from dropcap.aws.subscribers import Subscribers
from dropcap.errors import Finding
from dropcap.newsletter.address import MailAddress
from dropcap.site.settings.model import SITE_KEY
from dropcap_cli.held_issues import release_held_issues
from dropcap_cli.outcomes import FileOutcome
from dropcap_cli.progress import BuildProgress
from dropcap_cli.site_folder import LeftOut, SiteFolder, Source
from dropcap_local.cloud import LocalCloud
from dropcap_local.events.assembly import POSTS

ROOT = Path(__file__).parents[3]
TEMPLATE = ROOT / "template.yaml"
A_DAY = timedelta(days=1)
PREVIEWS = "preview/"
"""Drafts as their authors look at them: nothing to hand out, and at addresses that are new with every build."""
ANY_AGE = 100_000
"""Days of lateness at which every post is still news."""


@dataclass(frozen=True, slots=True)
class BuildOrder:
    """What to build: NOW is the clock, MAIL_SINCE the first day of news, UNKIND the seed of whatever goes wrong."""

    site: SiteFolder
    now: datetime
    mail_since: date | None = None
    unkind: int | None = None
    readers: tuple[MailAddress, ...] = ()

    def cloud(self) -> LocalCloud:
        """Make the cloud in which it is built."""
        return LocalCloud(TEMPLATE, now=self.now - A_DAY, fault_seed=self.unkind, environment=self.environment)

    @property
    def environment(self) -> dict[str, str]:
        """Return what the functions are told besides what the template tells them."""
        if self.mail_since is None:
            return {"NEWS_SINCE": self.now.astimezone(UTC).date().isoformat()}
        return {"NEWS_SINCE": self.mail_since.isoformat(), "GRACE_SECONDS": "0", "LATENESS_DAYS": str(ANY_AGE)}


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to: what became of each file, the site bucket's OBJECTS by key, and the MAILS sent."""

    files: tuple[FileOutcome, ...]
    objects: dict[str, bytes]
    mails: tuple[EmailMessage, ...]


def build(order: BuildOrder, progress: BuildProgress) -> Built:
    """Publish the folder in a cloud of its own, and return everything that came of it."""
    found = tuple(order.site.files())
    sources = [one for one in found if isinstance(one, Source)]
    with order.cloud() as cloud:
        cloud.event_loop.schedules.held.add(cloud.id(POSTS))  # mails may take the clock on, but nothing else appears
        cloud.on_hop.append(progress.hop)
        progress.begin(len(sources))
        confirm(cloud, order.readers)
        unreadable = dict(_upload(cloud, sources, order.now, progress))
        progress.rendering()
        cloud.settle()
        if order.mail_since:
            release_held_issues(cloud, order.environment)
            cloud.settle()
        files = tuple(_outcome(cloud, one, unreadable) for one in found)
        objects = {key: body for key, (body, _) in cloud.site().items() if not key.startswith(PREVIEWS)}
        return Built(files, objects, tuple(cloud.mails()))


def confirm(cloud: LocalCloud, readers: tuple[MailAddress, ...]) -> None:
    """Make READERS subscribers who have confirmed, by the same steps that they would take."""
    subscribers = Subscribers(cloud.client("dynamodb"), cloud.id("SubscribersTable"))
    now = cloud.clock.now()
    for reader in readers:
        token = reader.subscriber[:32]
        subscribers.ask(reader, token=token, question=token, now=now)
        subscribers.confirm(reader.subscriber, token, now)


def _upload(
    cloud: LocalCloud, sources: list[Source], now: datetime, progress: BuildProgress
) -> Iterator[tuple[str, FileOutcome]]:
    """Upload SOURCES, and return those that cannot be read; what follows `site.yaml` waits until that is in force."""
    for source in sources:
        if source.key != SITE_KEY and cloud.clock.now() < now:
            cloud.settle()
            cloud.clock.leap(now.timestamp())
        try:
            cloud.upload(source.key, source.place.read_bytes())
        except OSError as error:
            reason = Finding(f"It cannot be read: {error.strerror}.", "See whether you may read it.")
            yield source.key, FileOutcome.unread(source.key, reason, "failed")
        progress.uploaded()


def _outcome(cloud: LocalCloud, one: Source | LeftOut, unreadable: dict[str, FileOutcome]) -> FileOutcome:
    if isinstance(one, LeftOut):
        return FileOutcome.unread(one.path, one.reason, "ignored")
    return unreadable.get(one.key) or FileOutcome.of_report(one.key, cloud.report(one.key))
