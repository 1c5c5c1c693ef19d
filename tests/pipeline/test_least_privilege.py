"""The roles of the template, while most of what can happen to a site happens to one."""

from typing import Literal

from dropcap_local.cloud import LocalCloud
from support.busy_site import publish_and_change
from support.permissions import RARE, Permissions, granted
from support.template import resources


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
    assert RARE == granted() - permissions.used
