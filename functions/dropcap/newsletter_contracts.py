"""Messages of the newsletter, steps 4 and 5. `contracts.py` has all others, and the rules for all."""

from dataclasses import dataclass

from dropcap.message import Cause, Message


@dataclass(frozen=True, slots=True)
class EntryAppeared(Message):
    """4 announce, from IssueQueue: this source is in the list of all posts for the first time."""

    NAME = "EntryAppeared"
    FIELDS = ("key", "cause")

    key: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class FreezeIssue(Message):
    """4 announce, from the Scheduler through IssueQueue: the grace period is over, freeze the issue's recipients."""

    NAME = "FreezeIssue"
    FIELDS = ("issue", "cause")

    issue: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class DeliverBatch(Message):
    """5 deliver, from DeliveryQueue: mail one frozen page of an issue's recipients."""

    NAME = "DeliverBatch"
    FIELDS = ("issue", "page", "cause")

    issue: str
    page: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class ReportIssue(Message):
    """4 announce, from IssueQueue: update the author's report on this issue. ROUND numbers the updates."""

    NAME = "ReportIssue"
    FIELDS = ("issue", "round", "cause")

    issue: str
    round: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class SendConfirmation(Message):
    """5 deliver, from ConfirmationQueue: mail the confirmation link to this subscriber, named by a hash."""

    NAME = "SendConfirmation"
    FIELDS = ("subscriber", "cause")

    subscriber: str
    cause: Cause
