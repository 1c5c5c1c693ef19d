"""4 announce, for what was given up: the author is told that the newsletter is stuck, and it is kept for the operator.

Told first, then kept, then it leaves the dead letters: whoever dies in between does both again, which changes nothing.
"""

from dataclasses import dataclass

from dropcap.aws.newsletter import Newsletter
from dropcap.aws.queues import Queue
from dropcap.contracts import EntryAppeared, FreezeIssue
from dropcap.newsletter.issue import IssueState
from dropcap.site.reports.mail_note import STUCK, MailNote
from dropcap.steps.newsletter.open_issue import NOTE_STATES, NewsCatalog

RANKS = {EntryAppeared: IssueState.HELD, FreezeIssue: IssueState.FROZEN}
"""How far an issue is at most when its message was given up: whatever it says after a redrive says more."""


@dataclass(frozen=True, slots=True)
class GiveUpTools:
    """What giving up works with. KEPT is the queue of what was given up."""

    catalog: NewsCatalog
    newsletter: Newsletter
    kept: Queue


def give_up_issue(tools: GiveUpTools, message: EntryAppeared | FreezeIssue) -> None:
    """Tell the author of the post that MESSAGE is about, and keep it. Raises ServiceError to be tried again later."""
    if isinstance(message, EntryAppeared):
        key: str | None = message.key
    else:
        issue = tools.newsletter.issue(message.issue)
        key = issue.key if issue else None
    if key:
        tools.catalog.note_mail(key, MailNote(STUCK), list(NOTE_STATES).index(RANKS[type(message)]), message.cause)
    tools.kept.send(message)
