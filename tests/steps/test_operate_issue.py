"""The operator stops, resumes, cancels and repairs an issue; the account adds up all the time."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dropcap.aws.subscriber_records import Consent, SubscriberRecords
from dropcap.errors import ConflictError
from dropcap.newsletter.address import MailAddress
from dropcap.newsletter.issue import Issue, IssueState
from dropcap.newsletter.ledger import DeliveryState, LedgerLine
from dropcap.newsletter.mail_event import MailEvent
from dropcap.newsletter.news import issue_of
from dropcap.newsletter_contracts import DeliverBatch, EntryAppeared, FreezeIssue, ReportIssue
from dropcap.site.reports.mail_note import SENT
from dropcap.steps.newsletter.decide_issue import cancel_issue, stop_issue
from dropcap.steps.newsletter.deliver_batch import deliver_batch
from dropcap.steps.newsletter.freeze_issue import freeze_issue
from dropcap.steps.newsletter.open_issue import open_issue
from dropcap.steps.newsletter.page_delivery import Invocation
from dropcap.steps.newsletter.record_mail_event import record_mail_event
from dropcap.steps.newsletter.report_issue import account_of, report_issue
from dropcap.steps.newsletter.send_pages import resend_refused, resume_issue
from support.newsletter_bench import CAUSE, NAPS, NOON, Bench, MoodySes, refusal
from support.newsletter_world import readers_of_one_page

ISSUE = issue_of(NAPS.key)
MINUTE = timedelta(minutes=1)


class OperatorMeanwhile(MoodySes):
    """SES, which refuses the first mail; at the third one the operator sends refused mails again."""

    def __init__(self, client: Any, bench: Bench) -> None:  # noqa: ANN401  # as in MoodySes
        """Take the CLIENT of SES and the BENCH."""
        super().__init__(client, [refusal("MessageRejected")])
        self._bench = bench
        self._calls = 0

    def send_email(self, **arguments: object) -> dict[str, Any]:
        """Send, and let the operator act before the third answer."""
        self._calls += 1
        if self._calls == 3:  # the last of the page
            issue = self._bench.newsletter.issue(ISSUE)
            assert issue
            assert 1 == len(resend_refused(self._bench.paging(), issue))
        return super().send_email(**arguments)


@pytest.fixture
def issue(bench: Bench) -> Issue:
    """Freeze an issue with three recipients on one page."""
    for address in readers_of_one_page(3):
        bench.subscribe(address)
    bench.catalog.publish(NAPS)
    open_issue(bench.opening(), EntryAppeared(NAPS.key, CAUSE), now=NOON)
    bench.now = NOON + timedelta(minutes=15)
    frozen = freeze_issue(bench.freezing(), FreezeIssue(ISSUE, CAUSE), now=bench.now)
    assert frozen
    return frozen


def deliver(bench: Bench) -> list[dict[str, int]]:
    """Deliver every page that is waiting, and those that follow from them."""
    results = []
    while waiting := bench.take("deliveries"):
        for message, delay in waiting:
            bench.now += timedelta(seconds=delay)
            assert isinstance(message, DeliverBatch)
            invocation = Invocation(bench.now, MINUTE, lambda: 40.0)
            results.append(dict(deliver_batch(bench.delivering(), message, invocation)))
    return results


@pytest.mark.usefixtures("issue")
def test_a_stopped_issue_sends_nothing_until_it_is_resumed(bench: Bench) -> None:
    """The state is read on each visit; resuming sends for what is left."""
    stopped = stop_issue(bench.opening(), ISSUE, "a wrong link")
    assert stopped
    assert [{}] == deliver(bench)
    assert (3, 0) == (bench.account_of(ISSUE).queued, len(bench.mails()))
    resumed = resume_issue(bench.paging(), ISSUE)
    assert resumed
    assert (IssueState.DELIVERING, 1) == (resumed[0].state, resumed[1])
    assert [{"sent": 3}] == deliver(bench)
    assert resume_issue(bench.paging(), ISSUE) == (bench.newsletter.issue(ISSUE), 0)


@pytest.mark.usefixtures("issue")
def test_a_cancelled_issue_never_goes_on(bench: Bench) -> None:
    """Not by its messages, not by resuming."""
    assert cancel_issue(bench.opening(), ISSUE, "never mind")
    assert [{}] == deliver(bench)
    assert resume_issue(bench.paging(), ISSUE) is None
    assert [] == bench.mails()


@pytest.mark.usefixtures("issue")
def test_mails_that_ses_refused_are_sent_again(bench: Bench) -> None:
    """And the account says by which code they were refused."""
    bench.mood.faults = [refusal("MessageRejected")]
    deliver(bench)
    account = bench.account_of(ISSUE)
    assert (2, {"MessageRejected": 1}) == (account.accepted, account.reasons(DeliveryState.REFUSED))
    issue = bench.newsletter.issue(ISSUE)
    assert issue
    assert 1 == len(resend_refused(bench.paging(), issue, dry_run=True))
    assert 1 == len(resend_refused(bench.paging(), issue))
    assert [{"sent": 1}] == deliver(bench)
    assert (3, 0) == (bench.account_of(ISSUE).accepted, bench.account_of(ISSUE).queued)
    assert 3 == len({mail["To"] for mail in bench.mails()})


@pytest.mark.usefixtures("issue")
def test_refused_mails_are_sent_again_while_their_page_is_being_delivered(bench: Bench) -> None:
    """The sender who is at the page has passed them, so it must not mark the page done."""
    bench.mood = OperatorMeanwhile(bench.ses, bench)
    while bench.sent["deliveries"]:
        deliver(bench)
    assert (3, 0) == (bench.account_of(ISSUE).accepted, bench.account_of(ISSUE).queued)
    assert 3 == len({mail["To"] for mail in bench.mails()})


@pytest.mark.usefixtures("issue")
def test_an_old_event_does_not_touch_the_mail_that_was_sent_again(bench: Bench) -> None:
    """SES rejects a mail, the operator sends it again, and the event of the first one comes once more."""
    deliver(bench)
    reader = MailAddress(readers_of_one_page(1)[0]).subscriber
    entry = bench.ledger.entries(ISSUE, [reader])[reader]
    rejected = MailEvent(reader, ISSUE, DeliveryState.REFUSED, entry.message_id)
    assert record_mail_event(bench.subscribers, bench.ledger, rejected, now=bench.now)
    issue = bench.newsletter.issue(ISSUE)
    assert issue
    assert [reader] == resend_refused(bench.paging(), issue)
    deliver(bench)
    assert not record_mail_event(bench.subscribers, bench.ledger, rejected, now=bench.now)
    assert [] == resend_refused(bench.paging(), issue)


def test_the_report_counts_what_ses_accepted(bench: Bench, issue: Issue) -> None:
    """Nobody, if SES refused every mail; the last page updates the report."""
    bench.mood.faults = [refusal("MessageRejected")] * 3
    deliver(bench)
    (message,) = [message for message, _ in bench.take("issues") if isinstance(message, ReportIssue)]
    assert report_issue(bench.reporting(), message, now=bench.now)
    note = bench.catalog.mail[NAPS.key]
    assert (SENT, 0, None) == (note.state, note.accepted, note.went_at)
    assert "Its newsletter went to nobody; SES refused the mail to 3." == note.for_people("UTC")
    assert issue.recipients == note.readers


@pytest.mark.usefixtures("issue")
def test_an_erased_subscriber_leaves_the_account_as_it_was(bench: Bench) -> None:
    """Their entry has a random name, and their hash is nowhere."""
    deliver(bench)
    before = bench.account_of(ISSUE)
    address = MailAddress(readers_of_one_page(1)[0])
    records = SubscriberRecords(bench.dynamodb, "subscribers", "newsletter")
    assert 1 == records.erase(address.subscriber, address.inbox)
    assert before == bench.account_of(ISSUE)
    pages = list(bench.newsletter.pages(ISSUE))
    states = bench.ledger_states(ISSUE, [who for page in pages for who in page.recipients])
    assert ["sent"] * 3 == list(states.values())
    for table in ("subscribers", "newsletter"):
        assert address.subscriber not in str(bench.dynamodb.scan(TableName=table)["Items"])


@pytest.mark.usefixtures("issue")
def test_an_issue_whose_pages_keep_no_sums_is_counted_from_its_entries(bench: Bench) -> None:
    """An earlier version froze it; the numbers are the same."""
    assert 3 == account_of(bench.newsletter, bench.ledger, bench.sums, uncounted(bench)).queued
    deliver(bench)
    account = account_of(bench.newsletter, bench.ledger, bench.sums, uncounted(bench))
    assert (bench.account_of(ISSUE), 3) == (account, account.accepted)


def uncounted(bench: Bench) -> Issue:
    """Return the issue as if its pages kept no sums."""
    stored = bench.newsletter.issue(ISSUE)
    assert stored
    return replace(stored, counted=False)


def test_a_sender_that_read_the_page_before_an_erasure_writes_nothing(bench: Bench, issue: Issue) -> None:
    """It visits the page again, and finds the random name, which has left."""
    page = next(iter(bench.newsletter.pages(issue.issue)))
    reader = page.recipients[0]
    line = LedgerLine(issue.issue, reader, page.name, page.generation)
    SubscriberRecords(bench.dynamodb, "subscribers", "newsletter").erase(reader, "")
    assert not bench.ledger.leave_out(line)
    assert [{"left": 1, "sent": 2}] == deliver(bench)
    assert (2, 1) == (bench.account_of(ISSUE).accepted, bench.account_of(ISSUE).number(DeliveryState.LEFT))


def test_an_erasure_deletes_nothing_while_a_mail_is_being_sent(bench: Bench, issue: Issue) -> None:
    """The ledger is looked through before anything is deleted, so that a repeated command finds everything."""
    page = next(iter(bench.newsletter.pages(issue.issue)))
    reader, records = page.recipients[0], SubscriberRecords(bench.dynamodb, "subscribers", "newsletter")
    before = records.record(reader)
    bench.ledger.lease(LedgerLine(issue.issue, reader, page.name, page.generation), "lease", bench.now)
    with pytest.raises(ConflictError, match="is being sent"):
        records.erase(reader, "")
    assert before is not None
    assert before == records.record(reader)


def test_only_a_suppression_survives_an_erasure(bench: Bench) -> None:
    """As a hash with its reason, so that nobody subscribes the address again; of everybody else nothing is left."""
    ada, ben = MailAddress("ada@example.org"), MailAddress("ben@example.org")
    records = SubscriberRecords(bench.dynamodb, "subscribers", "newsletter")
    bench.subscribers.suppress(bench.subscribe(ada.written), "complained", NOON)
    bench.subscribe(ben.written)
    for address in (ada, ben):
        records.erase(address.subscriber, address.inbox)
    record = records.record(ada.subscriber)
    assert {"pk", "sk", "standing", "reason", "changed_at"} == set(record or {})
    assert records.record(ben.subscriber) is None
    bench.subscribe(ada.written, confirm=False)
    assert "suppressed" == (records.record(ada.subscriber) or {})["standing"]
    stored = str(bench.dynamodb.scan(TableName="subscribers")["Items"])
    assert ben.subscriber not in stored
    assert ada.written not in stored


def test_an_import_brings_nobody_back(bench: Bench) -> None:
    """Subscribers who left, are suppressed or exist already stay as they are."""
    bench.subscribers.leave(bench.subscribe("left@example.org"), NOON)
    bench.subscribers.suppress(bench.subscribe("bounced@example.org"), "bounced", NOON)
    bench.subscribe("here@example.org")
    records = SubscriberRecords(bench.dynamodb, "subscribers", "newsletter")
    names = ("left", "bounced", "here", "new")
    added = [
        records.add(MailAddress(f"{name}@example.org"), "t", "q", Consent("ghost", "2024-05-01"), NOON)
        for name in names
    ]
    assert [False, False, False, True] == added
    assert {"confirmed": 2, "suppressed": 1, "unsubscribed": 1} == records.count()


def test_five_soft_bounces_in_a_row_suppress(bench: Bench) -> None:
    """A delivery in between starts the count again, and the same event counts once."""
    ada = bench.subscribe("ada@example.org")
    for day in (1, 1, 2, 3, 4):
        assert not bench.subscribers.soft_bounce(ada, NOON + timedelta(days=day), NOON + timedelta(days=day))
    bench.subscribers.delivered(ada)
    for day in range(5, 9):
        assert not bench.subscribers.soft_bounce(ada, NOON + timedelta(days=day), NOON + timedelta(days=day))
    assert bench.subscribers.soft_bounce(ada, NOON + timedelta(days=9), NOON + timedelta(days=9))
    subscriber = bench.subscribers.get(ada)
    assert subscriber
    assert ("suppressed", "") == (subscriber.standing, subscriber.address)


def test_a_lifted_suppression_is_not_undone_by_an_old_event(bench: Bench) -> None:
    """The operator's decision is later than the complaint; a new complaint counts."""
    ada = bench.subscribe("ada@example.org")
    bench.subscribers.suppress(ada, "complained", NOON)
    assert bench.subscribers.lift_suppression(ada, "Grace", NOON + MINUTE)
    bench.subscribe("ada@example.org", confirm=False)
    bench.subscribers.suppress(ada, "complained", NOON + 2 * MINUTE, reported=NOON)
    subscriber = bench.subscribers.get(ada)
    assert subscriber
    assert "pending" == subscriber.standing
    bench.subscribers.suppress(ada, "complained", NOON + 3 * MINUTE, reported=NOON + 2 * MINUTE)
    assert bench.subscribers.lift_suppression(ada, "Grace", NOON + 4 * MINUTE)
