"""All that an idle local cloud holds, for a comparison of two runs: if it is the same, their futures are.

Left out is what a repeated step changes and no function reads: random values, numbers of requests and of records,
earlier versions of objects that functions wrote, and when an object was written. Moments are compared by the act in
which they lie, since a repetition is minutes late.
"""

import json
import re
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from dropcap_local.cloud import LocalCloud
from dropcap_local.saved_state.cloud_state import state_of
from dropcap_local.saved_state.saved_objects import SavedObjects
from support.edge_staleness import EdgeStaleness
from support.end_state import journal_of, object_digest, report_of

DRAWN = frozenset({"token", "listed", "members", "claim", "message_id", "letter"})
"""Attributes of items with random values; the name of a letter depends on its moment."""
IMAGES = ("Keys", "OldImage", "NewImage")
"""Members of a record of a stream that functions read; the others number and date it."""
ACT_SECONDS = 6 * 3600
FIRST_ACT = 9 * 3600
"""Acts are six hours apart, the first one at nine."""
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)?")
_SECONDS = re.compile(r'"N": "(1[6-9]\d{8})"')
_BY_DIGEST = ("letters/",)


def rest_state(cloud: LocalCloud, staleness: EdgeStaleness) -> Mapping[str, str]:
    """Return the state of the idle CLOUD as digests by name."""
    site, rest = state_of(cloud)
    texts = {
        **_objects("site", site["objects"]),
        **{
            name: text
            for bucket, objects in rest["buckets"].items()
            for name, text in _objects(bucket, objects).items()
        },
        **dict(_items(rest["tables"])),
        **dict(_waiting(rest)),
        "mails": str([(mail["To"], mail["Subject"]) for mail in cloud.mails()]),
        "stale": str(staleness.stale()),
    }
    return {name: sha256(text.encode()).hexdigest()[:16] for name, text in texts.items()}


def by_act(text: str) -> str:
    """Return TEXT with each moment replaced by the number of the act in which it lies."""
    text = _SECONDS.sub(lambda match: f'"N": "act {_act(float(match[1]))}"', text)
    return _MOMENT.sub(lambda match: f"act {_act(_seconds(match[0]))}", text)


def _seconds(moment: str) -> float:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()


def _act(seconds: float) -> int:
    return int(seconds - FIRST_ACT) // ACT_SECONDS


def _objects(bucket: str, objects: SavedObjects) -> dict[str, str]:
    """Return the newest version of each object of BUCKET that was not removed, and all versions of a source."""
    texts = {}
    for key, versions in objects:
        body, _, metadata, _ = versions[-1]
        if key.startswith("content/"):
            texts[f"{bucket} {key}"] = str([sha256(version[0] or b"removed").hexdigest() for version in versions])
        elif body is None:
            continue
        elif key.startswith(_BY_DIGEST):
            text = by_act(body.decode())
            texts[f"{bucket} letter {sha256(text.encode()).hexdigest()}"] = text
        else:
            texts[f"{bucket} {key}"] = _object(key, body, metadata)
    return texts


def _object(key: str, body: bytes, metadata: Mapping[str, str]) -> str:
    if key.startswith("reports/"):
        return report_of(body)
    if key.startswith("history/"):
        return journal_of(body)
    return object_digest(key, body, sorted(metadata.items()))


def _items(tables: Mapping[str, tuple[list[tuple[str, str, str]], object]]) -> Iterator[tuple[str, str]]:
    for table, (items, _) in tables.items():
        for partition, sort, text in items:
            item = {name: value for name, value in json.loads(text).items() if name not in DRAWN}
            yield by_act(f"{table} {partition} {sort}"), by_act(json.dumps(item, sort_keys=True))


def _waiting(rest: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what functions will receive: messages, records of streams, and schedules."""
    for name, content in rest["queues"].items():
        messages = sorted(
            by_act(f"{values['body']} {group} {receives} {max(0, (until or 0) - time.time())}")
            for values, group, receives, until in content["messages"]
        )
        yield f"queue {name}", str(messages)
    records = [record["dynamodb"] for shard in rest["shards"] for record in shard["records"]]
    yield "records", by_act(str([[_plain(record.get(name)) for name in IMAGES] for record in records]))
    for group, schedules in rest["schedules"].items():
        waiting = sorted(
            by_act(str([schedule[name] for name in ("name", "schedule_expression", "state", "target")]))
            for schedule in schedules
        )
        yield f"schedules {group}", str(waiting)
    yield "fired", by_act(str(rest["fired"]))


def _plain(item: Mapping[str, Any] | None) -> object:
    return sorted((name, value) for name, value in (item or {}).items() if name not in DRAWN)
