"""The operator decides about an issue: release, hold, stop, resume, cancel. Each may be repeated."""

from dataclasses import replace
from datetime import datetime
from typing import Protocol

from dropcap.aws.newsletter import Newsletter
from dropcap.aws.queues import Queue
from dropcap.newsletter.issue import BEFORE_FREEZING, SENDING, Issue, IssueState
from dropcap.newsletter.news import similarity_keys
from dropcap.newsletter_contracts import FreezeIssue
from dropcap.steps.newsletter.issue_notes import NewsCatalog, update_mail_note
from dropcap.steps.newsletter.open_issue import write_opening


class ReleaseTools(Protocol):
    """The collaborators of releasing an issue."""

    @property
    def catalog(self) -> NewsCatalog:
        """The Catalog, where a report finds the note on a post's newsletter."""

    @property
    def newsletter(self) -> Newsletter:
        """The newsletter's table."""

    @property
    def queue(self) -> Queue:
        """The queue of messages about issues."""


def release_issue(tools: ReleaseTools, name: str, *, now: datetime) -> Issue | None:
    """Release the issue NAME, whatever held it back; it is sent at once.

    Return None where there is none of that name, it is frozen or cancelled, or its post is gone. Raises ConflictError
    where the issue changes at the same time.
    """
    issue = tools.newsletter.issue(name)
    if issue is None or issue.state not in BEFORE_FREEZING:
        return None
    released = _released(tools, issue, now)
    if released is None:
        return None
    tools.queue.send(FreezeIssue(released.issue, released.cause))
    update_mail_note(tools.catalog, released)
    return released


def _released(tools: ReleaseTools, issue: Issue, now: datetime) -> Issue | None:
    due = replace(issue, state=IssueState.WAITING, send_after=now, by_operator=True)
    if issue.state is IssueState.WAITING and issue.send_after <= now:
        return issue
    if issue.state in {IssueState.HELD, IssueState.WAITING}:
        return tools.newsletter.change(issue, due)
    item = tools.catalog.news(issue.key)
    if item is None:
        return None
    precedents = tools.newsletter.precedents(issue.issue, similarity_keys(item))
    return write_opening(tools.newsletter, item, replace(precedents, issue=issue), replace(due, token=""), now)


def hold_issue(tools: ReleaseTools, name: str, reason: str) -> Issue | None:
    """Put the issue NAME on hold for REASON until the operator releases it; return None where it does not wait."""
    return _changed(tools, name, frozenset({IssueState.WAITING}), IssueState.HELD, reason)


def cancel_issue(tools: ReleaseTools, name: str, reason: str) -> Issue | None:
    """End the issue NAME for REASON: no more mail of it goes out. Return None where there is none, or it has ended."""
    return _changed(tools, name, frozenset(set(IssueState) - {IssueState.CANCELLED}), IssueState.CANCELLED, reason)


def stop_issue(tools: ReleaseTools, name: str, reason: str) -> Issue | None:
    """Stop the delivery of the issue NAME for REASON, within one page; return None where none is going on."""
    return _changed(tools, name, SENDING, IssueState.STOPPED, reason)


def _changed(tools: ReleaseTools, name: str, from_: frozenset[IssueState], to: IssueState, reason: str) -> Issue | None:
    issue = tools.newsletter.issue(name)
    if issue is None or issue.state not in from_:
        return None
    changed = tools.newsletter.change(issue, replace(issue, state=to, reason=reason, by_operator=True))
    update_mail_note(tools.catalog, changed)
    return changed
