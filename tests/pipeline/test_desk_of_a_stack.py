"""The desk of a deployed stack: what it shows comes from AWS's own services, without a local cloud's help."""

import json
from typing import Any

import boto3
from werkzeug.test import Client
from werkzeug.wrappers import Request

from dropcap_cli.desk.app import Desk
from dropcap_cli.desk.reading import DeskReader
from dropcap_cli.remote.stack_lookup import RemoteStack
from dropcap_local.clients import REGION
from dropcap_local.cloud import LocalCloud
from support.function_logs import FunctionLogs, function_logs

NAPS = "---\ntitle: Naps\ndate: 2026-03-14\n---\nShort.\n"


def carry_logs(cloud: LocalCloud, logs: FunctionLogs) -> None:
    """Write what the functions of CLOUD logged to CloudWatch Logs, as Lambda does."""
    client: Any = cloud.client("logs")  # type: ignore[call-overload]  # a service that no function calls
    for name, group in cloud.stack.ids.items():
        if name.endswith("Logs"):
            client.create_log_group(logGroupName=group)
    for function in ("render", "publish"):
        group = cloud.id(f"{function.capitalize()}Logs")
        client.create_log_stream(logGroupName=group, logStreamName="one")
        events = [
            {"timestamp": int(cloud.clock.now().timestamp() * 1_000), "message": json.dumps(line)}
            for line in logs.lines(function)
        ]
        client.put_log_events(logGroupName=group, logStreamName="one", logEvents=events)


def test_the_desk_shows_posts_uploads_queues_and_reports_of_a_deployed_stack() -> None:
    """With nothing but the ids of its resources: a published post, a refused one, a dead letter, and a trace."""
    with function_logs() as logs, LocalCloud() as cloud:
        cloud.upload("posts/naps.md", NAPS)
        cloud.upload("posts/broken.md", "---\ntitle: [\n---\nNever closed.\n")
        cloud.settle()
        cloud.client("sqs").send_message(QueueUrl=cloud.id("UnsentDeadLetters"), MessageBody="{}")
        carry_logs(cloud, logs)
        stack = RemoteStack(boto3.session.Session("local", "local", region_name=REGION), None, cloud.stack.ids)
        contents = DeskReader(stack, "stack dropcap", {}).read()
        assert [] == contents.problems
        desk = Desk(DeskReader(stack, "stack dropcap", {}), every=5, run=lambda page: page())
        browser = Client(Request.application(desk.answer))
        page = browser.get("/", headers={"Host": "127.0.0.1"}).text
        for part in ("stack dropcap", "posts/naps.md", "posts/broken.md", "UnsentDeadLetters"):
            assert part in page, part
        assert "Published" in browser.get("/report?key=posts/naps.md", headers={"Host": "127.0.0.1"}).text
        (identifier,) = {line["correlation_id"] for line in logs.lines("render") if "posts/naps.md" == line["source"]}
        trace = browser.get(f"/trace?id={identifier}", headers={"Host": "127.0.0.1"}).text
        assert "render" in trace
        assert "publish" in trace
