"""One recipient, one mail, one ledger entry."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from botocore.exceptions import (
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    ReadTimeoutError,
)

from dropcap.aws.ledger import Ledger
from dropcap.aws.table import Table
from dropcap.errors import ContractError, ServiceError
from dropcap.newsletter.issue import IssueState, Page
from dropcap.newsletter.ledger import DeliveryState, LedgerLine
from dropcap.newsletter.news import issue_of
from dropcap.newsletter.outcome import SesAccount
from dropcap.newsletter_contracts import DeliverBatch, EntryAppeared, FreezeIssue
from dropcap.steps.newsletter.deliver_batch import deliver_batch
from dropcap.steps.newsletter.freeze_issue import freeze_issue
from dropcap.steps.newsletter.open_issue import open_issue
from dropcap.steps.newsletter.page_delivery import Invocation
from dropcap.steps.newsletter.send_mails import CALM, UNCLEAR
from support.newsletter_bench import CAUSE, NAPS, NOON, Bench, Died, refusal

ISSUE = issue_of(NAPS.key)
DUE = NOON + timedelta(minutes=15)
MINUTE = timedelta(minutes=1)
READERS = ("ada@example.org", "ben@example.org", "cleo@example.org")
BATCH = DeliverBatch(ISSUE, "a-000001", CAUSE)
LOST = ReadTimeoutError(endpoint_url="https://ses")


@pytest.fixture
def readers(bench: Bench) -> list[str]:
    """Freeze an issue with one page of three readers."""
    hashes = [bench.subscribe(address) for address in READERS]
    frozen_for(bench, hashes)
    return hashes


def frozen_for(bench: Bench, hashes: list[str]) -> None:
    """Freeze an issue whose one page holds HASHES."""
    bench.catalog.publish(NAPS)
    open_issue(bench.opening(), EntryAppeared(NAPS.key, CAUSE), now=NOON)
    freeze_issue(replace(bench.freezing(), pages_at_once=0), FreezeIssue(ISSUE, CAUSE), now=DUE)
    bench.newsletter.write_page(ISSUE, Page.after(None, "a", hashes), CAUSE)
    issue = bench.newsletter.issue(ISSUE)
    assert issue
    bench.newsletter.change(issue, replace(issue, state=IssueState.DELIVERING, recipients=len(hashes), pages=1))
    bench.take("issues")


def deliver(bench: Bench, *, at: datetime = DUE, seconds: Callable[[], float] = lambda: 40.0) -> dict[str, int]:
    """Deliver the page, AT a time, with so many SECONDS left."""
    bench.now = at
    return dict(deliver_batch(bench.delivering(), BATCH, Invocation(at, MINUTE, seconds)))


def line(recipient: str) -> LedgerLine:
    """Return the place of RECIPIENT's entry."""
    return LedgerLine(ISSUE, recipient, BATCH.page)


def states(bench: Bench, hashes: list[str]) -> list[str]:
    """Return what the ledger says of each of HASHES; a dash where it says nothing."""
    states = bench.ledger_states(ISSUE, hashes)
    return [states.get(recipient, "-") for recipient in hashes]


def addressed(bench: Bench) -> list[str]:
    """Return the addresses that mails were sent to, in order."""
    return [str(mail["To"]) for mail in bench.mails()]


def test_every_reader_gets_one_mail(bench: Bench, readers: list[str]) -> None:
    """And the ledger knows of each that SES has it."""
    assert {"sent": 3} == deliver(bench)
    assert list(READERS) == addressed(bench)
    assert ["sent"] * 3 == states(bench, readers)
    assert [] == bench.take("deliveries")


def test_each_mail_has_its_own_way_out(bench: Bench, readers: list[str]) -> None:
    """The link carries the hash and the token that are kept with this subscriber, and no address."""
    deliver(bench)
    for reader, mail in zip(readers, bench.mails(), strict=True):
        subscriber = bench.subscribers.get(reader)
        assert subscriber
        link = f"https://journal.example.org/api/unsubscribe?s={reader}&t={subscriber.token}"
        assert f"<{link}>" == mail["List-Unsubscribe"]
        body = mail.get_body(("plain",))
        assert body
        assert link in body.get_content()


