"""When its grace period is over, an issue is frozen."""

import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dropcap.aws.confirmed_index import ConfirmedIndex
from dropcap.aws.letters import Letters
from dropcap.aws.queues import Queue
from dropcap.errors import ServiceError
from dropcap.newsletter.address import SHARDS
from dropcap.newsletter.issue import PAGE_SIZE, Issue, IssueState, Page
from dropcap.newsletter.news import NewsItem, issue_of
from dropcap.newsletter_contracts import DeliverBatch, EntryAppeared, FreezeIssue
from dropcap.site.reports.mail_note import SENDING, WITHDRAWN, MailAccount, MailNote
from dropcap.steps.newsletter.freeze_issue import FreezeTools, freeze_issue
from dropcap.steps.newsletter.open_issue import open_issue
from support.newsletter_bench import CAUSE, NAPS, NOON, Bench

ISSUE = issue_of(NAPS.key)
DUE = NOON + timedelta(minutes=15)


@pytest.fixture(autouse=True)
def waiting(bench: Bench) -> None:
    """Open an issue that waits for the end of its grace period."""
    bench.catalog.publish(NAPS)
    open_issue(bench.opening(), EntryAppeared(NAPS.key, CAUSE), now=NOON)


def freeze(tools: FreezeTools, *, late: int = 0) -> Issue:
    """Freeze the issue, so many minutes LATE."""
    issue = freeze_issue(tools, FreezeIssue(ISSUE, CAUSE), now=DUE + timedelta(minutes=late))
    assert issue
    return issue


def recipients(bench: Bench, names: list[str]) -> list[str]:
    """Return everybody on the pages of those NAMES."""
    return [
        recipient for name in names if (page := bench.newsletter.page(ISSUE, name)) for recipient in page.recipients
    ]


def sent_pages(bench: Bench) -> list[str]:
    """Return the pages that were sent for."""
    return [message.page for message, _ in bench.take("deliveries") if isinstance(message, DeliverBatch)]


def test_everybody_who_is_confirmed_is_on_one_page(bench: Bench) -> None:
    """Two thousand subscribers: the sizes of the pages sum to the account, and nobody is on two."""
    hashes = bench.subscribe_many(2_000)
    issue = freeze(bench.freezing())
    pages = [page.name for page in bench.newsletter.pages(issue.issue)]
    assert (IssueState.DELIVERING, 2_000, len(pages)) == (issue.state, issue.recipients, issue.pages)
    assert [f"{shard}-000001" for shard in SHARDS] == sent_pages(bench)
    assert Counter(hashes) == Counter(recipients(bench, pages))
    assert all(len(recipients(bench, [page])) <= PAGE_SIZE for page in pages)


def test_only_the_confirmed_are_recipients(bench: Bench) -> None:
    """Unconfirmed, unsubscribed and suppressed addresses are on no page."""
    ada = bench.subscribe("ada@example.org")
    bench.subscribe("pending@example.org", confirm=False)
    bench.subscribers.leave(bench.subscribe("left@example.org"), NOON)
    bench.subscribers.suppress(bench.subscribe("bounced@example.org"), "bounced", NOON)
    issue = freeze(bench.freezing())
    assert (1, 1) == (issue.recipients, issue.pages)
    assert [ada] == recipients(bench, sent_pages(bench))


class ReadPartitions:
    """A client that notes the partitions it queries."""

    def __init__(self, client: Any) -> None:  # noqa: ANN401  # a boto3 client, or its stand-in
        """Take the CLIENT to ask."""
        self._client = client
        self.partitions: set[str] = set()

    def query(self, **request: Any) -> Any:  # noqa: ANN401  # as boto3 takes it
        """Note the partition, and query it."""
        self.partitions.add(request["ExpressionAttributeValues"][":pk"]["S"])
        return self._client.query(**request)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # a boto3 method
        """Return the method NAME."""
        return getattr(self._client, name)


