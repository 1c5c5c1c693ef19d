"""`dropcap redrive`: list the dead letters, or move those of one queue back to be processed again."""

import sys
from argparse import Namespace
from collections import Counter
from pathlib import Path

from dropcap.site.reports.visible import visible
from dropcap_cli.outcomes import print_json
from dropcap_cli.progress import Waiting
from dropcap_cli.remote.dead_letters import DeadLetterQueue
from dropcap_cli.remote.queues import DESTINATIONS, OTHERS, waiting_in
from dropcap_cli.remote.redrive import Redrive, kinds_in
from dropcap_cli.remote.stack_lookup import RemoteStack, find_stack
from dropcap_local.usage_error import UsageError

SHOWN = 10
"""Most kinds of messages, and most failures, that are shown of one queue."""


def run(arguments: Namespace) -> int:
    """List every dead-letter queue that holds messages, or move the messages of one."""
    stack = find_stack(arguments, Path())
    if arguments.queue is None:
        return list_all(stack, as_json=arguments.json)
    if arguments.queue in OTHERS:
        raise UsageError(f"{arguments.queue} cannot be redriven: {OTHERS[arguments.queue]}.")
    if arguments.queue not in DESTINATIONS:
        raise UsageError(f"There is no dead-letter queue {arguments.queue}. Choose one of {', '.join(DESTINATIONS)}.")
    if arguments.json:
        return redrive_json(stack, arguments.queue, confirmed=arguments.yes)
    return redrive(stack, arguments.queue, confirmed=arguments.yes)


def list_all(stack: RemoteStack, *, as_json: bool = False) -> int:
    """Print how many messages each dead-letter queue holds; return 1 if any does."""
    counts = {name: number for name, number in waiting_in(stack, (*DESTINATIONS, *OTHERS)).items() if number}
    if as_json:
        print_json({"queues": counts})
        return int(bool(counts))
    for name, number in counts.items():
        remedy = OTHERS.get(name) or f"type dropcap redrive {name}"
        print(
            f"{name}: {number}. Fix the cause, then {remedy}" if name in DESTINATIONS else f"{name}: {number}; {remedy}"
        )
    print(f"{sum(counts.values())} dead letters.")
    return int(bool(counts))


def redrive_json(stack: RemoteStack, queue: str, *, confirmed: bool) -> int:
    """Print the messages of QUEUE by kind as JSON, and move them if that is CONFIRMED; nobody is asked.

    Return 1 if messages are left.
    """
    letters = DeadLetterQueue(stack, queue)
    work = Redrive(letters)
    if confirmed:
        work.run(lambda _: None)
        kinds = Counter(work.moved.values())
    else:
        kinds = kinds_in(letters)
        work.left = max(letters.count(), kinds.total())
    print_json(
        {
            "queue": queue,
            "to": letters.destination,
            "messages": dict(kinds),
            "moved": confirmed and not work.failures and not work.stopped,
            "failed": [failure.to_json() for failure in work.failures.values()],
            "stopped": work.stopped,
            "left": work.left,
        }
    )
    return int(bool(work.left))


def redrive(stack: RemoteStack, queue: str, *, confirmed: bool) -> int:
    """Print the messages of QUEUE by kind, and move them if that is CONFIRMED or a person agrees.

    Return 1 if messages are left.
    """
    letters = DeadLetterQueue(stack, queue)
    if not confirmed:
        number = _listed(letters)
        if not number:
            return 0
        if not _agreed(f"Move {number} to {letters.destination}?"):
            print("Nothing was moved. Move them with --yes.")
            return 1
    work = Redrive(letters)
    try:
        with Waiting(sys.stderr) as waiting:
            work.run(waiting.say)
    except KeyboardInterrupt:
        print(f"{_messages(len(work.moved))} moved to {letters.destination} before the interruption.")
        raise
    if confirmed:
        _print_kinds(Counter(work.moved.values()))
    _print_result(work)
    return int(bool(work.left))


def _listed(letters: DeadLetterQueue) -> str:
    """Print the messages by kind; return their number in words, nothing if there are none."""
    with Waiting(sys.stderr) as waiting:
        waiting.say(f"Reading {letters.name}")
        kinds, counted = kinds_in(letters), letters.count()
    _print_kinds(kinds)
    read = kinds.total()
    if counted > read:
        print(f"       and about {counted - read} that were not read or are hidden")
        return f"about {_messages(counted)}"
    if not read:
        print(f"{letters.name} is empty.")
    return _messages(read) if read else ""


def _print_kinds(kinds: Counter[str]) -> None:
    for summary, number in kinds.most_common(SHOWN):
        print(visible(f"{number:>5}  {summary}"))
    if len(kinds) > SHOWN:
        print(f"       and {len(kinds) - SHOWN} other kinds")


def _print_result(work: Redrive) -> None:
    queue = work.queue.name
    if not (work.moved or work.failures or work.left):
        print(f"{queue} is empty.")
        return
    print(f"{_messages(len(work.moved))} moved to {work.queue.destination}.")
    for failure in list(work.failures.values())[:SHOWN]:
        print(visible(f"Failed: {failure.message}. {failure.reason}"))
    if len(work.failures) > SHOWN:
        print(f"Failed: {len(work.failures) - SHOWN} others.")
    if work.stopped:
        print(f"The redrive ended early. {work.stopped}")
    if work.left:
        reason = "" if work.left <= len(work.failures) else ": they are new, or hidden by another redrive"
        print(f"About {_messages(work.left)} left in {queue}{reason}. Type the command again in a minute.")


def _messages(number: int) -> str:
    return f"{number} message" if number == 1 else f"{number} messages"


def _agreed(question: str) -> bool:
    return sys.stdin.isatty() and input(f"{question} [y/N] ").strip().lower() in {"y", "yes"}
