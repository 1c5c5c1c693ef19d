"""The tools of the feedback function."""

from functools import cache

from dropcap.aws.ledger import Ledger
from dropcap.aws.subscribers import Subscribers
from dropcap.clients import client
from dropcap.newsletter_settings import FeedbackSettings


@cache
def feedback_tools(settings: FeedbackSettings) -> tuple[Subscribers, Ledger]:
    """Return the tables in which SES events are recorded."""
    return (
        Subscribers(client("dynamodb"), settings.subscribers_table),
        Ledger(client("dynamodb"), settings.newsletter_table, settings.subscribers_table),
    )