def test_only_the_confirmed_are_read(bench: Bench) -> None:
    """Those who wait or have left cost nothing: pages are written from the index of the confirmed alone."""
    ada = bench.subscribe("ada@example.org")
    for number in range(20):
        bench.subscribe(f"waits-{number}@example.org", confirm=False)
        bench.subscribers.leave(bench.subscribe(f"left-{number}@example.org"), NOON)
    client: Any = ReadPartitions(bench.dynamodb)
    confirmed: list[list[str]] = []
    for _ in range(2):  # the first time, a stack of before is searched for whom its index lacks
        client.partitions.clear()
        index = ConfirmedIndex(client, "subscribers")
        confirmed.append([who for shard in SHARDS for who in index.confirmed(shard, after="", most=51, now=NOON)])
    assert [[ada], [ada]] == confirmed
    assert {f"CONFIRMED#{shard}" for shard in SHARDS} == client.partitions


def test_an_issue_without_subscribers_is_done(bench: Bench) -> None:
    """Nobody is written to, and nothing waits."""
    issue = freeze(bench.freezing())
    assert (IssueState.DELIVERING, 0, 0) == (issue.state, issue.recipients, issue.pages)
    assert [] == sent_pages(bench)


def test_an_early_scheduler_comes_again(bench: Bench) -> None:
    """Its clock may be ahead of ours: a second too early means not yet."""
    issue = freeze_issue(bench.freezing(), FreezeIssue(ISSUE, CAUSE), now=DUE - timedelta(seconds=30.5))
    assert issue
    assert IssueState.WAITING == issue.state
    assert [(FreezeIssue(ISSUE, CAUSE), 31)] == bench.take("issues")


@pytest.mark.parametrize("now", [None, NAPS._replace(newsletter=False), NAPS._replace(is_page=True)])
def test_a_post_that_is_no_news_any_more_is_withdrawn(bench: Bench, now: NewsItem | None) -> None:
    """Removed within its grace period, or told not to be mailed; nothing brings the issue back."""
    bench.subscribe("ada@example.org")
    bench.catalog.items = {NAPS.key: now} if now else {}
    assert IssueState.WITHDRAWN == freeze(bench.freezing()).state
    bench.catalog.publish(NAPS)
    assert IssueState.WITHDRAWN == freeze(bench.freezing()).state
    assert [] == sent_pages(bench)


@pytest.mark.parametrize("has_its_own", [False, True])
def test_a_file_renamed_within_its_grace_period_is_mailed_once(bench: Bench, has_its_own: bool) -> None:  # noqa: FBT001  # a parameter
    """Its new name was passed over as the same post, so the issue goes out as what it has become."""
    bench.subscribe("ada@example.org")
    bench.catalog.items = {}
    renamed = NAPS._replace(key="posts/renamed.md", title="Why naps work still", digest="d2", moved_from=NAPS.key)
    bench.catalog.publish(renamed._replace(moved_from="") if has_its_own else renamed, "<p>As ever.</p>")
    bench.catalog.renamed = {NAPS.key: renamed.key}
    open_issue(bench.opening(), EntryAppeared(renamed.key, CAUSE), now=bench.now)
    issue = freeze(bench.freezing())
    if has_its_own:
        assert (IssueState.WITHDRAWN, []) == (issue.state, sent_pages(bench))
    else:
        assert (IssueState.DELIVERING, 1) == (issue.state, issue.recipients)
        assert "Why naps work still" == Letters(bench.s3, "artifacts").get(issue.letter).subject


def test_a_correction_within_the_grace_period_counts(bench: Bench) -> None:
    """The letter is written when the issue is frozen, and from then on it stays as it is."""
    bench.catalog.publish(NAPS._replace(title="Why naps do work", digest="d2"), "<p>Corrected.</p>")
    issue = freeze(bench.freezing())
    bench.catalog.publish(NAPS._replace(title="Too late", digest="d3"), "<p>Too late.</p>")
    assert issue.letter == freeze(bench.freezing()).letter
    letter = Letters(bench.s3, "artifacts").get(issue.letter)
    assert "Why naps do work" == letter.subject
    assert re.search(r'<p(?: style="[^"]*")?>Corrected\.</p>', letter.html)
    assert "\nCorrected.\n" in letter.text


def test_links_in_a_letter_lead_to_the_site(bench: Bench) -> None:
    """A mail stands nowhere, so every link in it is absolute."""
    letter = Letters(bench.s3, "artifacts").get(freeze(bench.freezing()).letter)
    assert 'href="https://journal.example.org/x/"' in letter.html
    assert "\nSleep more.\n\nLinks in this mail:\n\n- more: https://journal.example.org/x/\n" in letter.text
    assert "1 Way" in letter.html
    assert "1 Way" in letter.text


