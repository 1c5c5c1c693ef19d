"""The event loop and EventBridge Scheduler's one-time schedules, on the toy stack."""

from datetime import datetime, timedelta

import pytest

from dropcap_local.cloud import LocalCloud
from support.toy_stack import Diary, toy_cloud


def schedule(cloud: LocalCloud, name: str, expression: str, *, after: str = "DELETE", zone: str = "UTC") -> None:
    """Create a schedule that sends its name to the standard queue."""
    queue = cloud.stack.sources[0].arn
    cloud.client("scheduler").create_schedule(
        Name=name,
        ScheduleExpression=expression,
        ScheduleExpressionTimezone=zone,
        FlexibleTimeWindow={"Mode": "OFF"},
        ActionAfterCompletion="DELETE" if after == "DELETE" else "NONE",
        Target={"Arn": queue, "RoleArn": "arn:aws:iam::123456789012:role/scheduler", "Input": name},
    )


def at(moment: datetime) -> str:
    """Write MOMENT as Scheduler wants it."""
    return f"at({moment:%Y-%m-%dT%H:%M:%S})"


def names(cloud: LocalCloud) -> list[str]:
    """Return the schedules that still exist."""
    return [schedule["Name"] for schedule in cloud.client("scheduler").list_schedules()["Schedules"]]


def test_a_schedule_fires_at_its_time_and_is_gone() -> None:
    """The clock leaps to it, its input arrives in the queue, and it is deleted as it asked."""
    diary = Diary()
    with toy_cloud(upload=diary) as cloud:
        due = cloud.clock.now() + timedelta(hours=3)
        schedule(cloud, "later", at(due))
        cloud.settle()
        assert due <= cloud.clock.now() < due + timedelta(minutes=1)
        assert [] == names(cloud)
    assert [["later"]] == diary.bodies


@pytest.mark.parametrize(
    ("fault_seed", "early"), [(None, timedelta(0)), *((seed, timedelta(minutes=1)) for seed in (1, 2, 3))]
)
def test_a_schedule_fires_within_the_minute_and_early_only_in_an_unkind_cloud(
    fault_seed: int | None, early: timedelta
) -> None:
    """The Scheduler goes by its own clock, which may be ahead of ours."""
    fired: list[datetime] = []
    with toy_cloud(upload=lambda *_: fired.append(cloud.clock.now()), fault_seed=fault_seed) as cloud:
        due = cloud.clock.now() + timedelta(minutes=10)
        schedule(cloud, "later", at(due))
        cloud.settle()
    assert due - early <= fired[0] <= due + timedelta(minutes=1)


def test_a_schedule_may_stay_and_fires_once_all_the_same() -> None:
    """Without an action after completion it remains, and nothing of it happens again."""
    diary = Diary()
    with toy_cloud(upload=diary) as cloud:
        schedule(cloud, "stays", at(cloud.clock.now() + timedelta(hours=1)), after="NONE")
        cloud.settle()
        cloud.settle()
        assert ["stays"] == names(cloud)
    assert [["stays"]] == diary.bodies


def test_a_schedule_has_its_own_time_zone() -> None:
    """Noon in Berlin comes an hour before noon in Greenwich in winter."""
    diary = Diary()
    with toy_cloud(upload=diary) as cloud:
        schedule(cloud, "greenwich", "at(2026-12-01T12:00:00)")
        schedule(cloud, "berlin", "at(2026-12-01T12:00:00)", zone="Europe/Berlin")
        cloud.settle()
    assert [["berlin"], ["greenwich"]] == diary.bodies


def test_nothing_beyond_the_given_time_is_waited_for() -> None:
    """Settling within an hour leaves tomorrow's schedule alone, and the clock too."""
    diary = Diary()
    with toy_cloud(upload=diary) as cloud:
        start = cloud.clock.now()
        schedule(cloud, "tomorrow", at(start + timedelta(days=1)))
        cloud.settle(within=timedelta(hours=1))
        assert start == cloud.clock.now()
        assert ["tomorrow"] == names(cloud)
    assert [] == diary.bodies


def test_recurring_schedules_are_left_alone() -> None:
    """A cloud with a daily schedule comes to rest."""
    diary = Diary()
    with toy_cloud(upload=diary) as cloud:
        schedule(cloud, "daily", "rate(1 days)", after="NONE")
        cloud.settle()
    assert [] == diary.bodies


def test_a_schedule_that_is_moved_fires_at_its_new_time() -> None:
    """An earlier time replaces the one before, even if nothing else has happened meanwhile."""
    diary = Diary()
    with toy_cloud(upload=diary) as cloud:
        start = cloud.clock.now()
        schedule(cloud, "moved", at(start + timedelta(days=1)))
        cloud.settle(within=timedelta(minutes=1))
        target = cloud.client("scheduler").get_schedule(Name="moved")["Target"]
        cloud.client("scheduler").update_schedule(
            Name="moved",
            ScheduleExpression=at(start + timedelta(hours=1)),
            FlexibleTimeWindow={"Mode": "OFF"},
            Target={"Arn": target["Arn"], "RoleArn": target["RoleArn"], "Input": "moved"},
        )
        cloud.settle()
        assert cloud.clock.now() < start + timedelta(hours=2)
    assert [["moved"]] == diary.bodies
