"""4 announce, after the last try: report that the newsletter is stuck, and keep the message for the operator.

The note is written first, then the message is kept, then SQS deletes it: a crash in between repeats both, which
changes nothing.
"""

from dataclasses import dataclass

from dropcap.aws.newsletter import Newsletter
from dropcap.aws.queues import Queue
from dropcap.newsletter.issue import IssueState
from dropcap.newsletter.news import issue_of
from dropcap.newsletter_contracts import EntryAppeared, FreezeIssue, ReportIssue
from dropcap.site.reports.mail_note import STUCK, MailNote
from dropcap.steps.newsletter.issue_notes import NewsCatalog, note_rank

FURTHEST = {EntryAppeared: IssueState.HELD, FreezeIssue: IssueState.FROZEN}
"""The furthest state of an issue whose message was given up: every note after a redrive has a greater rank."""


@dataclass(frozen=True, slots=True)
class GiveUpTools:
    """The collaborators of giving up. KEPT is the queue of messages that were given up."""

    catalog: NewsCatalog
    newsletter: Newsletter
    unsent: Queue


def give_up_issue(tools: GiveUpTools, message: EntryAppeared | FreezeIssue | ReportIssue) -> None:
    """Write the note on the issue of MESSAGE, and keep the message. Raises ServiceError for a retry.

    A report that could not be brought up to date leaves the note as it is: the newsletter itself is not stuck.
    """
    if not isinstance(message, ReportIssue):
        named = issue_of(message.key) if isinstance(message, EntryAppeared) else message.issue
        issue = tools.newsletter.issue(named)
        key = message.key if isinstance(message, EntryAppeared) else issue.key if issue else ""
        if key:
            tools.catalog.note_mail(key, MailNote(STUCK), note_rank(issue, FURTHEST[type(message)]), message.cause)
    tools.unsent.send(message)
