"""Build a site: publish a folder through the whole local pipeline, until nothing is left to do.

The site is set up a day before the build, with its `site.yaml` and its subscribers; then the clock stands still at the
time of the build, while the files are uploaded. So the result does not depend on the order or duration of anything.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from typing import TypeVar

from dropcap.aws.subscribers import Subscribers
from dropcap.newsletter.address import MailAddress
from dropcap.site.settings.model import SITE_KEY
from dropcap.site.urls import media_path, object_key
from dropcap_cli.held_issues import release_held_issues
from dropcap_cli.outcomes import FileOutcome
from dropcap_cli.progress import BuildProgress
from dropcap_cli.site_folder import SiteFolder, SkippedFile, SourceFile
from dropcap_local.cloud import LocalCloud
from dropcap_local.events.assembly import POSTS
from dropcap_local.project import TEMPLATE

T = TypeVar("T")

A_DAY = timedelta(days=1)
PREVIEWS = "preview/"
"""Previews of drafts: private, and at new addresses in every build."""
ANY_AGE = 100_000
"""Days of lateness within which every post is still news."""


@dataclass(frozen=True, slots=True)
class BuildOrder:
    """The site to build, at the time NOW.

    MAIL_SINCE is the first day whose posts are mailed, to SUBSCRIBERS, after the grace period: by then all pages are
    built, so that a mail has the links and pictures that its page has. FAULT_SEED starts the fault injection.
    """

    site: SiteFolder
    now: datetime
    mail_since: date | None = None
    fault_seed: int | None = None
    subscribers: tuple[MailAddress, ...] = ()

    def cloud(self) -> LocalCloud:
        """Return the local cloud for this build, a day before its time."""
        begin = self.now - A_DAY
        return LocalCloud(TEMPLATE, now=begin, fault_seed=self.fault_seed, environment=self.environment, phased=True)

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment variables that override the template's."""
        if self.mail_since is None:
            return {"NEWS_SINCE": self.now.astimezone(UTC).date().isoformat()}
        return {"NEWS_SINCE": self.mail_since.isoformat(), "LATENESS_DAYS": str(ANY_AGE)}


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """The result of a build: the outcome of each file, the site bucket's OBJECTS by key, and the MAILS sent."""

    files: tuple[FileOutcome, ...]
    objects: dict[str, bytes]
    mails: tuple[EmailMessage, ...]


def build(order: BuildOrder, progress: BuildProgress) -> BuiltSite:
    """Publish the folder in a local cloud of its own, and return the result."""
    files = tuple(order.site.files())
    sources = [file for file in files if isinstance(file, SourceFile)]
    with order.cloud() as cloud:
        cloud.event_loop.schedules.paused.add(cloud.id(POSTS))  # mails advance the clock, but no post may appear
        cloud.on_hop.append(progress.hop)
        progress.begin(len(sources))
        add_subscribers(cloud, order.subscribers)
        unreadable = dict(_upload(cloud, sources, order.now, progress))
        progress.rendering()
        cloud.settle()
        if order.mail_since:
            release_held_issues(cloud, order.environment)
            cloud.settle()
        outcomes = tuple(_outcome(cloud, file, unreadable) for file in files)
        objects = {key: body for key, (body, _) in without_previews(cloud.site()).items()}
        return BuiltSite(outcomes, objects, tuple(cloud.mails()))


def without_previews(site: Mapping[str, T]) -> dict[str, T]:
    """Return the objects of SITE, by key, without the previews of drafts and the pictures and files that they show."""
    previews = {"/".join(key.split("/")[:2]) + "/" for key in site if key.startswith(PREVIEWS)}
    private = (PREVIEWS, *(object_key(media_path(f"/{preview}")).removesuffix("index.html") for preview in previews))
    return {key: value for key, value in site.items() if not key.startswith(private)}


def add_subscribers(cloud: LocalCloud, addresses: tuple[MailAddress, ...]) -> None:
    """Add confirmed subscribers to CLOUD, by the steps that a reader would take."""
    subscribers = Subscribers(cloud.client("dynamodb"), cloud.id("SubscribersTable"))
    now = cloud.clock.now()
    for address in addresses:
        token = address.subscriber[:32]
        subscribers.request(address, token=token, question=token, now=now)
        subscribers.confirm(address.subscriber, token, now)


def _upload(
    cloud: LocalCloud, sources: list[SourceFile], now: datetime, progress: BuildProgress
) -> Iterator[tuple[str, FileOutcome]]:
    """Upload SOURCES once `site.yaml` is in force; yield the key and outcome of those that cannot be read."""
    for source in sources:
        if source.key != SITE_KEY and cloud.clock.now() < now:
            cloud.settle()
            cloud.clock.leap(now.timestamp())
        try:
            cloud.upload(source.key, source.path.read_bytes())
        except OSError as error:
            yield source.key, FileOutcome.unreadable(source.key, error)
        progress.uploaded()


def _outcome(cloud: LocalCloud, file: SourceFile | SkippedFile, unreadable: dict[str, FileOutcome]) -> FileOutcome:
    if isinstance(file, SkippedFile):
        return FileOutcome.not_uploaded(file.path, file.reason, file.outcome)
    return unreadable.get(file.key) or FileOutcome.of_report(file.key, cloud.report(file.key))
