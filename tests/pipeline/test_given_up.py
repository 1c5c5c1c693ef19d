"""Messages that failed for good: the report says so, the dead-letter queue keeps them, and a redrive repairs both."""

from collections.abc import Mapping
from typing import Any

import pytest

from dropcap.contracts import message_name
from dropcap_local.cloud import LocalCloud
from dropcap_local.events.calls import Crash, Phase, Refused
from support.permissions import Permissions

POST = "---\ntitle: Naps\ndate: 2026-03-16\n---\nTwenty minutes.\n"


class Fault:
    """Something wrong with one object: it cannot be written, until it is MENDED."""

    def __init__(self, cloud: LocalCloud, key: str, error: BaseException) -> None:
        self._key = key
        self._error = error
        self.mended = False
        cloud.on_call.append(self.look)

    def look(self, service: str, operation: str, parameters: Mapping[str, Any], phase: Phase) -> None:
        """Make writes of objects whose key starts with the given prefix fail."""
        here = (service, operation, phase) == ("s3", "PutObject", "before")
        if here and not self.mended and str(parameters["Key"]).startswith(self._key):
            raise self._error


def dead_letters(cloud: LocalCloud, queue: str) -> list[Any]:
    """Return what is kept in QUEUE for the operator."""
    answer = cloud.client("sqs").receive_message(
        QueueUrl=cloud.id(queue), MaxNumberOfMessages=10, MessageSystemAttributeNames=["MessageGroupId"]
    )
    return list(answer.get("Messages", []))


def redrive(cloud: LocalCloud, queue: str = "UnmadeDeadLetters", to: str = "ViewQueue") -> None:
    """Send what is kept in QUEUE on TO where it came from, as the operator does in the console; let it be done."""
    for number, message in enumerate(dead_letters(cloud, queue)):
        group = message["Attributes"].get("MessageGroupId") if "Attributes" in message else None
        ids = {"MessageGroupId": group, "MessageDeduplicationId": f"redrive-{number}"} if group else {}
        cloud.client("sqs").send_message(QueueUrl=cloud.id(to), MessageBody=message["Body"], **ids)
    cloud.settle()


def report(cloud: LocalCloud) -> dict[str, Any]:
    """Return the report on the post."""
    latest = cloud.report("posts/naps.md")
    assert latest
    return latest


@pytest.mark.parametrize("error", [Refused("SlowDown", 503), Crash()], ids=["refused", "killed"])
def test_a_page_that_cannot_be_built_is_reported_and_built_after_a_redrive(error: BaseException) -> None:
    """In each way in which the function can end, the author learns of the failure, and of its end after a redrive."""
    with LocalCloud() as cloud:
        permissions = Permissions(cloud)
        fault = Fault(cloud, "naps/index.html", error)
        cloud.upload("posts/naps.md", POST)
        cloud.settle()
        failure = report(cloud)
        assert ("failed", None) == (failure["outcome"], failure["url"])
        assert "Its page could not be built" in failure["errors"][0]["message"]
        fault.mended = True
        redrive(cloud)
        assert ("published", []) == (report(cloud)["outcome"], report(cloud)["errors"])
        assert 200 == cloud.page("/naps/").status
        assert {("PublishFunction", "dynamodb:UpdateItem"), ("PublishFunction", "sqs:SendMessage")} <= permissions.used


def test_a_list_that_cannot_be_made_is_a_warning() -> None:
    """The post stands, and its author learns what does not show it yet, until it does."""
    with LocalCloud() as cloud:
        fault = Fault(cloud, "2026/03/index.html", Refused("SlowDown", 503))
        cloud.upload("posts/naps.md", POST)
        cloud.settle()
        (warning,) = report(cloud)["warnings"]
        assert ("published", True) == (report(cloud)["outcome"], "`month 2026-03`" in warning["message"])
        fault.mended = True
        redrive(cloud)
        assert ("published", []) == (report(cloud)["outcome"], report(cloud)["warnings"])


def test_a_report_that_cannot_be_made_does_not_send_for_itself() -> None:
    """It is kept, and everything comes to rest."""
    with LocalCloud() as cloud:
        fault = Fault(cloud, "reports/posts/naps.md.json", Refused("SlowDown", 503))
        cloud.upload("posts/naps.md", POST)
        cloud.settle()
        assert 200 == cloud.page("/naps/").status
        fault.mended = True
        redrive(cloud)
        assert ("published", []) == (report(cloud)["outcome"], report(cloud)["warnings"])


