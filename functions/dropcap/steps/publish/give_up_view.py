"""3 publish, for a view that was given up: its author is told, and it is kept for the operator.

Told first, then kept, then it leaves the dead letters: whoever dies in between does both again, which changes nothing.
"""

from dropcap.aws.failed_views import FailedViews
from dropcap.aws.queues import KeptViews
from dropcap.contracts import MakeView, RemakeView


def give_up_view(failed_views: FailedViews, kept: KeptViews, wanted: MakeView | RemakeView, letter: str) -> None:
    """Tell whoever caused WANTED that it could not be made; LETTER is the id of the dead letter.

    A report that could not be made is only kept: to say so would take just that report.
    """
    if not wanted.view.startswith("report "):
        failed_views.note(wanted.view, wanted.cause)
    kept.keep(RemakeView(wanted.view, wanted.cause), letter)