def test_a_page_that_comes_twice_sends_nothing_twice(bench: Bench, readers: list[str]) -> None:
    """Queues deliver at least once; the ledger makes it once."""
    for _ in range(3):
        deliver(bench)
    assert list(READERS) == addressed(bench)
    assert ["sent"] * 3 == states(bench, readers)


def test_who_left_after_the_page_was_frozen_gets_nothing(bench: Bench, readers: list[str]) -> None:
    """Consent is read when the mail is sent; coming back later does not bring back an issue that was left out."""
    bench.subscribers.leave(readers[1], DUE)
    assert {"sent": 2, "left": 1} == deliver(bench)
    bench.subscribe(READERS[1])
    deliver(bench)
    assert [READERS[0], READERS[2]] == addressed(bench)
    assert ["sent", "left", "sent"] == states(bench, readers)


def test_who_leaves_between_the_reading_and_the_lease_gets_nothing(
    bench: Bench, readers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lease is one transaction with the condition that the subscriber is confirmed now."""
    lease = Ledger.lease

    def after_leaving(self: Ledger, line: LedgerLine, *others: object) -> object:
        bench.subscribers.leave(line.recipient, DUE)
        return lease(self, line, *others)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(Ledger, "lease", after_leaving)
    assert {"left": 3} == deliver(bench)
    assert [] == addressed(bench)
    assert ["left"] * 3 == states(bench, readers)


def test_who_left_and_came_back_before_their_turn_gets_the_mail(bench: Bench, readers: list[str]) -> None:
    """The hash survives leaving, and what counts is now."""
    bench.subscribers.leave(readers[0], NOON)
    bench.subscribe("ADA@example.org")
    assert {"sent": 3} == deliver(bench)


@pytest.mark.parametrize(
    "fault",
    [
        refusal("TooManyRequestsException", 429),
        refusal("ThrottlingException"),
        EndpointConnectionError(endpoint_url="https://ses"),
        ConnectTimeoutError(endpoint_url="https://ses"),
    ],
    ids=["too many", "throttled", "no connection", "no connection in time"],
)
def test_a_definite_refusal_releases_the_lease(bench: Bench, readers: list[str], fault: Exception) -> None:
    """The rest of the page comes again as a new message, and everybody gets their one mail."""
    bench.mood.faults = [None, fault]
    assert {"sent": 1} == deliver(bench)
    assert ["sent", "queued", "-"] == states(bench, readers)
    assert [(BATCH, 1)] == bench.take("deliveries")
    assert {"sent": 2} == deliver(bench, at=DUE + MINUTE)
    assert list(READERS) == addressed(bench)


def test_a_spent_day_waits_as_long_as_a_queue_can(bench: Bench, readers: list[str]) -> None:
    """SES uses one code for the second's rate and the day's quota; GetAccount tells them apart."""
    bench.mood.account = {"SendQuota": {"Max24HourSend": 200.0, "SentLast24Hours": 200.0, "MaxSendRate": 1.0}}
    bench.mood.faults = [refusal("TooManyRequestsException", 429)]
    deliver(bench)
    assert [(BATCH, 900)] == bench.take("deliveries")
    assert ["queued", "-", "-"] == states(bench, readers)


@pytest.mark.parametrize("late", [False, True], ids=["not taken", "taken"])
@pytest.mark.parametrize(
    "fault",
    [LOST, ConnectionClosedError(endpoint_url="https://ses"), refusal("InternalFailure", 500)],
    ids=["timeout", "closed", "500"],
)
def test_where_nobody_knows_nobody_guesses(bench: Bench, readers: list[str], fault: Exception, *, late: bool) -> None:
    """Whether SES took the mail or not, it is `unknown`, is never sent again, and does not hold up the others."""
    bench.mood.faults, bench.mood.late = [fault], late
    assert {"unknown": 1, "sent": 2} == deliver(bench)
    deliver(bench, at=DUE + timedelta(hours=1))
    assert ["unknown", "sent", "sent"] == states(bench, readers)
    assert list(READERS if late else READERS[1:]) == addressed(bench)


def many_readers(bench: Bench) -> list[str]:
    """Freeze an issue with one page of eight readers."""
    hashes = [bench.subscribe(f"reader-{number}@example.org") for number in range(8)]
    frozen_for(bench, hashes)
    return hashes


def test_a_failure_of_ses_that_lasts_costs_few_mails(bench: Bench) -> None:
    """After three unknown outcomes in a row the page waits, and its other recipients get their mails later."""
    hashes = many_readers(bench)
    bench.mood.faults = [refusal("InternalServiceErrorException", 500)] * UNCLEAR
    assert {"unknown": UNCLEAR} == deliver(bench)
    assert [(BATCH, CALM)] == bench.take("deliveries")
    assert {"sent": 5} == deliver(bench, at=DUE + timedelta(seconds=CALM))
    assert ["unknown"] * 3 + ["sent"] * 5 == states(bench, hashes)


def test_single_failures_do_not_stop_a_page(bench: Bench) -> None:
    """A mail that is accepted shows that SES works."""
    many_readers(bench)
    bench.mood.faults = [LOST, LOST, None] * 2
    assert {"unknown": 4, "sent": 4} == deliver(bench)


def test_a_refused_mail_is_named_and_the_others_go_on(bench: Bench, readers: list[str]) -> None:
    """SES will not have this one; it does not come again."""
    bench.mood.faults = [refusal("MessageRejected")]
    assert {"refused": 1, "sent": 2} == deliver(bench)
    assert ["refused", "sent", "sent"] == states(bench, readers)


@pytest.mark.parametrize(
    ("fault", "account"),
    [
        (refusal("SendingPausedException"), {}),
        (refusal("AccessDeniedException", 403), {}),
        (NoCredentialsError(), {}),
        (refusal("MessageRejected"), {"ProductionAccessEnabled": False}),
    ],
    ids=["paused", "denied", "no credentials", "sandbox"],
)
def test_a_closed_account_calls_for_the_operator(
    bench: Bench, readers: list[str], fault: Exception, account: dict[str, object]
) -> None:
    """The lease is released and the message ends among the dead letters: nobody is lost when it comes again."""
    bench.mood.faults, bench.mood.account = [fault], account
    with pytest.raises(ServiceError, match="SES accepts no mail"):
        deliver(bench)
    assert ["queued", "-", "-"] == states(bench, readers)
    assert {"sent": 3} == deliver(bench)


def test_a_sender_that_died_leaves_nobody_unnamed(bench: Bench, readers: list[str]) -> None:
    """It is unclear whether it sent the mail, so that is `unknown` once the sender must be dead."""
    bench.mood.faults = [None, Died()]
    with pytest.raises(Died):
        deliver(bench)
    assert ["sent", "sending", "-"] == states(bench, readers)
    assert {"sent": 1} == deliver(bench, at=DUE + timedelta(seconds=30))
    assert ["sent", "sending", "sent"] == states(bench, readers)
    assert [(BATCH, 70)] == bench.take("deliveries")
    assert {"unknown": 1} == deliver(bench, at=DUE + timedelta(seconds=100))
    assert ["sent", "unknown", "sent"] == states(bench, readers)
    assert [READERS[0], READERS[2]] == addressed(bench)


def test_two_senders_share_a_page(bench: Bench, readers: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have read the same page: the sender with the lease sends it, the other checks again later."""
    lease = Ledger.lease

    def beaten(self: Ledger, line: LedgerLine, *others: object) -> object:
        monkeypatch.setattr(Ledger, "lease", lease)
        deliver(bench)
        return lease(self, line, *others)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(Ledger, "lease", beaten)
    assert {} == deliver(bench)
    assert list(READERS) == addressed(bench)
    assert [(BATCH, 70)] == bench.take("deliveries")
    assert ["sent"] * 3 == states(bench, readers)


@pytest.mark.usefixtures("readers")
def test_senders_keep_to_the_rate_of_the_account(bench: Bench) -> None:
    """Each mail waits for its slot, from the first one on."""
    bench.account = SesAccount(rate=2.0, per_day=200.0, sent_today=0.0, may_send=True)
    assert {"sent": 3} == deliver(bench)
    assert DUE + timedelta(seconds=1) == bench.now
    assert list(READERS) == addressed(bench)


@pytest.mark.usefixtures("readers")
def test_a_page_whose_slots_are_reserved_comes_again_for_one_read(bench: Bench) -> None:
    """It waits as a new message, so that no receive is used up, and nothing else is read."""
    bench.account = SesAccount(rate=1.0, per_day=200.0, sent_today=0.0, may_send=True)
    bench.rate.reserve(bench.rate.look(DUE), 30, DUE, timedelta(seconds=60))
    assert {} == deliver(bench)
    assert [(BATCH, 28)] == bench.take("deliveries")
    assert [] == addressed(bench)


def test_a_sender_stops_before_its_time_is_up(bench: Bench, readers: list[str]) -> None:
    """A function that is cut off in the middle of a mail would leave it `unknown`."""
    left = iter([1.0, 1.0, 0.0])
    assert {"sent": 1} == deliver(bench, seconds=lambda: next(left))
    assert [(BATCH, 1)] == bench.take("deliveries")
    assert ["sent", "-", "-"] == states(bench, readers)


def test_connections_of_an_earlier_run_are_dropped(bench: Bench, readers: list[str]) -> None:
    """They may have died while Lambda kept the container frozen, and a mail written to one would be `unknown`."""
    deliver(bench)
    assert 1 == bench.mood.closed
    assert ["sent"] * 3 == states(bench, readers)


def test_an_address_that_is_none_is_refused(bench: Bench) -> None:
    """A value put into the table by hand must not become two recipients, or a header."""
    ada, eve = bench.subscribe("ada@example.org"), bench.subscribe("eve@example.org")
    bench.dynamodb.update_item(
        TableName="subscribers",
        Key={"pk": {"S": f"SHARD#{eve[0]}"}, "sk": {"S": eve}},
        UpdateExpression="SET address = :two",
        ExpressionAttributeValues={":two": {"S": "eve@example.org, mallory@example.org"}},
    )
    frozen_for(bench, [eve, ada])
    assert {"refused": 1, "sent": 1} == deliver(bench)
    assert ["ada@example.org"] == addressed(bench)


def test_an_event_may_be_quicker_than_the_sender(bench: Bench, readers: list[str]) -> None:
    """SES has told of the delivery before the sender could say `sent`: what is known stays known."""
    bench.ledger.lease(line(readers[0]), "claim", DUE)
    bench.ledger.move_on(ISSUE, readers[0], DeliveryState.DELIVERED)
    bench.ledger.settle(line(readers[0]), "claim", DeliveryState.SENT, message_id="m")
    bench.ledger.release(line(readers[0]), "claim")
    assert "delivered" == states(bench, readers)[0]


def test_a_sender_releases_only_its_own_lease(bench: Bench, readers: list[str]) -> None:
    """A sender that was thought dead cannot undo what another sender has leased since."""
    bench.ledger.lease(line(readers[0]), "first", DUE)
    bench.ledger.release(line(readers[0]), "first")
    bench.ledger.lease(line(readers[0]), "second", DUE)
    bench.ledger.release(line(readers[0]), "first")
    assert "sending" == states(bench, readers)[0]


def test_a_page_that_there_is_not_is_for_the_developer(bench: Bench) -> None:
    """Only a fault in the code requests it."""
    with pytest.raises(ContractError, match="no page"):
        deliver(bench)


@pytest.mark.usefixtures("readers")
@pytest.mark.parametrize("gone", ["ISSUE", f"PAGE#{BATCH.page}"])
def test_a_page_without_its_issue_is_one_that_there_is_not(bench: Bench, gone: str) -> None:
    """Nor is there an issue's page that was never written."""
    Table(bench.dynamodb, "newsletter").commit([], [(f"ISSUE#{ISSUE}", gone)])
    with pytest.raises(ContractError, match="no page"):
        deliver(bench)
    assert [] == bench.mails()