def test_a_message_that_comes_again_sends_nothing_again(bench: Bench) -> None:
    """An issue that is being delivered is left alone, whoever has subscribed meanwhile."""
    bench.subscribe("ada@example.org")
    first = freeze(bench.freezing())
    assert 1 == len(sent_pages(bench))
    bench.subscribe("late@example.org")
    assert first == freeze(bench.freezing(), late=1)
    assert [] == sent_pages(bench)


def test_a_long_list_takes_several_messages(bench: Bench) -> None:
    """The message is sent on after some pages, so that no run is too long; nobody is lost between two runs."""
    hashes = bench.subscribe_many(30)
    tools = replace(bench.freezing(), pages_at_once=5)
    states = [freeze(tools).state]
    while bench.take("issues"):
        states.append(freeze(tools).state)
    assert [IssueState.FREEZING] * 3 + [IssueState.DELIVERING] == states
    assert Counter(hashes) == Counter(recipients(bench, sent_pages(bench)))


def test_pages_are_written_once(bench: Bench) -> None:
    """A subscription or departure between two runs changes no written page, and the account is that of the pages."""
    hashes = bench.subscribe_many(40)
    tools = replace(bench.freezing(), pages_at_once=6)
    freeze(tools)
    for number, reader in enumerate(hashes):
        if number % 3 == 0:
            bench.subscribers.leave(reader, NOON)
        bench.subscribe(f"new-{number}@example.org")
    issue = freeze(bench.freezing())
    frozen = recipients(bench, sent_pages(bench))
    assert issue.recipients == len(frozen) == len(set(frozen))


def test_a_page_that_stands_is_not_written_again(bench: Bench) -> None:
    """Two that write the same page at once: the first one stands, and the second goes on from it."""
    first, second = (Page.after(None, "a", [name * 64]) for name in ("a1", "a2"))
    written = [bench.newsletter.write_page(ISSUE, page, CAUSE) for page in (first, second)]
    assert [first, first] == written
    assert first == bench.newsletter.page(ISSUE, first.name)


def test_a_crash_before_the_last_page_was_sent_for_sends_for_all(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is sent for twice does no harm; one that is not sent for at all would."""
    bench.subscribe("ada@example.org")
    send_all = Queue.send_all

    def crash(*_: object) -> None:
        raise ServiceError

    monkeypatch.setattr(Queue, "send_all", crash)
    with pytest.raises(ServiceError):
        freeze(bench.freezing())
    monkeypatch.setattr(Queue, "send_all", send_all)
    assert IssueState.DELIVERING == freeze(bench.freezing()).state
    assert 1 == len(sent_pages(bench))


def test_two_at_once_freeze_the_same_pages(bench: Bench) -> None:
    """Each finds the pages that the other has written, and goes on behind them."""
    bench.subscribe_many(60)
    tools, other_tools = replace(bench.freezing(), pages_at_once=3), replace(bench.freezing(), pages_at_once=4)
    while freeze(tools).state is IssueState.FREEZING:
        freeze(other_tools)
    issue = freeze(tools)
    assert 60 == issue.recipients
    assert 60 == len(set(recipients(bench, sent_pages(bench))))


def test_the_report_has_the_number_of_recipients(bench: Bench) -> None:
    """And when it went, and nothing about who they are."""
    bench.subscribe_many(3)
    issue = freeze(bench.freezing())
    note = bench.catalog.mail[NAPS.key]
    assert MailNote(SENDING, issue.send_after.isoformat(), readers=3, account=MailAccount(queued=3)) == note


def test_the_report_says_that_the_newsletter_was_cancelled(bench: Bench) -> None:
    """With the reason."""
    del bench.catalog.items[NAPS.key]
    freeze(bench.freezing())
    assert MailNote(WITHDRAWN, reason="it was taken off the site") == bench.catalog.mail[NAPS.key]


def test_an_issue_that_nobody_knows_is_passed_over(bench: Bench) -> None:
    """A schedule may outlive a table that was restored."""
    assert freeze_issue(bench.freezing(), FreezeIssue("0" * 32, CAUSE), now=DUE) is None
