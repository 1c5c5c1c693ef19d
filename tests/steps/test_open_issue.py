"""A post that stands in the lists for the first time opens one issue."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from dropcap.aws.newsletter import Newsletter
from dropcap.contracts import Cause
from dropcap.errors import ConflictError, ServiceError
from dropcap.newsletter.issue import Issue, IssueState
from dropcap.newsletter.news import NewsItem, issue_of
from dropcap.newsletter.opening import Opening, Precedents
from dropcap.newsletter_contracts import EntryAppeared, FreezeIssue
from dropcap.site.reports.mail_note import HELD, PASSED, WAITING, MailNote
from dropcap.steps.newsletter.decide_issue import cancel_issue, hold_issue, release_issue
from dropcap.steps.newsletter.freeze_issue import freeze_issue
from dropcap.steps.newsletter.open_issue import open_issue
from support.newsletter_bench import CAUSE, NAPS, NOON, Bench


def appear(bench: Bench, item: NewsItem = NAPS, cause: Cause = CAUSE) -> Issue:
    """Add ITEM to the lists by the upload of CAUSE, and return its issue."""
    bench.catalog.publish(item)
    issue = open_issue(bench.opening(), EntryAppeared(item.key, cause), now=bench.now)
    assert issue
    return issue


def another(number: int) -> NewsItem:
    """Return a post like no other."""
    return NAPS._replace(key=f"posts/{number}.md", title=f"Title {number}", digest=f"digest-{number}")


def schedules(bench: Bench) -> list[str]:
    """Return the names of the schedules that are set."""
    return [schedule["Name"] for schedule in bench.scheduler.list_schedules(GroupName="issues")["Schedules"]]


def test_an_issue_waits_for_its_grace_period(bench: Bench) -> None:
    """It is written down, and one schedule is set for the time when it is over."""
    issue = appear(bench)
    assert (IssueState.WAITING, NOON + timedelta(minutes=15)) == (issue.state, issue.send_after)
    assert [f"issue-{issue.issue}"] == schedules(bench)
    schedule = bench.scheduler.get_schedule(Name=f"issue-{issue.issue}", GroupName="issues")
    assert "at(2026-11-23T12:15:00)" == schedule["ScheduleExpression"]
    assert FreezeIssue(issue.issue, CAUSE) == FreezeIssue.from_json(schedule["Target"]["Input"])
    assert "DELETE" == schedule["ActionAfterCompletion"]


def test_a_site_may_choose_its_own_grace_period(bench: Bench) -> None:
    """Without one, the message goes into the queue at once."""
    bench.changed(grace_minutes=0)
    issue = appear(bench)
    assert [(FreezeIssue(issue.issue, CAUSE), 0)] == bench.take("issues")
    assert [] == schedules(bench)


def test_the_report_has_the_state_of_the_newsletter(bench: Bench) -> None:
    """When it goes out, or why it does not; the message that comes again tells it to a Catalog that was lost."""
    appear(bench)
    assert MailNote(WAITING, "2026-11-23T12:15:00+00:00") == bench.catalog.mail.pop(NAPS.key)
    appear(bench)
    assert MailNote(WAITING, "2026-11-23T12:15:00+00:00") == bench.catalog.mail[NAPS.key]
    appear(bench, another(1)._replace(newsletter=False))
    assert MailNote(PASSED, reason="its front matter says `newsletter: false`") == bench.catalog.mail["posts/1.md"]
    copy_issue = appear(bench, NAPS._replace(key="posts/copy.md"))
    assert MailNote(HELD, reason=copy_issue.reason) == bench.catalog.mail["posts/copy.md"]
    release_issue(bench.opening(), copy_issue.issue, now=bench.now)
    assert MailNote(WAITING, bench.now.isoformat()) == bench.catalog.mail["posts/copy.md"]


def test_a_message_that_comes_again_opens_no_second_issue(bench: Bench) -> None:
    """The schedule is set again, which changes nothing."""
    first = appear(bench)
    bench.now += timedelta(minutes=5)
    again = appear(bench, NAPS._replace(title="Another title"))
    assert (first.opened_at, "Why naps work") == (again.opened_at, again.title)
    assert 1 == len(schedules(bench))


def test_what_is_not_news_is_passed_over_without_a_look_at_other_issues(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An import has a thousand old posts; a message that comes again finds that there is an issue, and reads it."""
    looked: list[str] = []
    precedents = Newsletter.precedents

    def look(self: Newsletter, issue: str, similarity_keys: Mapping[str, str]) -> Precedents:
        looked.append(issue)
        return precedents(self, issue, similarity_keys)

    monkeypatch.setattr(Newsletter, "precedents", look)
    old = NAPS._replace(key="posts/old.md", date=NOON - timedelta(days=3_000))
    first = appear(bench, old)
    assert (IssueState.PASSED, []) == (first.state, looked)
    bench.now += timedelta(minutes=5)
    assert first.opened_at == appear(bench, old).opened_at
    assert [issue_of(old.key)] == looked


