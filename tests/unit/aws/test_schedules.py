"""The schedule of a post: one a source, written over the one before it, though others may write or fire meanwhile."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from dropcap.aws.schedules import ROUNDS, PostSchedules, ScheduleTarget, post_schedule_name
from dropcap.contracts import Cause, UploadSeen
from dropcap.errors import ServiceError

WHEN = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)
MESSAGE = UploadSeen("posts/later.md", Cause("posts/later.md", "etag", WHEN.isoformat()))
EXISTS, MISSING = "ConflictException", "ResourceNotFoundException"


class Client:
    """A scheduler that answers its calls with CODES in turn, and then without an error; it keeps the calls."""

    def __init__(self, *codes: str) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self._codes = list(codes)

    def create_schedule(self, **schedule: object) -> None:
        """Create it, or raise the next error."""
        self._answer("create", schedule)

    def update_schedule(self, **schedule: object) -> None:
        """Replace it, or raise the next error."""
        self._answer("update", schedule)

    def delete_schedule(self, **schedule: object) -> None:
        """Delete it, or raise the next error."""
        self._answer("delete", schedule)

    def _answer(self, call: str, schedule: dict[str, Any]) -> None:
        self.calls.append((call, schedule))
        if self._codes and (code := self._codes.pop(0)):
            answer: Any = {"Error": {"Code": code, "Message": "?"}}
            raise ClientError(answer, call)


def schedules(client: Client) -> PostSchedules:
    """Return the schedules behind CLIENT."""
    scheduler: Any = client
    return PostSchedules(lambda: scheduler, ScheduleTarget("posts", "queue", "role"))


@pytest.mark.parametrize(
    ("codes", "calls"),
    [
        ([], ["create"]),
        ([EXISTS], ["create", "update"]),
        ([EXISTS, MISSING], ["create", "update", "create"]),
        ([EXISTS, MISSING] * (ROUNDS - 1) + [EXISTS], ["create", "update"] * ROUNDS),
    ],
)
def test_a_schedule_is_created_or_replaced(codes: list[str], calls: list[str]) -> None:
    """If it has fired between the two calls, it is created after all; every call has the whole schedule."""
    client = Client(*codes)
    schedules(client).set(WHEN, MESSAGE)
    assert calls == [call for call, _ in client.calls]
    expected = ("at(2026-03-16T09:00:00)", "posts", MESSAGE.to_json())
    for _, schedule in client.calls:
        assert expected == (schedule["ScheduleExpression"], schedule["GroupName"], schedule["Target"]["Input"])


def test_a_schedule_fires_once_within_the_minute_and_is_gone() -> None:
    """A fraction of a second is rounded up: a post must not be rendered before it is due."""
    client = Client()
    schedules(client).set(WHEN + timedelta(milliseconds=1), MESSAGE)
    assert [
        (
            "create",
            {
                "Name": post_schedule_name(MESSAGE.key),
                "GroupName": "posts",
                "ScheduleExpression": "at(2026-03-16T09:00:01)",
                "ScheduleExpressionTimezone": "UTC",
                "FlexibleTimeWindow": {"Mode": "OFF"},
                "ActionAfterCompletion": "DELETE",
                "Target": {"Arn": "queue", "RoleArn": "role", "Input": MESSAGE.to_json()},
            },
        )
    ] == client.calls


def test_a_schedule_that_always_changes_meanwhile_is_an_error() -> None:
    """The upload is tried again later."""
    client = Client(*[EXISTS, MISSING] * ROUNDS)
    with pytest.raises(ServiceError, match=r"posts/later\.md"):
        schedules(client).set(WHEN, MESSAGE)
    assert 2 * ROUNDS == len(client.calls)


@pytest.mark.parametrize("codes", [["ThrottlingException"], [EXISTS, "ThrottlingException"]])
def test_another_error_is_not_taken_for_an_answer(codes: list[str]) -> None:
    """Neither of the first call nor of the second."""
    with pytest.raises(ServiceError):
        schedules(Client(*codes)).set(WHEN, MESSAGE)


def test_a_schedule_that_has_fired_is_removed_already() -> None:
    """Any other error is one."""
    client = Client(MISSING)
    schedules(client).remove(MESSAGE.key)
    assert [("delete", {"Name": post_schedule_name(MESSAGE.key), "GroupName": "posts"})] == client.calls
    with pytest.raises(ServiceError):
        schedules(Client("ThrottlingException")).remove(MESSAGE.key)
