"""`dropcap redrive`: list the dead letters, or move those of one queue back to be processed again."""

import sys
from argparse import Namespace
from collections import Counter
from pathlib import Path

from dropcap_cli.outcomes import print_json
from dropcap_cli.remote.queues import DESTINATIONS, OTHERS, dead_letters, move, waiting_in
from dropcap_cli.remote.stack_lookup import RemoteStack, find_stack
from dropcap_local.usage_error import UsageError

SHOWN = 10
"""Most kinds of messages that are shown of one queue."""


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
    """Print the messages of QUEUE by kind as JSON, and move them if that is CONFIRMED; nobody is asked."""
    letters = list(dead_letters(stack, queue))
    if confirmed:
        for letter in letters:
            move(stack, queue, letter)
    kinds = Counter(letter.summary for letter in letters)
    print_json({"queue": queue, "to": DESTINATIONS[queue], "messages": dict(kinds), "moved": confirmed})
    return 0


def redrive(stack: RemoteStack, queue: str, *, confirmed: bool) -> int:
    """Print the messages of QUEUE by kind, and move them if that is CONFIRMED or a person agrees."""
    letters = list(dead_letters(stack, queue))
    kinds = Counter(letter.summary for letter in letters)
    for summary, number in kinds.most_common(SHOWN):
        print(f"{number:>5}  {summary}")
    if len(kinds) > SHOWN:
        print(f"       and {len(kinds) - SHOWN} other kinds")
    if not letters:
        print(f"{queue} is empty, or its messages are hidden for a minute by another redrive.")
        return 0
    if not confirmed and not _agreed(f"Move {len(letters)} messages to {DESTINATIONS[queue]}?"):
        print("Nothing was moved. Move them with --yes.")
        return 0
    for letter in letters:
        move(stack, queue, letter)
    print(f"{len(letters)} messages moved to {DESTINATIONS[queue]}.")
    return 0


def _agreed(question: str) -> bool:
    return sys.stdin.isatty() and input(f"{question} [y/N] ").strip().lower() in {"y", "yes"}