def test_a_crash_before_the_schedule_is_made_good_by_the_next_try(bench: Bench) -> None:
    """The issue is there, the schedule is not: the same message sets it."""
    issue = appear(bench)
    bench.scheduler.delete_schedule(Name=f"issue-{issue.issue}", GroupName="issues")
    assert [] == schedules(bench)
    appear(bench)
    assert [f"issue-{issue.issue}"] == schedules(bench)


LATER = Cause(NAPS.key, "etag-2", (NOON + timedelta(minutes=30)).isoformat())
"""The cause of a later upload."""


def withdrawn(bench: Bench) -> Issue:
    """Open an issue of NAPS, take the post off the site, and let its grace period end."""
    issue = appear(bench)
    del bench.catalog.items[NAPS.key]
    bench.now = NOON + timedelta(minutes=20)
    ended = freeze_issue(bench.freezing(), FreezeIssue(issue.issue, CAUSE), now=bench.now)
    assert ended
    assert IssueState.WITHDRAWN == ended.state
    return ended


def test_a_withdrawn_post_that_is_published_again_gets_its_newsletter(bench: Bench) -> None:
    """No mail of the issue has gone out, so it opens again, with a grace period of its own."""
    withdrawn(bench)
    again = appear(bench, NAPS, LATER)
    assert (IssueState.WAITING, bench.now + timedelta(minutes=15)) == (again.state, again.send_after)
    assert MailNote(WAITING, again.send_after.isoformat()) == bench.catalog.mail[NAPS.key]


def test_a_message_that_comes_again_does_not_open_a_withdrawn_issue(bench: Bench) -> None:
    """It tells of the same upload as before."""
    withdrawn(bench)
    assert IssueState.WITHDRAWN == appear(bench).state


def test_a_post_that_comes_back_while_the_freeze_looks_is_not_withdrawn(bench: Bench) -> None:
    """The freeze has seen the post gone; the issue has changed since, so it looks again."""
    waiting = appear(bench)
    bench.now += timedelta(minutes=20)
    appear(bench, NAPS, LATER)
    with pytest.raises(ConflictError):
        bench.newsletter.change(waiting, replace(waiting, state=IssueState.WITHDRAWN))
    frozen = freeze_issue(bench.freezing(), FreezeIssue(waiting.issue, CAUSE), now=bench.now)
    assert frozen
    assert IssueState.DELIVERING == frozen.state


def test_an_issue_that_was_mailed_never_opens_again(bench: Bench) -> None:
    """Not even if its post is removed and published again."""
    issue = appear(bench)
    freeze_issue(bench.freezing(), FreezeIssue(issue.issue, CAUSE), now=issue.send_after)
    assert IssueState.DELIVERING == appear(bench, NAPS, LATER).state


def test_a_withdrawn_issue_stands_in_nobodys_way(bench: Bench) -> None:
    """Another post with the same text is news; when the first one comes back, a person looks."""
    withdrawn(bench)
    copy = appear(bench, NAPS._replace(key="posts/copy.md"))
    assert IssueState.WAITING == copy.state
    assert IssueState.HELD == appear(bench, NAPS, LATER).state


def test_a_post_that_was_no_news_may_become_it_by_a_later_upload(bench: Bench) -> None:
    """Dated anew, or with `newsletter: true`; the same message again changes nothing."""
    old = NAPS._replace(date=NOON - timedelta(days=400))
    assert IssueState.PASSED == appear(bench, old).state
    assert IssueState.PASSED == appear(bench, NAPS).state
    assert IssueState.WAITING == appear(bench, NAPS, LATER).state


