"""A second stack beside the first, and other versions on the first: staging, a roll-back and an upgrade."""

import shutil
from functools import partial

from dropcap_rehearsal.checkout import copy_older_version
from dropcap_rehearsal.emulator import WORK, Failed, wait
from dropcap_rehearsal.stack import AWS, CHECKOUT, Rehearsal

SECOND = "staging"
OLDER_CHECKOUT = WORK / "older"


def second_stack(stack: Rehearsal) -> None:
    """Deploy another stack beside STACK, without domain and newsletter; publish there, and delete it again."""
    before = stack.keys()
    stack.dropcap("deploy", "--stack", SECOND, answers=("", ""))
    post = WORK / "staged.md"
    post.write_text("# Staged\n\nOnly on the second stack.\n", encoding="utf-8")
    shown = stack.dropcap("publish", "--stack", SECOND, "--to", "posts/", post)
    if ".cloudfront.net/staged/" not in shown:
        raise Failed(f"the report has no address with CloudFront's name: {shown}")
    stack.dropcap("destroy", "--stack", SECOND, answers=("y", SECOND))
    if stack.keys() != before:
        raise Failed("the second stack changed the site of the first")


def roll_back_and_upgrade(stack: Rehearsal) -> None:
    """Deploy an older version over this one, then this one again; each time an upload is published."""
    copy_older_version(OLDER_CHECKOUT)
    people = stack.subscribers()
    for checkout, other in ((OLDER_CHECKOUT, CHECKOUT), (CHECKOUT, OLDER_CHECKOUT)):
        shutil.copy(other / "deploy.toml", checkout)  # in one checkout it stays, since Git ignores it
        stack.dropcap("deploy", checkout=checkout)
        name = f"after-{checkout.name}"
        post = WORK / f"{name}.md"
        post.write_text(f"# {name}\n\nPublished by that version.\n", encoding="utf-8")
        stack.run(AWS, "s3", "cp", post, f"s3://{stack.outputs['ContentBucket']}/content/posts/{post.name}")
        wait(name, partial(stack.has_status, name, "200"))
    if stack.subscribers() < people:
        raise Failed("a deployment of another version lost subscribers")
