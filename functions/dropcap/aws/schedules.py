"""One-off schedules: when an issue's grace period is over, EventBridge Scheduler puts FreezeIssue into IssueQueue."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from dropcap.aws.failures import code_of, service_errors
from dropcap.contracts import FreezeIssue

if TYPE_CHECKING:
    from mypy_boto3_scheduler import EventBridgeSchedulerClient


@dataclass(frozen=True, slots=True)
class ScheduleTarget:
    """Where schedules go: the GROUP they lie in, the QUEUE's ARN, and the ROLE that may send to it."""

    group: str
    queue: str
    role: str


class Schedules:
    """The schedules of issues. All methods raise ServiceError."""

    def __init__(self, client: "EventBridgeSchedulerClient", target: ScheduleTarget) -> None:
        """Take the CLIENT to ask, and the TARGET of all schedules."""
        self._client = client
        self._target = target

    def set(self, when: datetime, message: FreezeIssue) -> None:
        """Send MESSAGE to the queue WHEN its time has come; a schedule that is set already stays as it is.

        The Scheduler counts whole seconds and fires within the minute, so it may be early; it deletes what has fired.
        """
        second = (when + timedelta(microseconds=999_999)).astimezone(UTC)
        with service_errors("CreateSchedule"):
            try:
                self._client.create_schedule(
                    Name=schedule_name(message.issue),
                    GroupName=self._target.group,
                    ScheduleExpression=f"at({second:%Y-%m-%dT%H:%M:%S})",
                    ScheduleExpressionTimezone="UTC",
                    FlexibleTimeWindow={"Mode": "OFF"},
                    ActionAfterCompletion="DELETE",
                    Target={"Arn": self._target.queue, "RoleArn": self._target.role, "Input": message.to_json()},
                )
            except ClientError as error:
                if code_of(error) != "ConflictException":
                    raise


def schedule_name(issue: str) -> str:
    """Give the name of ISSUE's schedule: 38 characters of the 64 that there may be."""
    return f"issue-{issue}"
