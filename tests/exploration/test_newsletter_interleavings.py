"""Two functions work on one recipient, address or issue at once: every interleaving with up to two preemptions."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from functools import cache
from random import Random

import pytest

from dropcap.aws.ledger import Ledger
from dropcap.aws.subscriber_records import SubscriberRecords
from dropcap.contracts import Cause
from dropcap.errors import ServiceError
from dropcap.newsletter.address import MailAddress
from dropcap.newsletter.issue import IssueState
from dropcap.newsletter.ledger import DeliveryState
from dropcap.newsletter.mail_event import MailEvent
from dropcap.newsletter.news import issue_of
from dropcap.newsletter.web import WebRequest
from dropcap.newsletter_contracts import DeliverBatch, EntryAppeared, FreezeIssue, SendConfirmation
from dropcap.steps.newsletter.decide_issue import stop_issue
from dropcap.steps.newsletter.deliver_batch import deliver_batch
from dropcap.steps.newsletter.freeze_issue import freeze_issue
from dropcap.steps.newsletter.open_issue import open_issue
from dropcap.steps.newsletter.page_delivery import Invocation
from dropcap.steps.newsletter.record_mail_event import record_mail_event
from dropcap.steps.newsletter.send_confirmation import send_confirmation
from dropcap.steps.newsletter.send_pages import resend_refused, resume_issue
from dropcap.steps.newsletter.subscribe import respond
from support.exploration import EXPLORED, seed, takes_all
from support.fast_services import FastMail
from support.mutations import Mutation, mutated
from support.newsletter_bench import CAUSE, NAPS, NOON, Bench, MoodySes, bench_in_memory, refusal
from support.preemption import Turns, schedules

ISSUE = issue_of(NAPS.key)
ADA, BEN = (MailAddress(f"{name}@example.org") for name in ("ada", "ben"))
LATER = Cause(NAPS.key, "etag-2", (NOON + timedelta(minutes=30)).isoformat())
TIMEOUT = timedelta(minutes=1)
SOME = 12
"""So many schedules of each number of preemptions of each pair in CI; all of them where everything is explored."""

Act = Callable[[Bench], object]


def pages(bench: Bench) -> list[DeliverBatch]:
    """Return the pages of the issue."""
    return [DeliverBatch(ISSUE, page.name, CAUSE) for page in bench.newsletter.pages(ISSUE)]


def deliver(bench: Bench) -> None:
    """Visit every page once."""
    for batch in pages(bench):
        deliver_batch(bench.delivering(), batch, Invocation(bench.now, TIMEOUT, lambda: 40.0))


def post(bench: Bench, action: str, **fields: str) -> None:
    """Send a form to the API."""
    respond(bench.api(), WebRequest("POST", f"/api/{action}", fields), now=bench.now)


def leave(bench: Bench) -> None:
    """Unsubscribe Ada by her link."""
    ada = bench.subscribers.get(ADA.subscriber)
    post(bench, "unsubscribe", s=ADA.subscriber, t=ada.token if ada else "")


def confirm(bench: Bench) -> None:
    """Confirm Ada by her link."""
    post(bench, "confirm", s=ADA.subscriber, t=f"question-{ADA.subscriber}")


def complain(bench: Bench) -> None:
    """Record a complaint of Ada."""
    event = MailEvent(ADA.subscriber, ISSUE, DeliveryState.COMPLAINED, "message-1", at=bench.now)
    record_mail_event(bench.subscribers, bench.ledger, event, now=bench.now)


def send_refused_again(bench: Bench) -> None:
    """Queue the refused mails again."""
    issue = bench.newsletter.issue(ISSUE)
    assert issue
    resend_refused(bench.paging(), issue)


def ask(bench: Bench) -> None:
    """Send Ada's confirmation mail."""
    send_confirmation(bench.confirming(), SendConfirmation(ADA.subscriber, CAUSE), now=bench.now)


def freeze(bench: Bench) -> None:
    """Freeze the issue."""
    freeze_issue(bench.freezing(), FreezeIssue(ISSUE, CAUSE), now=bench.now)


def appear_again(bench: Bench) -> None:
    """Make the post appear by a later upload."""
    open_issue(bench.opening(), EntryAppeared(NAPS.key, LATER), now=bench.now)


@cache
def frozen() -> Bench:
    """Return a bench whose issue goes to Ada and Ben."""
    bench = waiting()
    freeze(bench)
    bench.take("deliveries")
    return bench


def waiting() -> Bench:
    """Return a bench whose issue is due."""
    bench = bench_in_memory()
    for address in (ADA, BEN):
        bench.subscribe(address.written)
    bench.catalog.publish(NAPS)
    open_issue(bench.opening(), EntryAppeared(NAPS.key, CAUSE), now=NOON)
    bench.now = NOON + timedelta(minutes=31)
    return bench


@cache
def waiting_once() -> Bench:
    """Return such a bench, made once."""
    return waiting()


@cache
def refused() -> Bench:
    """Return a bench on which SES has refused both mails."""
    bench = fresh(frozen())
    bench.mood = MoodySes(bench.ses, [refusal("MessageRejected")] * 2)
    deliver(bench)
    bench.take("deliveries")
    return bench


@cache
def pending() -> Bench:
    """Return a bench on which Ada has asked to subscribe."""
    bench = bench_in_memory()
    bench.subscribe(ADA.written, confirm=False)
    return bench


