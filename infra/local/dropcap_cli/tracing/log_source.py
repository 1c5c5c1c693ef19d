"""The functions' logs: in CloudWatch for a deployed stack, in a file for a local cloud."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Protocol

from dropcap_cli.remote.bucket import reporting_refusals
from dropcap_cli.remote.stack_lookup import RemoteStack
from dropcap_cli.tracing.log_entry import LogEntry, entry_of
from dropcap_local.usage_error import UsageError

SUFFIX: Final = "Logs"
"""The log group of RenderFunction is RenderLogs in the template."""
GROUPS_AT_A_TIME: Final = 8


class LogSource(Protocol):
    """The logs of all functions."""

    @property
    def functions(self) -> tuple[str, ...]:
        """Return the names of the functions, such as `render`."""

    def entries(self, since: datetime, word: str = "") -> list[LogEntry]:
        """Return the entries SINCE that time that contain WORD, by time."""


@dataclass(frozen=True, slots=True)
class LocalLog:
    """The log of a local cloud: the file at PATH."""

    path: Path
    functions: tuple[str, ...]

    def entries(self, since: datetime, word: str = "") -> list[LogEntry]:
        """Return the entries SINCE that time that contain WORD, by time."""
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise UsageError(
                f"{self.path} cannot be read: {error.strerror}. Is `dropcap dev` still running?"
            ) from error
        parsed = (entry_of(line) for line in lines if word in line)
        return [entry for entry in parsed if entry and entry.time >= since]


@dataclass(frozen=True, slots=True)
class StackLogs:
    """The logs of a deployed stack: the log GROUPS in CloudWatch by the functions' names."""

    client: Any
    groups: Mapping[str, str]

    @property
    def functions(self) -> tuple[str, ...]:
        """Return the names of the functions."""
        return tuple(self.groups)

    def entries(self, since: datetime, word: str = "") -> list[LogEntry]:
        """Return the entries SINCE that time that contain WORD, by time; the groups are read at the same time."""
        with ThreadPoolExecutor(GROUPS_AT_A_TIME) as readers:
            entries_of_groups = readers.map(lambda function: list(self._entries(function, since, word)), self.groups)
        return sorted((entry for entries in entries_of_groups for entry in entries), key=lambda entry: entry.time)

    def _entries(self, function: str, since: datetime, word: str) -> Iterator[LogEntry]:
        group = self.groups[function]
        pattern = {"filterPattern": f'"{word}"'} if word else {}
        with reporting_refusals(f"read the log group {group}"):
            pages = self.client.get_paginator("filter_log_events").paginate(
                logGroupName=group, startTime=round(since.timestamp() * 1_000), **pattern
            )
            for page in pages:
                for event in page["events"]:
                    moment = datetime.fromtimestamp(event["timestamp"] / 1_000, UTC)
                    if entry := entry_of(event["message"], function, moment):
                        yield entry


def log_source(stack: RemoteStack) -> LogSource:
    """Return the logs of STACK; raise UsageError if only its bucket is known, or if a local cloud keeps no log."""
    groups = {
        name.removesuffix(SUFFIX).lower(): group for name, group in stack.ids.items() if name.endswith(SUFFIX) and group
    }
    if not groups:
        raise UsageError("A bucket has no logs. Name the deployed stack with --stack.")
    if stack.log:
        return LocalLog(stack.log, tuple(groups))
    if stack.endpoint:
        raise UsageError("This local cloud has no log that other commands can read. Restart `dropcap dev`.")
    return StackLogs(stack.client("logs"), groups)
