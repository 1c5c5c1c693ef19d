"""`dropcap logs` and `dropcap trace` of a deployed stack: from CloudWatch, in moto."""

import json
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
import time_machine
from moto import mock_aws

from dropcap.message import Cause
from dropcap.observability import log_keys
from dropcap_cli.cli import main
from dropcap_cli.commands import logs, trace
from dropcap_cli.commands.logs import _entries
from dropcap_cli.remote.stack_lookup import RemoteStack
from dropcap_cli.tracing.log_entry import entry_of
from dropcap_cli.tracing.log_source import LocalLog, StackLogs, log_source
from dropcap_local.usage_error import UsageError

NOW = datetime(2026, 3, 14, 9, 5, tzinfo=UTC)
UPLOADED = NOW - timedelta(minutes=5)
CAUSE = Cause("posts/naps.md", "e2", UPLOADED.isoformat())
EARLIER = Cause("posts/naps.md", "e1", (UPLOADED - timedelta(hours=1)).isoformat())


def line(message: str, cause: Cause | None = CAUSE, **fields: Any) -> str:  # noqa: ANN401  # any JSON
    """Return a line as the functions log it."""
    keys = log_keys(cause) if cause else {}
    entry = {"level": "INFO", "message": message, "service": "dropcap", "location": f"m.{message}:1", **keys, **fields}
    return json.dumps(entry)


LINES = {
    "RenderLogs": [
        (-3600.0, line("rendered", EARLIER, outcome="published")),
        (0.4, line("rendered", outcome="published")),
        (0.5, "REPORT RequestId: 1 Duration: 12 ms"),
        (30.0, "2026-03-14T09:00:30Z 1 Task timed out after 30.00 seconds"),
    ],
    "IndexLogs": [(0.9, line("indexed", views=9))],
    "PublishLogs": [
        (1.6, line("published", view="path /naps/", cleared=["post-1"])),
        (1.7, line("live", view="path /naps/", seconds=1.6)),
        (2.0, line("failed", level="ERROR", exception="Traceback\nValueError: no such fragment")),
        (2.5, line("published", Cause("posts/other.md", "o", UPLOADED.isoformat()), view="path /other/")),
    ],
    "DeliverLogs": [(200.0, line("delivered", issue="i1", became={"sent": 3}))],
}


@pytest.fixture(autouse=True)
def at_that_time() -> Iterator[None]:
    """Go on from NOW: the commands look back from the present."""
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Iterator[RemoteStack]:
    """Provide a deployed stack with LINES in its log groups."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    with mock_aws():
        client = boto3.client("logs")
        for group, lines in LINES.items():
            client.create_log_group(logGroupName=f"dropcap-{group}")
            client.create_log_stream(logGroupName=f"dropcap-{group}", logStreamName="s")
            events = [
                {"timestamp": round((UPLOADED.timestamp() + seconds) * 1_000), "message": text}
                for seconds, text in lines
            ]
            client.put_log_events(logGroupName=f"dropcap-{group}", logStreamName="s", logEvents=events)
        ids = {group: f"dropcap-{group}" for group in LINES}
        deployed = RemoteStack(boto3.session.Session(), None, {"ContentBucket": "content", **ids})
        for command in (logs, trace):
            monkeypatch.setattr(command, "find_stack", lambda *_: deployed)
        yield deployed


@pytest.mark.usefixtures("stack")
@pytest.mark.parametrize("name", ["posts/naps.md", "e2", '"e2"', "content/posts/naps.md"])
def test_a_trace_has_every_hop_of_the_newest_upload(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """By path or ETag: across functions, by time, with the seconds since the upload and the cause of a failure."""
    assert 0 == main(["trace", name, "--json"])
    account = json.loads(capsys.readouterr().out)
    assert ("posts/naps.md", "e2") == (account["source"], account["etag"])
    hops = [(hop["function"], hop["message"], hop["after"]) for hop in account["hops"]]
    assert [
        ("render", "rendered", 0.4),
        ("index", "indexed", 0.9),
        ("publish", "published", 1.6),
        ("publish", "live", 1.7),
        ("publish", "failed", 2.0),
        ("deliver", "delivered", 200.0),
    ] == hops


@pytest.mark.usefixtures("stack")
def test_a_trace_is_readable(capsys: pytest.CaptureFixture[str]) -> None:
    """One line a hop, with its details; of a failure the last line of the exception."""
    assert 0 == main(["trace", "posts/naps.md"])
    output = capsys.readouterr().out
    assert output.startswith(f"posts/naps.md, uploaded {UPLOADED:%Y-%m-%d %H:%M:%S} UTC, version e2\n")
    assert "0.400 s  render     rendered   outcome=published\n" in output
    assert "fault=ValueError: no such fragment" in output


@pytest.mark.usefixtures("stack")
def test_an_earlier_upload_has_a_trace_by_its_etag(capsys: pytest.CaptureFixture[str]) -> None:
    """And only its own hops."""
    assert 0 == main(["trace", "e1", "--json"])
    assert ["rendered"] == [hop["message"] for hop in json.loads(capsys.readouterr().out)["hops"]]


@pytest.mark.usefixtures("stack")
def test_an_upload_that_no_log_has_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 1, with the remedy."""
    assert 1 == main(["trace", "posts/none.md"])
    assert "No log has posts/none.md since" in capsys.readouterr().err


