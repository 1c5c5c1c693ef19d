"""`dropcap logs`: print the log lines of all functions in one list by time; with `--follow` until Ctrl-C."""

import json
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from dropcap_cli.progress import Waiting
from dropcap_cli.remote.stack_lookup import find_stack
from dropcap_cli.suggestions import did_you_mean
from dropcap_cli.tracing.log_entry import LEVELS, LogEntry
from dropcap_cli.tracing.log_source import LogSource, log_source
from dropcap_local.usage_error import UsageError

PAUSE: Final = 2.0
"""Seconds between two looks."""
LATE: Final = timedelta(seconds=15)
"""Delay with which a line may appear in CloudWatch after others of the same time."""


def run(arguments: Namespace) -> int:
    """Print the entries since a time; return 0, also after Ctrl-C."""
    source = log_source(find_stack(arguments, Path()))
    if arguments.function and arguments.function not in source.functions:
        raise UsageError(
            f"There is no function {arguments.function!r}.{did_you_mean(arguments.function, source.functions)} "
            f"Choose one of {', '.join(source.functions)}."
        )
    try:
        for entry in _entries(source, arguments, time.sleep):
            print(json.dumps(entry.to_json(), ensure_ascii=False) if arguments.json else entry.text(), flush=True)
    except KeyboardInterrupt:
        if not arguments.follow:
            raise
    return 0


def _entries(source: LogSource, arguments: Namespace, pause: Callable[[float], None]) -> Iterator[LogEntry]:
    """Yield the wanted entries; with `--follow` keep looking for new ones."""
    with Waiting(sys.stderr) as waiting:
        waiting.say("Reading the logs")
        entries = source.entries(arguments.since)
    yield from (entry for entry in entries if _is_wanted(entry, arguments))
    while arguments.follow:
        pause(PAUSE)
        since = entries[-1].time - LATE if entries else arguments.since
        printed = {_identity(entry) for entry in entries}
        fresh = [entry for entry in source.entries(since) if _identity(entry) not in printed]
        yield from (entry for entry in fresh if _is_wanted(entry, arguments))
        entries = sorted([*(entry for entry in entries if entry.time >= since), *fresh], key=lambda entry: entry.time)


def _identity(entry: LogEntry) -> tuple[str, str, str]:
    return entry.time.isoformat(), entry.function, json.dumps(dict(entry.fields), sort_keys=True) or entry.message


def _is_wanted(entry: LogEntry, arguments: Namespace) -> bool:
    if arguments.function and entry.function != arguments.function:
        return False
    lowest = LEVELS.index(arguments.level.upper())
    return entry.level not in LEVELS or LEVELS.index(entry.level) >= lowest