def fresh(bench: Bench) -> Bench:
    """Return a copy of BENCH with services of its own."""
    ses = FastMail()
    own = {"dynamodb": deepcopy(bench.dynamodb), "sent": deepcopy(bench.sent), "ses": ses, "mood": MoodySes(ses)}
    return replace(bench, **own, scheduler=deepcopy(bench.scheduler))  # type: ignore[arg-type]  # the stand-ins


def erase(bench: Bench) -> None:
    """Erase Ada."""
    SubscriberRecords(bench.dynamodb, "subscribers", "newsletter").erase(ADA.subscriber, ADA.inbox)


PAIRS: Mapping[str, tuple[Callable[[], Bench], Act, Act]] = {
    "two senders at one page": (frozen, deliver, deliver),
    "a sender and a reader who leaves": (frozen, deliver, leave),
    "a sender and a complaint": (frozen, deliver, complain),
    "a sender and an erasure": (frozen, deliver, erase),
    "a sender and a stop": (frozen, deliver, lambda bench: stop_issue(bench.opening(), ISSUE, "odd")),
    "a sender and refused mails sent again": (refused, deliver, send_refused_again),
    "two commands that send refused mails again": (refused, send_refused_again, send_refused_again),
    "a freeze and a later upload": (waiting_once, freeze, appear_again),
    "two freezes": (waiting_once, freeze, freeze),
    "two confirmation mails": (pending, ask, ask),
    "confirming and leaving": (pending, confirm, leave),
    "confirming and a complaint": (pending, confirm, complain),
    "confirming and subscribing again": (pending, confirm, lambda bench: post(bench, "subscribe", email=ADA.written)),
    "leaving and subscribing again": (pending, leave, lambda bench: post(bench, "subscribe", email=ADA.written)),
}


def rest(bench: Bench) -> None:
    """Process everything that waits, and resume the issue as the operator."""
    for _ in range(4):
        bench.now += timedelta(minutes=10)
        issue = bench.newsletter.issue(ISSUE)
        if issue and issue.state is IssueState.WAITING:
            freeze(bench)
        resume_issue(bench.paging(), ISSUE)
        for message, _ in bench.take("deliveries"):
            assert isinstance(message, DeliverBatch)
            deliver_batch(bench.delivering(), message, Invocation(bench.now, TIMEOUT, lambda: 40.0))


def check_end(bench: Bench) -> None:
    """Check mails, account and index at rest."""
    mails = [str(mail["To"]) for mail in bench.mails()]
    assert len(mails) == len(set(mails)), "somebody was mailed twice"
    issue = bench.newsletter.issue(ISSUE)
    if issue and issue.recipients:
        account = bench.account_of(ISSUE)
        names = [name for page in bench.newsletter.pages(ISSUE) for name in page.recipients]
        states = bench.ledger_states(ISSUE, names)
        assert (account.recipients, 0, 0) == (len(states), account.queued, account.number(DeliveryState.SENDING))
        for state in DeliveryState:
            assert list(states.values()).count(state) == account.number(state)
    items = bench.dynamodb.scan(TableName="subscribers")["Items"]
    confirmed = {item["sk"]["S"] for item in items if item.get("standing", {}).get("S") == "confirmed"}
    index = {item["sk"]["S"] for item in items if item["pk"]["S"].startswith("CONFIRMED#")} - {"!"}
    assert confirmed == index


def played(name: str, switches: tuple[int, ...]) -> int:
    """Play the pair NAME with these SWITCHES, check the end, and return the number of calls."""
    base, first, second = PAIRS[name]
    bench = fresh(base())
    turns = Turns((lambda: first(bench), lambda: second(bench)), switches)
    hook = lambda **_: turns.call()  # noqa: E731
    bench.dynamodb.meta.events.register("before-call.dynamodb", hook)
    turns.play()
    bench.dynamodb.meta.events.unregister("before-call.dynamodb", hook)
    unexpected = [error for error in turns.errors if not isinstance(error, ServiceError)]
    assert [] == unexpected
    rest(bench)
    check_end(bench)
    return turns.calls


def sample(every: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Return a few schedules of each number of preemptions, others every day."""
    chance = Random(seed())  # noqa: S311  # chance, not secrecy
    by_number = [[switches for switches in every if len(switches) == number] for number in (1, 2)]
    return [switches for some in by_number for switches in chance.sample(some, min(SOME, len(some)))]


@pytest.mark.parametrize("name", PAIRS)
def test_every_interleaving_ends_well(name: str, record_property: Callable[[str, object], None]) -> None:
    """A function that meets a conflict fails with an error that brings its message again."""
    calls = played(name, ())
    every = list(schedules(calls, 2))
    chosen = every if takes_all() else sample(every)
    record_property(EXPLORED, f"{name}: {len(chosen)} of {len(every)} schedules")
    for switches in chosen:
        try:
            played(name, switches)
        except AssertionError as error:
            error.add_note(f"{name}, switching at {switches}")
            raise


def test_a_sender_that_takes_what_another_has_taken_is_found() -> None:
    """Without its condition on the entry, two senders at one page mail somebody twice."""
    condition = '"ConditionExpression": where'
    always = Mutation(
        Ledger, "_move", condition, f'{condition} if where is not NOT_LEASED else where + " OR attribute_exists(#pk)"'
    )
    with mutated(always):
        assert any(ends_badly(switches) for switches in schedules(60, 1) if switches)


def ends_badly(switches: tuple[int, ...]) -> str:
    """Return the assertion that fails when two senders switch at SWITCHES; empty if none does."""
    try:
        played("two senders at one page", switches)
    except AssertionError as error:
        return str(error) or "it fails"
    return ""
