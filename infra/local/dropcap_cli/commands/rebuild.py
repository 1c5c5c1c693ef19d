"""`dropcap rebuild`: render and publish everything again through the queues, without taking a page down."""

import sys
import time
from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from dropcap.aws.queues import Queue, ViewQueue
from dropcap.contracts import Cause
from dropcap.errors import ServiceError
from dropcap.site.settings.model import SITE_KEY
from dropcap.steps.reconcile.roll_out import start_walks
from dropcap_cli.outcomes import print_json
from dropcap_cli.progress import Waiting
from dropcap_cli.remote.queues import waiting_in
from dropcap_cli.remote.stack_lookup import RemoteStack, find_stack
from dropcap_local.usage_error import UsageError

QUEUES = ("BulkQueue", "UploadQueue", "ViewQueue")
"""Queues in which a rebuild waits."""
PAUSE = 2.0
"""Seconds between two looks at the queues."""


def run(arguments: Namespace) -> int:
    """Start the rebuild, and show how much waits until nothing does."""
    stack = find_stack(arguments, Path())
    start(stack, sources=not arguments.pages, now=datetime.now(UTC))
    if not arguments.json:
        print(
            "The rebuild has started. Pages stay online, new uploads are published as usual, and no mail is sent.",
            flush=True,
        )
    if not arguments.no_wait:
        wait(stack, time.sleep)
    if arguments.json:
        print_json({"sources": not arguments.pages, "finished": not arguments.no_wait})
    elif not arguments.no_wait:
        print("The rebuild has finished.")
    return 0


def start(stack: RemoteStack, *, sources: bool, now: datetime) -> None:
    """Send the messages that walk over every page of STACK, and over all SOURCES too."""
    sqs = stack.client("sqs")
    try:
        start_walks(
            Queue(sqs, stack.ids["BulkQueue"]),
            ViewQueue(sqs, stack.ids["ViewQueue"]),
            f"rebuild {uuid4().hex}",
            Cause(SITE_KEY, "", now.isoformat()),
            sources=sources,
        )
    except ServiceError as error:
        raise UsageError(f"AWS refused: {error}") from error


def wait(stack: RemoteStack, pause: Callable[[float], None]) -> None:
    """Return when no message of the rebuild waits; SQS's counts are approximate, so two looks must agree."""
    empty = 0
    with Waiting(sys.stderr) as shown:
        while empty < 2:  # noqa: PLR2004  # two looks
            counts = waiting_in(stack, QUEUES)
            empty = 0 if any(counts.values()) else empty + 1
            shown.say(", ".join(f"{name} {number}" for name, number in counts.items()))
            pause(PAUSE)