def rebuilt(item: NewsItem, uploaded: datetime, minutes: int) -> tuple[NewsItem, Cause]:
    """Return ITEM as UPLOADED at that time, and the cause of a rebuild so many MINUTES after noon."""
    return item._replace(uploaded=uploaded), Cause("site.yaml", "", (NOON + timedelta(minutes=minutes)).isoformat())


def test_a_rebuilt_catalog_opens_no_issue_that_was_held_or_passed(bench: Bench) -> None:
    """Every post appears anew and the pace is free again, but nobody has uploaded anything."""
    items = [another(number)._replace(uploaded=NOON) for number in range(4)]
    old = another(9)._replace(date=NOON - timedelta(days=400), newsletter=True, uploaded=NOON - timedelta(days=2))
    states = [appear(bench, item).state for item in (*items, old)]
    assert [*[IssueState.WAITING] * 3, IssueState.HELD, IssueState.PASSED] == states
    bench.now += timedelta(hours=2)
    again = [appear(bench, *rebuilt(item, item.uploaded or NOON, 120)).state for item in (*items, old)]
    assert states == again


def test_held_issues_in_a_rebuilt_catalog_do_not_hold_one_that_waits(bench: Bench) -> None:
    """An upgrade empties the Catalog, a grace period ends meanwhile, and three held issues appear first.

    Reopened, they would take the three places of the hour, and the issue that waited would be held for its pace.
    """
    on_hold = [another(number)._replace(uploaded=NOON) for number in range(6)][3:]
    states = [appear(bench, another(number)._replace(uploaded=NOON)).state for number in range(6)]
    assert [IssueState.HELD] * 3 == states[3:]
    bench.now += timedelta(hours=2)
    item = NAPS._replace(uploaded=bench.now)
    waiting = appear(bench, *rebuilt(item, bench.now, 120))
    assert IssueState.WAITING == waiting.state
    bench.catalog.items.clear()
    bench.now += timedelta(minutes=15)
    ended = freeze_issue(bench.freezing(), FreezeIssue(waiting.issue, waiting.cause), now=bench.now)
    assert ended
    assert IssueState.WITHDRAWN == ended.state
    assert [IssueState.HELD] * 3 == [appear(bench, *rebuilt(held, NOON, 136)).state for held in on_hold]
    assert IssueState.WAITING == appear(bench, *rebuilt(item, item.uploaded or NOON, 136)).state


def test_a_held_issue_opens_again_by_a_later_version_of_its_post(bench: Bench) -> None:
    """Its author has changed it; the limits of then are judged anew."""
    for number in range(3):
        appear(bench, another(number))
    item = another(3)._replace(uploaded=NOON)
    assert IssueState.HELD == appear(bench, item).state
    bench.now += timedelta(hours=2)
    assert IssueState.WAITING == appear(bench, *rebuilt(item, bench.now, 120)).state


def test_an_issue_of_before_is_compared_by_the_time_of_its_upload(bench: Bench) -> None:
    """Items of an earlier version do not say when the version was uploaded that was judged."""
    old = NAPS._replace(date=NOON - timedelta(days=400))
    issue = bench.newsletter.issue(appear(bench, old).issue)
    assert issue
    bench.newsletter.change(issue, replace(issue, uploaded=None))
    assert IssueState.PASSED == appear(bench, *rebuilt(NAPS, NOON, 30)).state
    assert IssueState.WAITING == appear(bench, *rebuilt(NAPS, NOON + timedelta(minutes=20), 30)).state


def test_an_issue_that_opens_again_does_not_count_twice(bench: Bench) -> None:
    """A post that is withdrawn and published again within the hour takes one of the three places, not two."""
    withdrawn(bench)
    appear(bench, another(1))
    assert IssueState.WAITING == appear(bench, NAPS, LATER).state
    assert IssueState.WAITING == appear(bench, another(2)).state
    assert IssueState.HELD == appear(bench, another(3)).state


