"""A test bench for the newsletter's steps: moto in the process, tables made by hand, a clock that the test sets."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import boto3
from botocore.exceptions import ClientError
from moto import mock_aws
from moto.ses.models import RawMessage, ses_backends

from dropcap.aws.client_limit import ClientLimit
from dropcap.aws.confirmations import Confirmations
from dropcap.aws.confirmed_index import ConfirmedIndex
from dropcap.aws.issue_schedules import IssueSchedules
from dropcap.aws.ledger import Ledger
from dropcap.aws.letters import Letters
from dropcap.aws.mail import ONE_ATTEMPT, Mail
from dropcap.aws.newsletter import Newsletter
from dropcap.aws.page_sums import PageSums
from dropcap.aws.queues import Queue
from dropcap.aws.schedules import ScheduleTarget
from dropcap.aws.send_rate import SendRate
from dropcap.aws.subscribers import Subscribers
from dropcap.aws.table import Table
from dropcap.contracts import Cause, Message
from dropcap.newsletter.account import DeliveryCounts
from dropcap.newsletter.address import MailAddress
from dropcap.newsletter.news import NewsItem
from dropcap.newsletter.outcome import SesAccount
from dropcap.site.reports.mail_note import MailNote
from dropcap.site.settings.model import SiteSettings
from dropcap.site.theme import Theme
from dropcap.steps.newsletter.freeze_issue import FreezeTools
from dropcap.steps.newsletter.open_issue import OpenTools
from dropcap.steps.newsletter.page_delivery import DeliverTools
from dropcap.steps.newsletter.report_issue import ReportTools, account_of
from dropcap.steps.newsletter.send_confirmation import ConfirmTools
from dropcap.steps.newsletter.send_pages import PageTools
from dropcap.steps.newsletter.subscribe import SubscribeTools
from dropcap.steps.newsletter.write_letter import MailLayout
from dropcap_local.moto_patches.patches import moto_patched
from support.fast_services import FastBuckets, FastMail, FastQueues, FastSchedules
from support.fast_tables import FastTables

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_scheduler import EventBridgeSchedulerClient
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sqs import SQSClient

ROOT = Path(__file__).parents[2]
REGION: Final = "eu-central-1"
ACCOUNT = "123456789012"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CAUSE = Cause("posts/naps.md", "etag", NOON.isoformat())
SITE = SiteSettings("https://journal.example.org", title="The Quiet Hour", zone="Europe/Berlin", postal_address="1 Way")
NAPS = NewsItem(
    key="posts/naps.md",
    title="Why naps work",
    url="/naps/",
    date=NOON - timedelta(hours=2),
    dated=True,
    is_page=False,
    summary="Twenty minutes are enough.",
    identity=None,
    digest="d1",
    newsletter=None,
)
QUEUES = ("issues", "deliveries", "confirmations")
PLENTY = SesAccount(rate=1_000.0, per_day=50_000.0, sent_today=0.0, may_send=True)


@dataclass
class KnownCatalog:
    """A Catalog and its bodies, as a test sets them."""

    settings: SiteSettings = SITE
    items: dict[str, NewsItem] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    mail: dict[str, MailNote] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)

    def news(self, key: str) -> NewsItem | None:
        """Return the post that the test set for KEY."""
        return self.items.get(key)

    def news_and_site(self, key: str) -> tuple[NewsItem | None, SiteSettings]:
        """Return the post that the test set for KEY, and the site's settings."""
        return self.items.get(key), self.settings

    def site(self) -> SiteSettings:
        """Return the site's settings."""
        return self.settings

    def site_with_pages(self) -> SiteSettings:
        """Return the site's settings; there are no pages here."""
        return self.settings

    def successor(self, key: str) -> NewsItem | None:
        """Return the post that the test set as the successor of KEY."""
        return self.items.get(self.renamed.get(key, ""))

    def get(self, digest: str) -> str:
        """Return the body DIGEST."""
        return self.bodies[digest]

    def note_mail(self, key: str, note: MailNote, rank: int, cause: Cause) -> None:  # noqa: ARG002  # one writer here
        """Store the note on the newsletter of KEY."""
        self.mail[key] = note

    def publish(self, item: NewsItem, body: str = '<p>Sleep <a href="/x/">more</a>.</p>') -> None:
        """Add ITEM with its BODY to the lists."""
        self.items[item.key] = item
        self.bodies[item.digest] = body


