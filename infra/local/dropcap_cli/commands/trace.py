"""`dropcap trace`: print the log entries of an upload in all functions, with their times."""

import sys
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from dropcap.site.reports.visible import visible
from dropcap_cli.outcomes import print_json
from dropcap_cli.progress import Waiting
from dropcap_cli.remote.source_keys import key_or_path
from dropcap_cli.remote.stack_lookup import find_stack
from dropcap_cli.tracing.log_entry import LogEntry
from dropcap_cli.tracing.log_source import LogSource, log_source
from dropcap_cli.tracing.trace import Trace, newest_upload


def run(arguments: Namespace) -> int:
    """Print the log entries of a file's newest upload, or of the version with an ETag; return 1 if no log has it."""
    stack = find_stack(arguments, Path(arguments.name))
    name = key_or_path(arguments.name, stack.folder).strip('"')
    source = log_source(stack)
    with Waiting(sys.stderr) as waiting:
        waiting.say(f"Searching the logs for {name}")
        trace = _trace(source, name, arguments.since)
    if trace is None:
        since = arguments.since.astimezone(UTC)
        print(
            f"No log has {name} since {since:%Y-%m-%d %H:%M} UTC. Name a file as `dropcap status` lists it or an ETag, "
            "or an earlier time with --since. Logs are kept for 30 days.",
            file=sys.stderr,
        )
        return 1
    if arguments.json:
        print_json(trace.to_json())
    else:
        print(visible(f"{trace.source}, uploaded {trace.uploaded:%Y-%m-%d %H:%M:%S} UTC, version {trace.etag}"))
        print(f"Correlation id: {trace.correlation_id}")
        for entry in trace.entries:
            print(_line(trace, entry))
    return 0


def _trace(source: LogSource, name: str, since: datetime) -> Trace | None:
    """Return the trace of the newest upload that NAME means, None if no line SINCE that time has it."""
    upload = newest_upload(source.entries(since, name), name)
    return Trace.of(upload, source.entries(since, upload)) if upload else None


def _line(trace: Trace, entry: LogEntry) -> str:
    details = " ".join(f"{name}={_text(value)}" for name, value in entry.details.items())
    return visible(f"{trace.after(entry):>10.3f} s  {entry.function:<9}  {entry.message:<9}  {details}".rstrip())


def _text(value: object) -> str:
    return f"{len(value)} items" if isinstance(value, list) else str(value)
