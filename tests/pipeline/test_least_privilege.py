"""The roles of the template, while most of what can happen to a site happens to one."""

import json
from datetime import timedelta
from typing import Literal

from dropcap_local.cloud import LocalCloud
from support.made_pictures import picture
from support.permissions import Permissions
from support.readers import subscribe
from support.template import ROOT, as_list, resources, statements_of

POST = (
    "---\ntitle: {title}\ndate: 2026-03-16\nslug: {slug}\ntags: [sleep]\n---\n{title}: see [[other]].\n" + "Word. " * 20
)
LATER = "---\ntitle: Later\ndate: 2026-04-{day}\n---\nNot yet.\n"
DONE_BY_LAMBDA = {
    *("logs:CreateLogStream", "logs:PutLogEvents"),
    *("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
    *("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"),
}
"""Done in the function's name, but not by it."""
NEVER_CALLED = {"s3:ListBucket"}
"""Makes S3 answer 404 instead of 403."""
RARE = {
    ("AnnounceFunction", "dynamodb:ConditionCheckItem"),  # an issue that is opened while another is
    ("AnnounceFunction", "dynamodb:UpdateItem"),  # completing the index of confirmed subscribers on an older stack
    ("AnnounceFunction", "dynamodb:DeleteItem"),  # an issue that was held, and is let go
    ("PublishFunction", "dynamodb:UpdateItem"),  # a view that was given up
}
"""Needed by what does not happen here."""


def publish_and_change(cloud: LocalCloud) -> None:
    """Let a site be published, edited, moved, refused and removed, and let mails be sent and come back."""
    subscribe(cloud, "ada@example.org")
    cloud.upload("site.yaml", "title: The Quiet Hour\n")
    cloud.upload("posts/naps.md", POST.format(title="Why naps work", slug="naps"))
    cloud.upload("posts/other.md", POST.format(title="Another", slug="other"))
    cloud.settle()
    cloud.upload("posts/naps.md", POST.format(title="Why naps work", slug="naps-work"))
    cloud.upload("posts/other.md", "---\ntitle: [\n---\n")
    cloud.settle()
    show_files(cloud)
    cloud.delete("posts/other.md")
    cloud.upload("posts/later.md", LATER.format(day=20))
    cloud.settle()
    cloud.upload("posts/later.md", LATER.format(day=21))
    cloud.settle()
    cloud.delete("posts/later.md")
    bounce = json.loads((ROOT / "tests/events/ses_bounce_permanent.json").read_text(encoding="utf-8"))["Message"]
    cloud.client("sqs").send_message(QueueUrl=cloud.id("FeedbackQueue"), MessageBody=bounce)
    cloud.settle()
    cloud.run_function("ReconcileFunction")
    cloud.settle()
    cloud.clock.advance(timedelta(days=31).total_seconds())
    cloud.run_function("ReconcileFunction")  # what was unneeded at the first time is deleted


def show_files(cloud: LocalCloud) -> None:
    """Let a post show a picture and a file, and let the picture be refused and removed."""
    cloud.upload("posts/oak.png", picture("green", format="PNG"))
    cloud.upload("posts/oak.pdf", "%PDF")
    cloud.upload("posts/walk.md", POST.format(title="A walk", slug="walk") + "![An oak](oak.png) [More](oak.pdf)\n")
    cloud.settle()
    cloud.upload("posts/oak.png", "no picture")
    cloud.settle()
    cloud.delete("posts/oak.png")
    cloud.settle()


def given_up(cloud: LocalCloud) -> dict[str, str]:
    """Return the dead-letter queues of CLOUD that are not empty, with the number of messages there."""
    attribute: Literal["ApproximateNumberOfMessages"] = "ApproximateNumberOfMessages"
    waiting = {
        queue: cloud.client("sqs").get_queue_attributes(QueueUrl=cloud.id(queue), AttributeNames=[attribute])
        for queue in resources("SQS::Queue")
        if queue.endswith("DeadLetters")
    }
    counts = {queue: answer["Attributes"][attribute] for queue, answer in waiting.items()}
    return {queue: count for queue, count in counts.items() if count != "0"}


def test_the_roles_allow_what_happens_and_little_else() -> None:
    """No call is refused, and every right that is not used is known to be for something rare."""
    with LocalCloud() as cloud:
        permissions = Permissions(cloud)
        publish_and_change(cloud)
        assert ["ada@example.org"] * 4 == [mail["To"] for mail in cloud.mails()]
        assert {} == given_up(cloud)
    granted = {
        (function, action)
        for function in resources("Lambda::Function")
        for statement in statements_of(function)
        for action in as_list(statement["Action"])
        if action not in DONE_BY_LAMBDA | NEVER_CALLED
    }
    assert RARE == granted - permissions.used