class NotedQueue(Queue):
    """A queue that also records messages, since moto does not show delayed ones."""

    def __init__(
        self, client: "SQSClient", url: str, sent: list[tuple[Message | str, int]], around: Callable[[str], None]
    ) -> None:
        """Record in the list SENT; AROUND is called `before` and `after` each call, and may raise."""
        super().__init__(client, url)
        self._sent = sent
        self._around = around

    def send(self, message: Message | str, *, delay: int = 0) -> None:
        """Send MESSAGE, and record it."""
        self._around("before")
        super().send(message, delay=delay)
        self._sent.append((message, delay))
        self._around("after")

    def send_all(self, messages: Iterable[Message]) -> None:
        """Send MESSAGES, and record them."""
        waiting = list(messages)
        self._around("before")
        super().send_all(waiting)
        self._sent += [(message, 0) for message in waiting]
        self._around("after")


@dataclass
class MoodySes:
    """SES through moto, with faults: each FAULT is raised by one call, instead of sending or after it (LATE)."""

    client: Any
    faults: list[BaseException | None] = field(default_factory=list)
    late: bool = False
    closed: int = 0
    account: dict[str, Any] = field(default_factory=dict)
    identities: dict[str, bool] = field(default_factory=lambda: {"example.org": True})

    def send_email(self, **arguments: object) -> dict[str, Any]:
        """Send, or raise the next fault."""
        fault = self.faults.pop(0) if self.faults else None
        if fault and not self.late:
            raise fault
        answer: dict[str, Any] = self.client.send_email(**arguments)
        if fault:
            raise fault
        return answer

    def get_account(self) -> dict[str, Any]:
        """Return the account as the test sets it."""
        return self.account

    def get_email_identity(self, *, EmailIdentity: str) -> dict[str, bool]:  # noqa: N803  # as boto3 takes it
        """Return whether the identity is verified, if the test has set it."""
        if EmailIdentity not in self.identities:
            raise refusal("NotFoundException", 404)
        return {"VerifiedForSendingStatus": self.identities[EmailIdentity]}

    def close(self) -> None:
        """Count the calls that drop connections."""
        self.closed += 1


class Died(BaseException):
    """Lambda kills the function: no handler can catch this."""


