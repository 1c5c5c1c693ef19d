"""The note on an issue in the Catalog, from which the author's report tells the state of a post's newsletter."""

from typing import Protocol

from dropcap.contracts import Cause
from dropcap.newsletter.account import DeliveryCounts
from dropcap.newsletter.issue import Issue, IssueState
from dropcap.newsletter.ledger import DeliveryState
from dropcap.newsletter.news import NewsItem
from dropcap.site.reports import mail_note
from dropcap.site.reports.mail_note import MailAccount, MailNote
from dropcap.site.settings.model import SiteSettings

NOTE_STATES = {
    IssueState.HELD: mail_note.HELD,
    IssueState.WAITING: mail_note.WAITING,
    IssueState.FREEZING: mail_note.SENDING,
    IssueState.FROZEN: mail_note.SENDING,
    IssueState.DELIVERING: mail_note.SENT,
    IssueState.WITHDRAWN: mail_note.WITHDRAWN,
    IssueState.PASSED: mail_note.PASSED,
    IssueState.STOPPED: mail_note.STOPPED,
    IssueState.CANCELLED: mail_note.CANCELLED,
}
"""The state that the note has for each state of an issue."""

REVISION = 10
"""The rank of a note is this times the issue's revision, and the place of its state: a later note never yields."""

WITH_TIME = {IssueState.WAITING, IssueState.DELIVERING, IssueState.STOPPED, IssueState.CANCELLED}


class NewsCatalog(Protocol):
    """The parts of the Catalog that news needs."""

    def news(self, key: str) -> NewsItem | None:
        """Return the post of the source KEY, if it is published."""

    def news_and_site(self, key: str) -> tuple[NewsItem | None, SiteSettings]:
        """Return the post of the source KEY, if it is published, and the site's settings."""

    def site(self) -> SiteSettings:
        """Return the site's settings."""

    def successor(self, key: str) -> NewsItem | None:
        """Return the post that the source KEY has become, now that it is gone."""

    def note_mail(self, key: str, note: MailNote, rank: int, cause: Cause) -> None:
        """Write the note on the newsletter of source KEY, unless a NOTE of a greater RANK is there."""


def update_mail_note(catalog: NewsCatalog, issue: Issue, account: DeliveryCounts | None = None) -> None:
    """Write the note on ISSUE, with its ACCOUNT where mail goes out; it names no reader."""
    numbers = mail_account(account) if account else None
    state = NOTE_STATES[issue.state]
    if issue.state is IssueState.DELIVERING and numbers and numbers.queued:
        state = mail_note.SENDING
    note = MailNote(
        state,
        issue.send_after.isoformat() if issue.state in WITH_TIME else None,
        "" if issue.state is IssueState.WAITING else issue.reason,  # a released issue keeps why it was held
        issue.recipients,
        numbers,
    )
    catalog.note_mail(issue.key, note, note_rank(issue, issue.state), issue.cause)


def note_rank(issue: Issue | None, state: IssueState) -> int:
    """Return the rank of a note that says STATE of ISSUE."""
    return REVISION * (issue.revision if issue else 0) + list(NOTE_STATES).index(state)


def mail_account(account: DeliveryCounts) -> MailAccount:
    """Return ACCOUNT as a note carries it; a mail that is just being sent counts as queued."""
    return MailAccount(
        accepted=account.accepted,
        refused=account.number(DeliveryState.REFUSED),
        unknown=account.number(DeliveryState.UNKNOWN),
        left=account.number(DeliveryState.LEFT),
        queued=account.queued + account.number(DeliveryState.SENDING),
        bounced=account.number(DeliveryState.BOUNCED),
        complained=account.number(DeliveryState.COMPLAINED),
    )
