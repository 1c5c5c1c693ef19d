"""Acts that make every function of the pipeline use nearly every right of its role."""

import json
from datetime import timedelta

from dropcap_local.cloud import LocalCloud
from support.made_pictures import picture
from support.readers import subscribe
from support.template import ROOT

POST = (
    "---\ntitle: {title}\ndate: 2026-03-16\nslug: {slug}\ntags: [sleep]\n---\n{title}: see [[other]].\n" + "Word. " * 20
)
LATER = "---\ntitle: Later\ndate: 2026-04-{day}\n---\nNot yet.\n"


def publish_and_change(cloud: LocalCloud) -> None:
    """Publish, edit, move, refuse and remove posts; send mails and return a bounce."""
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
    cloud.run_function("ReconcileFunction")  # this deletes the things that were unneeded at the first look


def show_files(cloud: LocalCloud) -> None:
    """Publish a post with a picture and a file; then upload a bad picture, and remove it."""
    cloud.upload("posts/oak.png", picture("green", format="PNG"))
    cloud.upload("posts/oak.pdf", "%PDF")
    cloud.upload("posts/walk.md", POST.format(title="A walk", slug="walk") + "![An oak](oak.png) [More](oak.pdf)\n")
    cloud.settle()
    cloud.upload("posts/oak.png", "no picture")
    cloud.settle()
    cloud.delete("posts/oak.png")
    cloud.settle()
