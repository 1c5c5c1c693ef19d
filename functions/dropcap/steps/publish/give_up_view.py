"""3 publish, for a view that failed for good: note it for its author's report, and keep it for the operator.

The note is written first, then the message is kept, then SQS deletes it: a crash in between repeats both, which
changes nothing.
"""

from dropcap.aws.failed_views import FailedViews
from dropcap.aws.queues import KeptViews
from dropcap.contracts import MakeView, RemakeView


def give_up_view(failed_views: FailedViews, store: KeptViews, wanted: MakeView | RemakeView, letter: str) -> None:
    """Note in the report of its cause that WANTED could not be built; LETTER is the id of the message.

    A report that could not be built is only kept, because only that report could say so.
    """
    if not wanted.view.startswith("report "):
        failed_views.note(wanted.view, wanted.cause)
    store.keep(RemakeView(wanted.view, wanted.cause), letter)
