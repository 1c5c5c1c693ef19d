"""A small world with faults for the newsletter: the real steps on moto, and every fault possible between two calls.

Messages are doubled, delayed and reordered; functions crash before or after any call; calls are throttled, or lose
their answer after they took effect; SES refuses, loses its answer, or accepts a mail without answering; readers leave,
come back and are erased; strangers subscribe in a flood; the author withdraws and publishes again; the operator holds,
releases, stops, resumes and sends again; one sender works in the middle of another. Events of SES come late, twice and
in any order. Only the number of accidents is bounded, so that it ends.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count, islice
from random import Random
from typing import Any

from botocore.exceptions import ConnectionClosedError, EndpointConnectionError, ReadTimeoutError

from dropcap.aws.failures import service_errors
from dropcap.aws.subscriber_records import SubscriberRecords
from dropcap.contracts import Cause, Message, message_name
from dropcap.errors import ServiceError
from dropcap.newsletter.address import MailAddress
from dropcap.newsletter.issue import Issue
from dropcap.newsletter.ledger import DeliveryState
from dropcap.newsletter.mail_event import MailEvent
from dropcap.newsletter.news import issue_of
from dropcap.newsletter.outcome import SesAccount
from dropcap.newsletter.web import WebRequest
from dropcap.newsletter_contracts import DeliverBatch, EntryAppeared, FreezeIssue, ReportIssue, SendConfirmation
from dropcap.steps.newsletter.decide_issue import hold_issue, release_issue, stop_issue
from dropcap.steps.newsletter.deliver_batch import deliver_batch
from dropcap.steps.newsletter.freeze_issue import freeze_issue
from dropcap.steps.newsletter.open_issue import open_issue
from dropcap.steps.newsletter.page_delivery import Invocation
from dropcap.steps.newsletter.record_mail_event import record_mail_event
from dropcap.steps.newsletter.report_issue import report_issue
from dropcap.steps.newsletter.send_confirmation import send_confirmation
from dropcap.steps.newsletter.send_pages import resend_refused, resume_issue
from dropcap.steps.newsletter.subscribe import respond
from support.fast_tables import client_error
from support.newsletter_bench import CAUSE, NAPS, Bench, Died, refusal

ISSUE = issue_of(NAPS.key)
VISIBILITY = timedelta(minutes=6)
TIMEOUT = timedelta(minutes=1)
NOT_TAKEN = [
    refusal("TooManyRequestsException", 429),
    EndpointConnectionError(endpoint_url="https://ses"),
    refusal("SendingPausedException"),
    refusal("MessageRejected"),
]
SILENT: list[BaseException] = [
    ReadTimeoutError(endpoint_url="https://ses"),
    ConnectionClosedError(endpoint_url="https://ses"),
    refusal("InternalFailure", 500),
    Died(),
]
ENDINGS = [
    DeliveryState.DELIVERED,
    DeliveryState.DELIVERED,
    DeliveryState.DELIVERED,
    DeliveryState.BOUNCED,
    DeliveryState.COMPLAINED,
]


def readers_of_one_page(number: int) -> list[str]:
    """Return addresses whose hashes lie in one shard, so that they share a page."""
    addresses = (f"reader-{number}@example.org" for number in count())
    return list(islice((address for address in addresses if MailAddress(address).subscriber.startswith("a")), number))


@dataclass
class World:
    """The persistent state, and CHANCE. ACCIDENTS may still happen; WAITING are messages, by when they are due."""

    bench: Bench
    chance: Random
    accidents: int
    waiting: list[tuple[datetime, Message]] = field(default_factory=list)
    events: list[MailEvent] = field(default_factory=list)
    sent: Counter[str] = field(default_factory=Counter)
    endings: dict[str, DeliveryState] = field(default_factory=dict)
    uploads: int = 0
    strangers: int = 0
    confirmations: Counter[date] = field(default_factory=Counter)
    erased: set[str] = field(default_factory=set)
    busy: bool = False
    looking: bool = False

    def __post_init__(self) -> None:
        """Subscribe readers, and add the post to the lists."""
        self.bench.budget = 3
        self.bench.account = SesAccount(rate=3.0, per_day=-1.0, sent_today=0.0, may_send=True)
        self.addresses = [*readers_of_one_page(5), "ada@example.org", "ben@example.org"]
        self.readers = [self.bench.subscribe(address) for address in self.addresses]
        self.bench.catalog.publish(NAPS)
        self.bench.mood = Postman(self.bench.ses, world=self)  # type: ignore[assignment]  # it has what Mail calls
        self.waiting.append((self.bench.now, EntryAppeared(NAPS.key, CAUSE)))

    def accident(self, odds: float) -> bool:
        """Return whether something goes wrong now."""
        happens = self.accidents > 0 and self.chance.random() < odds
        self.accidents -= happens
        return happens

    def run(self) -> None:
        """Run until nothing is left to do."""
        for _ in range(2_000):
            if self.events and self.chance.random() < 0.3:
                self.hear()
            elif self.waiting:
                self.step()
            elif self.events:
                self.hear()
            else:
                return
        message = "it does not come to rest"
        raise AssertionError(message)

    def step(self) -> None:
        """Handle one message that is due; move the clock if there is none."""
        due = [entry for entry in self.waiting if entry[0] <= self.bench.now]
        if not due:
            self.bench.now = min(entry[0] for entry in self.waiting)
            return
        chosen = self.chance.choice(due)
        self.waiting.remove(chosen)
        if self.accident(0.2):
            self.waiting.append((self.bench.now + timedelta(seconds=self.chance.choice([0, 1, 500])), chosen[1]))
        self.handle(chosen[1])
        self.author_and_operator()
        if not self.busy:
            with self.untouched():
                self.adds_up()
        self.bench.now += timedelta(seconds=self.chance.randint(0, 3))

    def handle(self, message: Message) -> None:
        """Run one function; if it crashes, its message is redelivered when it is visible again."""
        try:
            self.act(message)
        except (Died, ServiceError):
            self.waiting.append((self.bench.now + VISIBILITY, message))
        self.collect()

    def collect(self) -> None:
        """Collect the messages that were sent and scheduled."""
        with self.untouched():
            self._collected()

    def _collected(self) -> None:
        for name in ("issues", "deliveries", "confirmations"):
            for sent, delay in self.bench.take(name):
                assert isinstance(sent, Message)
                self.waiting.append((self.bench.now + timedelta(seconds=delay), sent))
        for schedule in self.bench.scheduler.list_schedules(GroupName="issues")["Schedules"]:
            stored = self.bench.scheduler.get_schedule(Name=schedule["Name"], GroupName="issues")
            self.bench.scheduler.delete_schedule(Name=schedule["Name"], GroupName="issues")
            due = datetime.strptime(stored["ScheduleExpression"], "at(%Y-%m-%dT%H:%M:%S)").replace(tzinfo=UTC)
            text = stored["Target"]["Input"]
            kind = ReportIssue if message_name(text) == ReportIssue.NAME else FreezeIssue
            self.waiting.append((due + timedelta(seconds=self.chance.randint(-40, 40)), kind.from_json(text)))

    def act(self, message: Message) -> object:
        """Call the step that MESSAGE is for."""
        now = self.bench.now
        if isinstance(message, EntryAppeared):
            return open_issue(self.bench.opening(), message, now=now)
        if isinstance(message, FreezeIssue):
            return freeze_issue(replace(self.bench.freezing(), pages_at_once=7), message, now=now)
        if isinstance(message, ReportIssue):
            return report_issue(self.bench.reporting(), message, now=now)
        if isinstance(message, SendConfirmation):
            return send_confirmation(self.bench.confirming(), message, now=now)
        assert isinstance(message, DeliverBatch)
        return deliver_batch(
            self.bench.delivering(), message, Invocation(now, TIMEOUT, lambda: 0.0 if self.accident(0.02) else 40.0)
        )

    def hear(self) -> None:
        """Record one event of SES, perhaps not for the last time."""
        event = self.chance.choice(self.events)
        if not self.accident(0.1):
            self.events.remove(event)
        try:
            record_mail_event(self.bench.subscribers, self.bench.ledger, event, now=self.bench.now)
        except (Died, ServiceError):
            self.events.append(event)

    def between_calls(self, *, writing: bool = False) -> None:
        """Interfere before a call to DynamoDB, most often if it is a transaction (WRITING)."""
        if self.looking:
            return
        if self.accident(0.01):
            raise self.chance.choice([Died(), client_error("?", "ThrottlingException")])
        if not self.busy:
            self.busy = True
            try:
                self.meanwhile(0.1 if writing else 0.01)
            finally:
                self.busy = False

    def author_and_operator(self) -> None:
        """Withdraw the post or publish it again; stop the issue or resume it."""
        if self.accident(0.05):
            self.uploads += 1
            if self.bench.catalog.items.pop(NAPS.key, None) is None:
                self.publish_again()
        for decide in (self.stop, self.resume, self.hold, self.release, self.send_refused_again, self.erase):
            if self.accident(0.04):
                with suppress(Died, ServiceError):  # the operator types the command again, or not
                    decide()
        if self.accident(0.03):
            self.flood()
        self.collect()

    def stop(self) -> None:
        """Stop the delivery."""
        stop_issue(self.bench.opening(), ISSUE, "looks odd")

    def resume(self) -> None:
        """Resume the delivery."""
        resume_issue(self.bench.paging(), ISSUE)

    def hold(self) -> None:
        """Put the issue on hold while it waits."""
        hold_issue(self.bench.opening(), ISSUE, "not yet")

    def release(self) -> None:
        """Release the issue, whatever held it back."""
        release_issue(self.bench.opening(), ISSUE, now=self.bench.now)

    def send_refused_again(self) -> None:
        """Queue the refused mails again."""
        if issue := self.bench.newsletter.issue(ISSUE):
            resend_refused(self.bench.paging(), issue)

    def erase(self) -> None:
        """Erase a reader, who does not return."""
        reader = self.chance.choice(self.readers)
        self.erased.add(reader)
        SubscriberRecords(self.bench.dynamodb, "subscribers", "newsletter").erase(reader, "")

    def flood(self) -> None:
        """Request more confirmations for strangers than the budget of the day allows."""
        for _ in range(self.bench.budget + 2):
            self.strangers += 1
            fields = {"email": f"stranger-{self.strangers}@example.org"}
            with suppress(Died, ServiceError):
                respond(self.bench.api(), WebRequest("POST", "/api/subscribe", fields), now=self.bench.now)

    def publish_again(self) -> None:
        """Add the post to the lists again, by a later upload."""
        cause = Cause(NAPS.key, f"etag-{self.uploads}", (self.bench.now + timedelta(seconds=self.uploads)).isoformat())
        self.bench.catalog.publish(NAPS)
        self.waiting.append((self.bench.now, EntryAppeared(NAPS.key, cause)))

    def rest(self) -> None:
        """Stop all accidents, publish the post, and resume or release its issue."""
        for _ in range(4):
            self.accidents = 0
            self.run()
            self.uploads += 1
            if NAPS.key not in self.bench.catalog.items:
                self.publish_again()
            release_issue(self.bench.opening(), ISSUE, now=self.bench.now)
            resume_issue(self.bench.paging(), ISSUE)
            self.collect()
        self.run()

    def adds_up(self) -> None:
        """Check the account against the ledger, while no call is in flight."""
        issue = self.bench.newsletter.issue(ISSUE)
        if issue is None or not issue.recipients:
            return
        account, states = self.bench.account_of(ISSUE), Counter(self.states().values())
        for state in DeliveryState:
            if state is not DeliveryState.QUEUED:
                assert states[state] == account.number(state), state
        assert account.recipients == sum(states.values())
        assert account.queued == states["queued"] + states["nothing"]

    def come_back(self, address: str) -> None:
        """Subscribe ADDRESS again, and perhaps confirm it."""
        if MailAddress(address).subscriber in self.erased:
            return
        reader = self.bench.subscribe(address, confirm=False)
        if self.chance.random() < 0.7:
            self.bench.subscribers.confirm(reader, f"question-{reader}", self.bench.now)

    def meanwhile(self, odds: float) -> None:
        """Act as others do: a reader leaves or comes back, SES reports on a mail, another sender works."""
        if self.accident(odds):
            self.bench.subscribers.leave(self.chance.choice(self.readers), self.bench.now)
        if self.accident(0.02):
            self.come_back(self.chance.choice(self.addresses))
        if self.events and self.chance.random() < 0.15:
            self.hear()
        if self.waiting and self.accident(odds):
            self.step()

    @contextmanager
    def unkind(self) -> Iterator[None]:
        """Interfere before and after each call to DynamoDB."""
        hooks: list[tuple[str, Callable[..., None]]] = [
            ("before-call.dynamodb", lambda model, **_: self.between_calls(writing=model.name == "TransactWriteItems")),
            ("after-call.dynamodb", lambda **_: self.die_perhaps()),
        ]
        for name, hook in hooks:
            self.bench.dynamodb.meta.events.register(name, hook)
        self.bench.around_sending = self.around_sending
        clients: Any = (self.bench.scheduler, self.bench.s3)
        self.bench.scheduler, self.bench.s3 = (Interrupted(client, self) for client in clients)  # type: ignore[assignment]  # clients all the same
        try:
            yield
        finally:
            for name, hook in hooks:
                self.bench.dynamodb.meta.events.unregister(name, hook)

    def around_sending(self, phase: str) -> None:
        """Interfere before or after a call to a queue, whose adapter translates failures."""
        with service_errors("SendMessage"):
            if phase == "before":
                self.between_calls()
            else:
                self.die_perhaps()

    def die_perhaps(self) -> None:
        """Raise an error, now and then, after a call has taken effect."""
        if not self.looking and self.accident(0.008):
            raise self.chance.choice([Died(), ReadTimeoutError(endpoint_url="https://service")])

    @contextmanager
    def untouched(self) -> Iterator[None]:
        """Suspend all interference while the test itself reads."""
        before, self.looking = self.looking, True
        try:
            yield
        finally:
            self.looking = before

    def issue(self) -> Issue:
        """Return the issue."""
        issue = self.bench.newsletter.issue(ISSUE)
        assert issue
        return issue

    def states(self) -> dict[str, str]:
        """Return the state in the ledger of everybody on a page of the issue."""
        names = [
            (page.shard, number)
            for page in self.bench.newsletter.last_pages(ISSUE)
            for number in range(1, page.number + 1)
        ]
        pages = [self.bench.newsletter.page(ISSUE, f"{shard}-{number:06d}") for shard, number in names]
        frozen = [recipient for page in pages if page for recipient in page.recipients]
        assert len(frozen) == len(set(frozen)) == self.issue().recipients
        states = self.bench.ledger_states(ISSUE, frozen)
        return {recipient: states.get(recipient, "nothing") for recipient in frozen}


@dataclass
class Interrupted:
    """A client around whose calls the WORLD interferes."""

    client: Any
    world: World

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # a boto3 method
        """Return the method NAME, around whose calls the world interferes."""
        method = getattr(self.client, name)

        def call(**arguments: Any) -> Any:  # noqa: ANN401  # as boto3 takes and returns it
            self.world.between_calls()
            answer = method(**arguments)
            self.world.die_perhaps()
            return answer

        return call


@dataclass
class Postman:
    """SES in the WORLD: accepts mails, and sends events later."""

    client: Any
    world: World

    def send_email(self, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401  # as boto3 takes them
        """Accept the mail and answer; or refuse it; or accept it, or not, without an answer."""
        world = self.world
        if world.accident(0.25):
            raise world.chance.choice(NOT_TAKEN)
        silent = world.accident(0.2)
        if silent and world.chance.random() < 0.5:
            raise world.chance.choice(SILENT)
        answer: dict[str, Any] = self.client.send_email(**arguments)
        self._taken({tag["Name"]: tag["Value"] for tag in arguments["EmailTags"]}, answer["MessageId"])
        if silent:
            raise world.chance.choice(SILENT)
        return answer

    def get_account(self) -> dict[str, Any]:
        """Return an empty answer."""
        return {}

    def get_email_identity(self, **_: Any) -> dict[str, bool]:  # noqa: ANN401  # as boto3 takes them
        """Return that the sender is verified; or that it is not, for a moment."""
        return {"VerifiedForSendingStatus": not self.world.accident(0.2)}

    def close(self) -> None:
        """Drop nothing."""

    def _taken(self, tags: dict[str, str], message_id: str) -> None:
        world, reader = self.world, tags["recipient"]
        if "issue" not in tags:
            day = world.bench.now.date()
            world.confirmations[day] += 1
            assert world.confirmations[day] <= world.bench.budget, "more confirmations than the day's budget"
            return
        world.sent[reader] += 1
        world.endings[reader] = world.chance.choice(ENDINGS)
        for state in (DeliveryState.SENT, world.endings[reader]):
            detail = "Permanent" if state is DeliveryState.BOUNCED else ""
            world.events.append(MailEvent(reader, tags["issue"], state, message_id, detail))
        assert 1 == world.sent[reader], "somebody was mailed twice"
        with world.untouched():
            subscriber = world.bench.subscribers.get(reader)
        assert subscriber
        assert subscriber.is_confirmed, "somebody was mailed without their consent"