def test_a_released_issue_whose_post_is_withdrawn_opens_again_too(bench: Bench) -> None:
    """The operator wanted it to go out; a later upload brings it back."""
    issue = appear(bench)
    assert hold_issue(bench.opening(), issue.issue, "wait")
    assert release_issue(bench.opening(), issue.issue, now=NOON)
    del bench.catalog.items[NAPS.key]
    ended = freeze_issue(bench.freezing(), FreezeIssue(issue.issue, CAUSE), now=NOON)
    assert ended
    assert IssueState.WITHDRAWN == ended.state
    assert IssueState.WAITING == appear(bench, NAPS, LATER).state


def test_a_folder_that_asks_for_newsletters_everywhere_mails_one_a_day(bench: Bench) -> None:
    """`newsletter: true` overrides the age of a post; the second within a day waits for the operator."""
    old = [another(number)._replace(date=NOON - timedelta(days=400), newsletter=True) for number in range(4)]
    states = [appear(bench, item).state for item in old[:3]]
    assert [IssueState.WAITING, IssueState.HELD, IssueState.HELD] == states
    bench.now += timedelta(days=1)
    assert IssueState.WAITING == appear(bench, old[3]).state


def test_an_upload_from_before_the_newsletter_began_asks_for_nothing(bench: Bench) -> None:
    """It did not know that there would be one."""
    before = Cause(NAPS.key, "etag", (NOON - timedelta(days=2)).isoformat())
    old = NAPS._replace(date=NOON - timedelta(days=400), newsletter=True)
    assert IssueState.PASSED == appear(bench, old, before).state


def test_the_operator_releases_what_was_passed_over(bench: Bench) -> None:
    """Any issue before it is frozen; one whose post is gone is not released."""
    passed = appear(bench, NAPS._replace(date=NOON - timedelta(days=400)))
    released = release_issue(bench.opening(), passed.issue, now=NOON)
    assert released
    assert (IssueState.WAITING, NOON) == (released.state, released.send_after)
    gone = withdrawn_other(bench)
    assert release_issue(bench.opening(), gone.issue, now=NOON) is None


@pytest.mark.parametrize("item", [NAPS._replace(newsletter=False), NAPS._replace(is_page=True)], ids=["no", "page"])
def test_what_the_operator_releases_goes_out_whatever_the_post_says(bench: Bench, item: NewsItem) -> None:
    """The command has said that the issue is being sent; only a post that is gone is not."""
    passed = appear(bench, item)
    assert IssueState.PASSED == passed.state
    assert release_issue(bench.opening(), passed.issue, now=NOON)
    frozen = freeze_issue(bench.freezing(), FreezeIssue(passed.issue, CAUSE), now=NOON)
    assert frozen
    assert IssueState.DELIVERING == frozen.state


def test_the_operator_releases_a_withdrawn_issue_whose_post_is_back(bench: Bench) -> None:
    """Without an upload, as after a restore of the Catalog."""
    issue = withdrawn(bench)
    bench.catalog.publish(NAPS)
    released = release_issue(bench.opening(), issue.issue, now=bench.now)
    assert released
    assert (IssueState.WAITING, bench.now) == (released.state, released.send_after)


def withdrawn_other(bench: Bench) -> Issue:
    """Withdraw the issue of another post."""
    issue = appear(bench, another(7))
    del bench.catalog.items["posts/7.md"]
    ended = freeze_issue(bench.freezing(), FreezeIssue(issue.issue, CAUSE), now=issue.send_after)
    assert ended
    return ended


def test_a_later_upload_does_not_undo_what_the_operator_decided(bench: Bench) -> None:
    """Held or cancelled by hand."""
    issue = appear(bench)
    on_hold = hold_issue(bench.opening(), issue.issue, "a typing error in the title")
    assert on_hold
    assert IssueState.HELD == appear(bench, NAPS, LATER).state
    assert [issue.issue] == [waiting.issue for waiting in bench.newsletter.held_issues()]
    assert cancel_issue(bench.opening(), issue.issue, "never mind")
    assert IssueState.CANCELLED == appear(bench, NAPS, LATER).state
    assert [] == bench.newsletter.held_issues()
    assert release_issue(bench.opening(), issue.issue, now=NOON) is None


def test_a_post_that_is_gone_already_leaves_nothing(bench: Bench) -> None:
    """If it comes back, it appears again."""
    assert open_issue(bench.opening(), EntryAppeared("posts/gone.md", CAUSE), now=bench.now) is None
    assert bench.newsletter.issue(issue_of("posts/gone.md")) is None


