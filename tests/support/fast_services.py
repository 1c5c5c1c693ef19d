"""SQS, S3, the Scheduler and SES in memory, as far as the newsletter's steps call them."""

from collections.abc import Mapping
from io import BytesIO
from itertools import count
from typing import Any

from support.fast_tables import client_error


class FastQueues:
    """The client of SQS: standard queues whose messages are visible at once."""

    def __init__(self) -> None:
        """Start without queues."""
        self._queues: dict[str, list[str]] = {}
        self._numbers = count()

    def create_queue(self, **request: Any) -> dict[str, str]:  # noqa: ANN401  # as boto3 takes it
        """Create a queue."""
        self._queues[request["QueueName"]] = []
        return self.get_queue_url(**request)

    def get_queue_url(self, **request: Any) -> dict[str, str]:  # noqa: ANN401  # as boto3 takes it
        """Return the URL of a queue."""
        return {"QueueUrl": f"https://sqs.example.org/{request['QueueName']}"}

    def send_message(self, **request: Any) -> dict[str, str]:  # noqa: ANN401  # as boto3 takes it
        """Store one message."""
        self._messages(request).append(request["MessageBody"])
        return {"MessageId": str(next(self._numbers))}

    def send_message_batch(self, **request: Any) -> dict[str, list[dict[str, str]]]:  # noqa: ANN401  # as boto3 takes it
        """Store up to ten messages."""
        entries = request["Entries"]
        assert 0 < len(entries) <= 10  # SQS's own limit
        self._messages(request).extend(entry["MessageBody"] for entry in entries)
        return {"Successful": [{"Id": entry["Id"]} for entry in entries]}

    def receive_message(self, **request: Any) -> dict[str, list[dict[str, str]]]:  # noqa: ANN401  # as boto3 takes it
        """Return the oldest message, which stays."""
        number = next(self._numbers)
        bodies = self._messages(request)[:1]
        return {"Messages": [{"Body": body, "MessageId": str(number), "ReceiptHandle": "r"} for body in bodies]}

    def _messages(self, request: Mapping[str, Any]) -> list[str]:
        return self._queues[request["QueueUrl"].rpartition("/")[2]]


class FastBuckets:
    """The client of S3: objects without versions."""

    def __init__(self) -> None:
        """Begin without buckets."""
        self._buckets: dict[str, dict[str, bytes]] = {}

    def create_bucket(self, **request: Any) -> None:  # noqa: ANN401  # as boto3 takes it
        """Create a bucket."""
        self._buckets[request["Bucket"]] = {}

    def put_object(self, **request: Any) -> None:  # noqa: ANN401  # as boto3 takes it
        """Write an object."""
        self._buckets[request["Bucket"]][request["Key"]] = bytes(request["Body"])

    def get_object(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401  # as boto3 takes it
        """Return an object."""
        objects = self._buckets[request["Bucket"]]
        if request["Key"] not in objects:
            raise client_error("GetObject", "NoSuchKey")
        return {"Body": BytesIO(objects[request["Key"]])}


class FastSchedules:
    """The client of the Scheduler, whose schedules never fire."""

    def __init__(self) -> None:
        """Begin without groups."""
        self._groups: dict[str, dict[str, dict[str, Any]]] = {}

    def create_schedule_group(self, **request: Any) -> None:  # noqa: ANN401  # as boto3 takes it
        """Create a group."""
        self._groups[request["Name"]] = {}

    def create_schedule(self, **request: Any) -> None:  # noqa: ANN401  # as boto3 takes it
        """Create a schedule."""
        assert len(request["Name"]) <= 64  # the Scheduler's own limit
        group = self._groups[request["GroupName"]]
        if request["Name"] in group:
            raise client_error("CreateSchedule", "ConflictException")
        group[request["Name"]] = request

    def get_schedule(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401  # as boto3 takes it
        """Return a schedule."""
        return self._groups[request["GroupName"]][request["Name"]]

    def list_schedules(self, **request: Any) -> dict[str, list[dict[str, Any]]]:  # noqa: ANN401  # as boto3 takes it
        """Return the schedules of a group."""
        return {"Schedules": list(self._groups[request["GroupName"]].values())}

    def delete_schedule(self, **request: Any) -> None:  # noqa: ANN401  # as boto3 takes it
        """Delete a schedule."""
        del self._groups[request["GroupName"]][request["Name"]]


class FastMail:
    """The client of SES: accepts every raw message. MESSAGES are kept if KEEPS."""

    def __init__(self, *, keeps: bool = True) -> None:
        """Begin with an empty mailbox."""
        self.messages: list[bytes] = []
        self.accepted = 0
        self._keeps = keeps

    def create_email_identity(self, **_request: Any) -> None:  # noqa: ANN401  # as boto3 takes it
        """Allow every sender."""

    def create_configuration_set(self, **_request: Any) -> None:  # noqa: ANN401  # as boto3 takes it
        """Allow every configuration set."""

    def send_email(self, **request: Any) -> dict[str, str]:  # noqa: ANN401  # as boto3 takes it
        """Accept a message."""
        self.accepted += 1
        if self._keeps:
            self.messages.append(request["Content"]["Raw"]["Data"])
        return {"MessageId": f"message-{self.accepted}"}

    def get_account(self) -> dict[str, Any]:
        """Return an empty answer: no limits."""
        return {}

    def get_email_identity(self, **_request: Any) -> dict[str, Any]:  # noqa: ANN401  # as boto3 takes it
        """Return that the sender is verified."""
        return {"VerifiedForSendingStatus": True}

    def close(self) -> None:
        """Drop nothing."""