@pytest.mark.usefixtures("stack")
def test_logs_are_one_list_by_time(capsys: pytest.CaptureFixture[str]) -> None:
    """Of all functions; a timeout that Lambda reports is an error, its other lines are left out."""
    assert 0 == main(["logs"])
    lines = capsys.readouterr().out.splitlines()
    assert ["rendered", "indexed", "published", "live", "failed", "published", "2026-03-14T09:00:30Z", "delivered"] == [
        text.split()[4] for text in lines
    ]
    assert lines == sorted(lines)
    assert 0 == main(["logs", "--level", "error", "--json"])
    errors = [json.loads(text) for text in capsys.readouterr().out.splitlines()]
    assert ["publish", "render"] == [error["function"] for error in errors]


@pytest.mark.usefixtures("stack")
def test_logs_of_one_function_and_of_an_earlier_time(capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown function is refused, with a suggestion."""
    assert 0 == main(["logs", "--function", "render", "--since", "2h"])
    assert 3 == len(capsys.readouterr().out.splitlines())
    assert 2 == main(["logs", "--function", "rendre"])
    assert "Did you mean render?" in capsys.readouterr().err


def test_followed_logs_print_each_line_once(stack: RemoteStack) -> None:
    """Also one that arrives late, after a newer one."""
    source = log_source(stack)
    assert isinstance(source, StackLogs)
    late = NOW - timedelta(seconds=5)

    def write(_seconds: float) -> None:
        for moment, text in ((NOW, line("announced")), (late, line("walked"))):
            event = {"timestamp": round(moment.timestamp() * 1_000), "message": text}
            source.client.put_log_events(logGroupName="dropcap-IndexLogs", logStreamName="s", logEvents=[event])

    wanted = Namespace(since=NOW - timedelta(minutes=10), follow=True, function="index", level="info")
    entries = _entries(source, wanted, write)
    assert ["indexed", "walked", "announced"] == [next(entries).message for _ in range(3)]


def test_a_local_log_is_a_file(tmp_path: Path) -> None:
    """The function and the time are in each line."""
    path = tmp_path / "functions.log"
    moment = UPLOADED.strftime("%Y-%m-%d %H:%M:%S,000+0000")
    path.write_text(f"{line('rendered', timestamp=moment, function='render')}\nnot JSON\n")
    local = LocalLog(path, ("render",))
    assert ["render"] == [entry.function for entry in local.entries(UPLOADED)]
    assert [] == local.entries(NOW)
    with pytest.raises(UsageError, match="Is `dropcap dev` still running"):
        LocalLog(tmp_path / "none.log", ()).entries(UPLOADED)


def test_a_bucket_alone_has_no_logs() -> None:
    """The remedy names the option."""
    with pytest.raises(UsageError, match="--stack"):
        log_source(RemoteStack(boto3.session.Session(region_name="eu-central-1"), None, {"ContentBucket": "b"}))


@pytest.mark.parametrize("text", ["", "START RequestId: 1", "[1, 2]", '{"cold_start": true}'])
def test_other_lines_are_no_entries(text: str) -> None:
    """As Lambda writes them about each invocation."""
    assert entry_of(text, "render", NOW) is None
