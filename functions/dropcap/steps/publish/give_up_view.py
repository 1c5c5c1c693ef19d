"""3 publish, for a view that failed for good: note it for its author's report, and keep it for the operator.

Told first, then kept, then it leaves the dead letters: whoever dies in between does both again, which changes nothing.
"""

from dropcap.aws.failed_views import FailedViews
from dropcap.aws.queues import KeptViews
from dropcap.contracts import MakeView, RemakeView


def give_up_view(failed_views: FailedViews, store: KeptViews, wanted: MakeView | RemakeView, letter: str) -> None:
    """Note in the report of its cause that WANTED could not be built; LETTER is the id of the dead letter.

    A report that could not be made is only kept: to say so would take just that report.
    """
    if not wanted.view.startswith("report "):
        failed_views.note(wanted.view, wanted.cause)
    store.keep(RemakeView(wanted.view, wanted.cause), letter)