@pytest.mark.parametrize(
    "copy",
    [
        NAPS._replace(key="posts/copy.md", title="Else"),
        NAPS._replace(key="posts/copy.md", digest="else"),
    ],
    ids=["text", "title and date"],
)
def test_a_post_like_an_issue_before_is_held(bench: Bench, copy: NewsItem) -> None:
    """A person looks whether it is the same."""
    first = appear(bench, NAPS._replace(identity="n1"))
    copy_issue = appear(bench, copy)
    assert (IssueState.HELD, True) == (copy_issue.state, first.key in copy_issue.reason)
    assert [copy_issue.issue] == [issue.issue for issue in bench.newsletter.held_issues()]
    assert 1 == len(schedules(bench))


@pytest.mark.parametrize(
    "renamed",
    [
        NAPS._replace(key="posts/new.md", title="Else", identity="n1", digest="else"),
        NAPS._replace(key="posts/new.md", title="Else", fingerprint="w1", digest="else"),
        NAPS._replace(key="posts/new.md", title="Else", digest="else", moved_from=NAPS.key),
    ],
    ids=["id", "words", "moved"],
)
def test_a_renamed_file_is_no_news_and_nobody_has_to_look(bench: Bench, renamed: NewsItem) -> None:
    """Its readers have the mail already, or will have it under the name of before."""
    appear(bench, NAPS._replace(identity="n1", fingerprint="w1"))
    passed = appear(bench, renamed)
    assert (IssueState.PASSED, True) == (passed.state, NAPS.key in passed.reason)
    assert [] == bench.newsletter.held_issues()
    assert 1 == len(schedules(bench))


def test_the_fourth_issue_within_an_hour_is_held(bench: Bench) -> None:
    """An import with today's dates mails three times at most; after the hour it may go on."""
    assert [IssueState.WAITING] * 3 == [appear(bench, another(number)).state for number in range(3)]
    assert IssueState.HELD == appear(bench, another(3)).state
    bench.now += timedelta(hours=1)
    assert IssueState.WAITING == appear(bench, another(4)).state


def test_the_operator_lets_a_held_issue_go(bench: Bench) -> None:
    """It is frozen at once, and off the list of what is held; a second time changes nothing."""
    appear(bench)
    copy_issue = appear(bench, NAPS._replace(key="posts/copy.md"))
    for _ in range(2):
        released = release_issue(bench.opening(), copy_issue.issue, now=bench.now)
        assert released
        assert IssueState.WAITING == released.state
    assert [(FreezeIssue(copy_issue.issue, CAUSE), 0)] * 2 == bench.take("issues")
    assert [] == bench.newsletter.held_issues()


def test_two_issues_at_once_are_counted_one_after_the_other(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second to commit reads again, and sees the count of the first."""
    opened = Newsletter.open

    def beaten(self: Newsletter, opening: Opening, before: Precedents) -> None:
        monkeypatch.setattr(Newsletter, "open", opened)
        appear(bench, NAPS._replace(key="posts/quicker.md"))
        opened(self, opening, before)

    monkeypatch.setattr(Newsletter, "open", beaten)
    assert IssueState.HELD == appear(bench).state


def test_a_crowd_of_issues_is_tried_again_later(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """After some rounds the message comes again, rather than a wrong count."""

    def conflict(*_: object) -> None:
        raise ConflictError

    monkeypatch.setattr(Newsletter, "open", conflict)
    with pytest.raises(ServiceError, match="kept being opened"):
        appear(bench)


def test_the_newsletter_begins_with_its_table(bench: Bench) -> None:
    """If the operator chose no day, it is the one on which the stack was deployed."""
    began = bench.newsletter.began_at()
    bench.now = began + timedelta(days=1)
    tools = replace(bench.opening(), since=None)
    for number, days in enumerate((0, -1)):
        bench.catalog.publish(another(number)._replace(date=began + timedelta(days=days)))
    states = [open_issue(tools, EntryAppeared(f"posts/{number}.md", CAUSE), now=bench.now) for number in (0, 1)]
    assert [IssueState.WAITING, IssueState.PASSED] == [issue.state for issue in states if issue]