def refusal(code: str, status: int = 400) -> ClientError:
    """Return the error that botocore makes of a refusal with CODE."""
    answer: Any = {"Error": {"Code": code, "Message": "?"}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(answer, "SendEmail")


@dataclass
class Bench:
    """Clients, and the adapters made of them. ACCOUNT is the answer of GetAccount; the test sets NOW."""

    dynamodb: "DynamoDBClient"
    sqs: "SQSClient"
    s3: "S3Client"
    ses: "SESV2Client"
    scheduler: "EventBridgeSchedulerClient"
    mood: MoodySes
    catalog: KnownCatalog = field(default_factory=KnownCatalog)
    account: SesAccount = PLENTY
    budget: int = 500
    now: datetime = NOON
    tokens: Iterator[int] = field(default_factory=count)
    sent: dict[str, list[tuple[Message | str, int]]] = field(default_factory=lambda: {name: [] for name in QUEUES})
    around_sending: Callable[[str], None] = lambda _phase: None

    def token(self) -> str:
        """Return a new name."""
        return f"token-{next(self.tokens)}"

    def queue(self, name: str) -> Queue:
        """Return the queue NAME as a step sees it."""
        return NotedQueue(
            self.sqs, self.sqs.get_queue_url(QueueName=name)["QueueUrl"], self.sent[name], self.around_sending
        )

    @property
    def newsletter(self) -> Newsletter:
        """Return the newsletter's table."""
        return Newsletter(self.dynamodb, "newsletter", self.token)

    @property
    def ledger(self) -> Ledger:
        """Return the ledger."""
        return Ledger(self.dynamodb, "newsletter", "subscribers")

    @property
    def subscribers(self) -> Subscribers:
        """Return the subscribers."""
        return Subscribers(self.dynamodb, "subscribers")

    @property
    def mail(self) -> Mail:
        """Return the client of SES, with its faults."""
        client: Any = self.mood
        return Mail(client, "configuration-set", "news@letters.example.org")

    @property
    def rate(self) -> SendRate:
        """Return the senders' token bucket."""
        return SendRate(self.dynamodb, "newsletter", lambda: self.account, self.token, self.budget)

    @property
    def layout(self) -> MailLayout:
        """Return the layout of mails with the project's theme."""
        return MailLayout(_theme(), "news@example.org", "2 Street")

    @property
    def sums(self) -> PageSums:
        """Return the sums of pages."""
        return PageSums(self.dynamodb, "newsletter")

    @property
    def confirmations(self) -> Confirmations:
        """Return the counts of confirmation mails."""
        return Confirmations(self.dynamodb, "subscribers")

    @property
    def schedules(self) -> IssueSchedules:
        """Return the schedules of issues."""
        queue = "arn:aws:sqs:eu-central-1:123456789012:issues"
        return IssueSchedules(self.scheduler, ScheduleTarget("issues", queue, "arn:aws:iam::1:role/scheduler"))

    def clock(self) -> datetime:
        """Return the time that the test sets."""
        return self.now

    def pause(self, seconds: float) -> None:
        """Move the clock instead of waiting."""
        self.now += timedelta(seconds=seconds)

    def opening(self) -> OpenTools:
        """Return the collaborators of opening."""
        return OpenTools(
            self.catalog, self.newsletter, self.schedules, self.queue("issues"), timedelta(minutes=15),
            since=NOON.date(),
        )  # fmt: skip

    def reporting(self) -> ReportTools:
        """Return the collaborators of reporting."""
        return ReportTools(self.catalog, self.newsletter, self.ledger, self.sums, self.schedules)

    def paging(self) -> PageTools:
        """Return the collaborators of resuming and sending again."""
        return PageTools(self.catalog, self.newsletter, self.ledger, self.sums, self.queue("deliveries"))

    def account_of(self, issue: str) -> DeliveryCounts:
        """Return the account of ISSUE."""
        stored = self.newsletter.issue(issue)
        assert stored
        return account_of(self.newsletter, self.ledger, self.sums, stored)

    def freezing(self) -> FreezeTools:
        """Return the collaborators of freezing."""
        return FreezeTools(
            self.catalog, self.catalog, self.newsletter, ConfirmedIndex(self.dynamodb, "subscribers"),
            Letters(self.s3, "artifacts"), self.layout, self.queue("issues"), self.queue("deliveries"), self.sums,
            self.schedules,
        )  # fmt: skip

    def delivering(self) -> DeliverTools:
        """Return the collaborators of delivering."""
        return DeliverTools(
            self.newsletter, self.ledger, self.sums, self.subscribers, Letters(self.s3, "artifacts"), self.rate,
            self.mail, self.queue("deliveries"), self.queue("issues"), self.token, self.clock, self.pause,
        )  # fmt: skip

    def confirming(self) -> ConfirmTools:
        """Return the collaborators of sending confirmations."""
        return ConfirmTools(
            self.catalog, self.subscribers, self.confirmations, self.layout, self.rate, self.mail,
            self.queue("confirmations"),
        )  # fmt: skip

    def api(self) -> SubscribeTools:
        """Return the collaborators of the HTTP API."""
        return SubscribeTools(
            self.catalog, self.subscribers, self.confirmations, _theme(),
            self.queue("confirmations"), self.token, ClientLimit(self.dynamodb, "subscribers", self.token),
        )  # fmt: skip

    def subscribe(self, address: str, *, confirm: bool = True, question: Callable[[], str] | None = None) -> str:
        """Subscribe ADDRESS and return its hash. QUESTION makes the token for confirming."""
        owner = MailAddress.read(address)
        assert owner
        confirming = question() if question else f"question-{owner.subscriber}"
        self.subscribers.request(owner, token=self.token(), question=confirming, now=self.now)
        if confirm:
            assert self.subscribers.confirm(owner.subscriber, confirming, self.now)
        return owner.subscriber

    def subscribe_many(self, number: int) -> list[str]:
        """Subscribe and confirm that many people at once; return their hashes."""
        addresses = [MailAddress(f"reader-{number_of_reader}@example.org") for number_of_reader in range(number)]
        Table(self.dynamodb, "subscribers").put_all(
            {
                "pk": f"SHARD#{address.subscriber[0]}",
                "sk": address.subscriber,
                "standing": "confirmed",
                "address": address.written,
                "token": f"token-of-{address.subscriber}",
            }
            for address in addresses
        )
        return [address.subscriber for address in addresses]

    def take(self, name: str) -> list[tuple[Message | str, int]]:
        """Return the messages sent to the queue NAME since the last call, and their delays in seconds."""
        taken = list(self.sent[name])
        self.sent[name].clear()
        return taken

    def mails(self) -> list[EmailMessage]:
        """Return the mails sent so far."""
        ses: Any = self.ses
        if isinstance(ses, FastMail):
            return [_parsed(raw) for raw in ses.messages]
        sent = ses_backends[ACCOUNT][REGION].sent_messages
        return [_parsed(message.raw_data.encode()) for message in sent if isinstance(message, RawMessage)]

    def ledger_states(self, issue: str, recipients: list[str]) -> dict[str, str]:
        """Return the state of each of RECIPIENTS' mails."""
        return {recipient: str(entry.state) for recipient, entry in self.ledger.entries(issue, recipients).items()}

    def changed(self, **settings: object) -> None:
        """Change settings of `site.yaml`."""
        changes: Mapping[str, Any] = settings
        self.catalog.settings = replace(self.catalog.settings, **changes)


@cache
def _theme() -> Theme:
    """Return the project's theme, whose templates are compiled once."""
    return Theme(ROOT / "templates")


@contextmanager
def bench_on_moto() -> Iterator[Bench]:
    """Yield a bench on moto, and remove it afterwards."""
    with mock_aws(), moto_patched():
        clients = {service: _client(service) for service in ("dynamodb", "sqs", "s3", "scheduler")}
        ses = _client("sesv2")
        yield _set_up(Bench(**clients, ses=ses, mood=MoodySes(ses)))


def bench_in_memory(*, keeps_mails: bool = True) -> Bench:
    """Return a bench on stand-ins for the services, for tests that would take too long on moto."""
    ses: Any = FastMail(keeps=keeps_mails)
    services: dict[str, Any] = {
        "dynamodb": FastTables(),
        "sqs": FastQueues(),
        "s3": FastBuckets(),
        "scheduler": FastSchedules(),
    }
    return _set_up(Bench(**services, ses=ses, mood=MoodySes(ses)))


def _set_up(bench: Bench) -> Bench:
    """Create the resources of the template."""
    for name in ("newsletter", "subscribers"):
        _make_table(bench.dynamodb, name)
    for name in QUEUES:
        bench.sqs.create_queue(QueueName=name)
    bench.s3.create_bucket(Bucket="artifacts", CreateBucketConfiguration={"LocationConstraint": REGION})
    bench.ses.create_email_identity(EmailIdentity="news@example.org")
    bench.ses.create_configuration_set(ConfigurationSetName="configuration-set")
    bench.scheduler.create_schedule_group(Name="issues")
    return bench


@cache
def _client(service: str) -> Any:  # noqa: ANN401  # boto3 makes its clients' types at run time
    """Make the client of SERVICE once: it does not depend on a moto, and takes longer than most tests."""
    return boto3.client(service, region_name=REGION, config=ONE_ATTEMPT if service == "sesv2" else None)  # type: ignore[call-overload]  # as above


def _make_table(client: "DynamoDBClient", name: str) -> None:
    client.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in ("pk", "sk")],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
    )


def _parsed(raw: bytes) -> EmailMessage:
    parsed = message_from_bytes(raw, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed
