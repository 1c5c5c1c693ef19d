"""EventBridge Scheduler's one-time schedules: each sends its input to a queue, within the minute of its time."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from moto.scheduler.models import EventBridgeSchedulerBackend, Schedule, ScheduleGroup

from dropcap_local.clock import has_come

AT = re.compile(r"at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)")

Send = Callable[[str, str, str | None], None]


class OneTimeSchedules:
    """The schedules of the local account that have not fired yet."""

    def __init__(self, backend: EventBridgeSchedulerBackend, send: Send, lateness: Callable[[], float]) -> None:
        """Send with SEND (queue's ARN, body, message group), each LATENESS seconds late; below 0 is early."""
        self._backend = backend
        self._send = send
        self._lateness = lateness
        self._moments: dict[tuple[str, str, str], float] = {}
        self.fired: set[tuple[str, str, str]] = set()
        """Those that stay after they have fired, by ARN, expression and time zone."""
        self._looked: tuple[float, int] | None = None
        self.unhurried: set[str] = set()
        """Names of groups to which the clock does not jump: months may pass before their time."""
        self.unhurried_prefix: str | None = None
        """Beginning of the names of schedules, in any group, to which the clock does not jump either."""
        self.paused: set[str] = set()
        """Names of groups that never fire."""

    def fire(self) -> None:
        """Fire the due schedules. Thousands may wait for weeks: they are checked only if time passed or one is new."""
        now = time.time(), sum(len(group.schedules) for group in self._backend.schedule_groups.values())
        if now == self._looked:
            return
        self._looked = now
        for group, schedule, moment in tuple(self._pending()):
            if has_come(moment, time.time()) and group.name not in self.paused:
                self._fire(group, schedule)

    def next_alarm(self, *, leaping: bool = False) -> float | None:
        """Return when the next schedule is due (seconds since the epoch); LEAPING skips the groups in `unhurried`."""
        self._looked = None
        passed_over = self.paused | (self.unhurried if leaping else set())
        prefix = self.unhurried_prefix if leaping else None
        moments = (
            moment
            for group, schedule, moment in self._pending()
            if group.name not in passed_over and not (prefix and schedule.name.startswith(prefix))
        )
        return min(moments, default=None)

    def _pending(self) -> Iterator[tuple[ScheduleGroup, Schedule, float]]:
        for group in self._backend.schedule_groups.values():
            for schedule in group.schedules.values():
                key = _key(schedule)
                if _is_one_time(schedule) and key not in self.fired:
                    if key not in self._moments:
                        self._moments[key] = _moment(schedule) + self._lateness()
                    yield group, schedule, self._moments[key]

    def _fire(self, group: ScheduleGroup, schedule: Schedule) -> None:
        target = schedule.target
        self._send(target["Arn"], target.get("Input", "{}"), target.get("SqsParameters", {}).get("MessageGroupId"))
        if schedule.action_after_completion == "DELETE":
            group.delete_schedule(schedule.name)
            del self._moments[_key(schedule)]
        else:
            self.fired.add(_key(schedule))


def _key(schedule: Schedule) -> tuple[str, str, str]:
    return schedule.arn, schedule.schedule_expression, schedule.schedule_expression_timezone


def _is_one_time(schedule: Schedule) -> bool:
    """Return whether SCHEDULE fires once; after an update without a state, moto has none and AWS has ENABLED."""
    return schedule.state != "DISABLED" and AT.fullmatch(schedule.schedule_expression) is not None


def _moment(schedule: Schedule) -> float:
    """Read `at(…)` in the schedule's own time zone, as seconds since the epoch."""
    local = datetime.fromisoformat(schedule.schedule_expression.removeprefix("at(").removesuffix(")"))
    return local.replace(tzinfo=ZoneInfo(schedule.schedule_expression_timezone)).timestamp()