def test_a_new_version_is_not_blamed_for_the_old_one() -> None:
    """A failure of an earlier upload is not reported for a later one."""
    with LocalCloud() as cloud:
        fault = Fault(cloud, "2026/03/index.html", Refused("SlowDown", 503))
        cloud.upload("posts/naps.md", POST)
        cloud.settle()
        fault.mended = True
        cloud.upload("posts/naps.md", POST.replace("Twenty", "Thirty"))
        cloud.settle()
        assert ("published", []) == (report(cloud)["outcome"], report(cloud)["warnings"])


def test_a_newsletter_that_cannot_be_frozen_is_reported_and_sent_after_a_redrive() -> None:
    """The letter cannot be written: the author hears that it is stuck, and after a redrive that it went."""
    with LocalCloud(environment={"NEWS_SINCE": "2025-03-01"}) as cloud:
        permissions = Permissions(cloud)
        fault = Fault(cloud, "letters/", Refused("SlowDown", 503))
        cloud.upload("posts/naps.md", POST)
        cloud.settle()
        assert "stuck" == report(cloud)["mail"]["state"]
        fault.mended = True
        redrive(cloud, "UnsentDeadLetters", "IssueQueue")
        assert "sent" == report(cloud)["mail"]["state"]
        assert ("AnnounceFunction", "dynamodb:PutItem") in permissions.used


def test_a_redriven_view_is_invalidated_although_its_bytes_are_the_same() -> None:
    """While EdgeQueue was out of reach, the page was written and never invalidated: a redrive must do both."""
    with LocalCloud() as cloud:
        cloud.upload("posts/naps.md", POST)
        cloud.settle()
        assert "Twenty" in cloud.page("/naps/").text
        fault = QueueFault(cloud, "EdgeQueue")
        cloud.upload("posts/naps.md", POST.replace("Twenty", "Thirty"))
        cloud.settle()
        assert "Twenty" in cloud.page("/naps/").text
        fault.mended = True
        redrive(cloud)
        assert "Thirty" in cloud.page("/naps/").text


def test_a_view_that_sqs_itself_moved_to_the_dead_letters_is_invalidated_after_a_redrive() -> None:
    """Not even its failure could be recorded: SQS keeps the request as it was, and counts its receives anew."""
    with LocalCloud() as cloud:
        cloud.upload("posts/naps.md", POST)
        cloud.settle()
        assert "Twenty" in cloud.page("/naps/").text
        faults = [QueueFault(cloud, "EdgeQueue"), QueueFault(cloud, "UnmadeDeadLetters")]
        cloud.upload("posts/naps.md", POST.replace("Twenty", "Thirty"))
        cloud.settle()
        for fault in faults:
            fault.mended = True
        letters = cloud.client("sqs").receive_message(
            QueueUrl=cloud.id("UnmadeDeadLetters"),
            MaxNumberOfMessages=10,
            VisibilityTimeout=0,
            MessageSystemAttributeNames=["MessageDeduplicationId"],
        )["Messages"]
        assert {"MakeView"} == {message_name(letter["Body"]) for letter in letters}
        assert {letter["MessageId"] for letter in letters} == {
            letter["Attributes"]["MessageDeduplicationId"] for letter in letters
        }
        assert "Twenty" in cloud.page("/naps/").text
        redrive(cloud)
        assert "Thirty" in cloud.page("/naps/").text


class QueueFault:
    """QUEUE refuses messages until it is MENDED."""

    def __init__(self, cloud: LocalCloud, queue: str) -> None:
        self.mended = False
        self._url = cloud.id(queue)
        cloud.on_call.append(self.look)

    def look(self, service: str, operation: str, parameters: Mapping[str, Any], phase: Phase) -> None:
        """Refuse what is sent to the queue."""
        sends = (service, phase) == ("sqs", "before") and operation in {"SendMessage", "SendMessageBatch"}
        if sends and not self.mended and parameters["QueueUrl"] == self._url:
            raise Refused("ServiceUnavailable", 503)
