"""One-off schedules: EventBridge Scheduler sends a message to a queue at a given time.

The Scheduler counts whole seconds and fires within the minute, so it may be early; it deletes what has fired. A name
has at most 64 characters.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from botocore.exceptions import ClientError

from dropcap.aws.failures import code_of, service_errors
from dropcap.contracts import Message, UploadSeen
from dropcap.errors import ServiceError

if TYPE_CHECKING:
    from mypy_boto3_scheduler import EventBridgeSchedulerClient

ROUNDS = 4
"""Attempts to set a schedule that fires or is set by another step meanwhile; then the message is redelivered."""


class ScheduleTarget(NamedTuple):
    """The target of schedules: their GROUP, the QUEUE's ARN, and the ROLE that may send to it."""

    group: str
    queue: str
    role: str

    def at(self, name: str, when: datetime, message: Message) -> dict[str, Any]:
        """Return the schedule NAME in the form of the API; it sends MESSAGE at the time WHEN."""
        second = (when + timedelta(microseconds=999_999)).astimezone(UTC)
        return {
            "Name": name,
            "GroupName": self.group,
            "ScheduleExpression": f"at({second:%Y-%m-%dT%H:%M:%S})",
            "ScheduleExpressionTimezone": "UTC",
            "FlexibleTimeWindow": {"Mode": "OFF"},
            "ActionAfterCompletion": "DELETE",
            "Target": {"Arn": self.queue, "RoleArn": self.role, "Input": message.to_json()},
        }


class PostSchedules:
    """The schedules of posts that appear or expire: one a source. All methods raise ServiceError."""

    def __init__(self, client: Callable[[], "EventBridgeSchedulerClient"], target: ScheduleTarget) -> None:
        """Store the factory of the CLIENT, which few renders need, and the TARGET of all schedules."""
        self._client = client
        self._target = target

    def set(self, when: datetime, message: UploadSeen) -> None:
        """Send MESSAGE to the queue at the time WHEN, and at no other time."""
        schedule = self._target.at(post_schedule_name(message.key), when, message)
        for _ in range(ROUNDS):
            if self._done("CreateSchedule", self._client().create_schedule, schedule, unless="ConflictException"):
                return
            # UpdateSchedule resets every missing value to its default, so it gets the whole schedule too.
            missing = "ResourceNotFoundException"
            if self._done("UpdateSchedule", self._client().update_schedule, schedule, unless=missing):
                return
        raise ServiceError.unstable(f"the schedule of {message.key}", ROUNDS)

    def remove(self, key: str) -> None:
        """Delete the schedule of source KEY, which may have fired already."""
        named = {"Name": post_schedule_name(key), "GroupName": self._target.group}
        self._done("DeleteSchedule", self._client().delete_schedule, named, unless="ResourceNotFoundException")

    @staticmethod
    def _done(what: str, call: Any, arguments: dict[str, Any], *, unless: str) -> bool:  # noqa: ANN401  # a boto3 method
        """Make the call and return True; return False if the service answers UNLESS."""
        with service_errors(what):
            try:
                call(**arguments)
            except ClientError as error:
                if code_of(error) != unless:
                    raise
                return False
        return True


def post_schedule_name(key: str) -> str:
    """Return the name of the schedule of source KEY, which may contain characters that no name may: 37 characters."""
    return f"post-{sha256(key.encode()).hexdigest()[:32]}"
