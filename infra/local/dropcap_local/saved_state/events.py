"""Convert the waiting records of the event loop, and the state of moto's other services, to plain values and back."""

from typing import Any, cast

from moto.moto_api._internal import mock_random
from moto.scheduler.models import EventBridgeSchedulerBackend, Schedule
from moto.ses.models import RawMessage, SESBackend

from dropcap_local.events.event_loop import EventLoop
from dropcap_local.events.stream_source import ShardSource

Saved = dict[str, Any]


def shards_of(loop: EventLoop) -> list[Saved]:
    """Return the records that wait in each shard of each stream, in the order of the event loop's sources."""
    return [source.saved() for source in loop.sources if isinstance(source, ShardSource)]


def put_records(loop: EventLoop, saved: list[Saved]) -> None:
    """Put the SAVED records back."""
    shards = (source for source in loop.sources if isinstance(source, ShardSource))
    for shard, content in zip(shards, saved, strict=True):
        shard.put_back(content)


def schedules_of(backend: EventBridgeSchedulerBackend) -> dict[str, list[Saved]]:
    """Return the schedules of each group, by name."""
    return {
        name: [dict(vars(schedule)) for schedule in group.schedules.values()]
        for name, group in backend.schedule_groups.items()
    }


def put_schedules(backend: EventBridgeSchedulerBackend, saved: dict[str, list[Saved]]) -> None:
    """Replace the schedules of each group by those SAVED."""
    for name, schedules in saved.items():
        group = backend.schedule_groups[name]
        group.schedules.clear()
        for values in schedules:
            schedule = cast("Schedule", Schedule.__new__(Schedule))
            vars(schedule).update(values)
            group.add_schedule(schedule)


def mails_of(backend: SESBackend) -> list[Saved]:
    """Return the mails sent, in order."""
    return [dict(vars(message)) for message in backend.sent_messages if isinstance(message, RawMessage)]


def put_mails(backend: SESBackend, saved: list[Saved]) -> None:
    """Put the SAVED mails back."""
    for values in saved:
        message = RawMessage.__new__(RawMessage)
        vars(message).update(values)
        backend.sent_messages.append(message)
    backend.sent_message_count = len(saved)


def random_state() -> tuple[Any, ...]:
    """Return the position of moto's generator of identifiers: without it, identifiers would come a second time."""
    return mock_random.getstate()


def set_random_state(state: tuple[Any, ...]) -> None:
    """Go on with identifiers where STATE was taken."""
    mock_random.setstate(state)
