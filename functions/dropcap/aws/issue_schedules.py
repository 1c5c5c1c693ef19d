"""The schedules of the newsletter's issues."""

from datetime import datetime
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from dropcap.aws.failures import code_of, service_errors
from dropcap.aws.schedules import ScheduleTarget
from dropcap.newsletter_contracts import FreezeIssue, ReportIssue

if TYPE_CHECKING:
    from mypy_boto3_scheduler import EventBridgeSchedulerClient

REPORT_NAME = "report-"
"""Beginning of the names of schedules for reports on issues."""


class IssueSchedules:
    """The schedules of issues. All methods raise ServiceError."""

    def __init__(self, client: "EventBridgeSchedulerClient", target: ScheduleTarget) -> None:
        """Store the CLIENT and the TARGET of all schedules."""
        self._client = client
        self._target = target

    def set(self, when: datetime, message: FreezeIssue | ReportIssue) -> None:
        """Send MESSAGE to the queue at the time WHEN; an existing schedule stays as it is."""
        with service_errors("CreateSchedule"):
            try:
                self._client.create_schedule(**self._target.at(_name_of(message), when, message))
            except ClientError as error:
                if code_of(error) != "ConflictException":
                    raise


def _name_of(message: FreezeIssue | ReportIssue) -> str:
    return report_name(message) if isinstance(message, ReportIssue) else schedule_name(message.issue)


def report_name(message: ReportIssue) -> str:
    """Return the name of the schedule of a report: at most 64 characters."""
    return f"{REPORT_NAME}{message.issue}-{message.round}"[:64]


def schedule_name(issue: str) -> str:
    """Return the name of ISSUE's schedule: 38 characters."""
    return f"issue-{issue}"
