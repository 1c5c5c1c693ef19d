"""The state of a stack as an earlier version left it, from `tests/golden/before/`, put into an empty local cloud."""

import base64
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from moto.s3.models import FakeKey, s3_backends

from dropcap_local.clients import ACCOUNT
from dropcap_local.cloud import LocalCloud
from dropcap_local.resources.stored_objects import stored_objects
from support.content_events import without_events

BEFORE = Path(__file__).parents[1] / "golden" / "before"
TABLES = {"catalog": "CatalogTable", "newsletter": "NewsletterTable", "subscribers": "SubscribersTable"}
BUCKETS = {"content_objects": "ContentBucket", "artifact_objects": "ArtifactBucket"}
QUEUES_NOW = {"IndexRetryQueue": "BulkQueue", "UploadDeadLetters": "UploadQueue", "ViewDeadLetters": "ViewQueue"}
"""The queues that now handle messages of removed queues; an operator moves them before the upgrade."""

Json = dict[str, Any]


def read(name: str) -> Any:  # noqa: ANN401  # JSON
    """Return the file NAME of the earlier state."""
    return json.loads((BEFORE / f"{name}.json").read_text(encoding="utf-8"))


def clock_then() -> datetime:
    """Return the time at which the earlier version stopped."""
    return datetime.fromisoformat(read("story")["now"])


def put_stack(cloud: LocalCloud) -> None:
    """Put tables, buckets, schedules and messages of the earlier version into CLOUD, which is new."""
    for name, table in TABLES.items():
        put_items(cloud, table, read(name))
    with without_events(cloud):  # an updated stack's events were sent long ago
        for name, bucket in BUCKETS.items():
            put_objects(cloud, bucket, read(name))
    for schedule in read("schedules"):
        _put_schedule(cloud, schedule)
    for message in read("messages"):
        _send(cloud, message["queue"], message["body"])


def put_items(cloud: LocalCloud, table: str, items: Sequence[Json]) -> None:
    """Write ITEMS, in DynamoDB's own JSON, to TABLE."""
    for item in items:
        cloud.client("dynamodb").put_item(TableName=cloud.id(table), Item=item)


def put_objects(cloud: LocalCloud, bucket: str, objects: Sequence[Json]) -> None:
    """Write OBJECTS, oldest version first, to BUCKET, under their own versions and times."""
    s3, name = cloud.client("s3"), cloud.id(bucket)
    for stored in objects:
        if "type" not in stored:
            s3.delete_object(Bucket=name, Key=stored["key"])
        else:
            body = stored["text"].encode() if "text" in stored else base64.b64decode(stored["base64"])
            s3.put_object(Bucket=name, Key=stored["key"], Body=body, ContentType=stored["type"])
        written = s3_backends[ACCOUNT]["aws"].buckets[name].keys.get(stored["key"])
        if written is None:  # a mark of deletion without a version before it, which changes nothing
            continue
        if isinstance(written, FakeKey) and stored["version"] != "null":
            written._version_id = stored["version"]  # noqa: SLF001  # journals name versions, which moto draws
        written.last_modified = datetime.fromisoformat(stored["modified"]).replace(tzinfo=None)


def _put_schedule(cloud: LocalCloud, schedule: Mapping[str, str]) -> None:
    queue = cloud.client("sqs").get_queue_attributes(QueueUrl=cloud.id(schedule["queue"]), AttributeNames=["QueueArn"])
    cloud.client("scheduler").create_schedule(
        Name=schedule["name"],
        GroupName=cloud.id(schedule["group"]),
        ScheduleExpression=schedule["expression"],
        ScheduleExpressionTimezone="UTC",
        FlexibleTimeWindow={"Mode": "OFF"},
        ActionAfterCompletion="DELETE",
        Target={
            "Arn": queue["Attributes"]["QueueArn"],
            "RoleArn": f"arn:aws:iam::{ACCOUNT}:role/scheduler",
            "Input": schedule["input"],
        },
    )


def _send(cloud: LocalCloud, queue: str, body: Json) -> None:
    text = json.dumps(body)
    digest = sha256(text.encode()).hexdigest()
    sqs, url = cloud.client("sqs"), cloud.id(QUEUES_NOW.get(queue, queue))
    if queue == "ViewQueue":
        sqs.send_message(QueueUrl=url, MessageBody=text, MessageGroupId=digest, MessageDeduplicationId=digest)
    else:
        sqs.send_message(QueueUrl=url, MessageBody=text)


def waiting(cloud: LocalCloud) -> dict[str, int]:
    """Return how many messages wait in each queue of CLOUD that has any, dead letters included."""
    sqs = cloud.client("sqs")
    counts: dict[str, int] = {}
    for url in sqs.list_queues()["QueueUrls"]:
        answer = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        number = sum(int(value) for name, value in answer.items() if name.startswith("ApproximateNumberOfMessages"))
        if number:
            counts[url.rpartition("/")[2]] = number
    return counts


def names_in(items: Sequence[Json]) -> dict[str, set[str]]:
    """Return the attribute names in ITEMS, nested ones with dots, by the kind of item."""
    names: dict[str, set[str]] = {}
    for item in items:
        names.setdefault(_kind(item["pk"]["S"], item["sk"]["S"]), set()).update(_paths({"M": item}))
    return names


def _kind(pk: str, sk: str) -> str:
    """Return the kind of the item at PK and SK: the constant part of its key, with the list's name for lists."""
    kind, _, name = pk.partition("#")
    if kind == "ISSUE":
        return sk.partition("#")[0]
    return pk if kind == "LIST" and name in {"issues", "search"} else kind


def _paths(value: Json) -> set[str]:
    paths: set[str] = set()
    for name, inner in value.get("M", {}).items():
        paths |= {name, *(f"{name}.{path}" for path in _paths(inner))}
    for inner in value.get("L", ()):
        paths |= {f"[].{path}" for path in _paths(inner)}
    return paths


def stored(cloud: LocalCloud, table: str) -> list[Json]:
    """Return every item of TABLE."""
    items: list[Json] = []
    start: Json = {}
    while True:
        answer = cloud.client("dynamodb").scan(TableName=cloud.id(table), **start)
        items += answer["Items"]
        if "LastEvaluatedKey" not in answer:
            return items
        start = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}


def json_objects(cloud: LocalCloud, bucket: str) -> dict[str, str]:
    """Return the objects of BUCKET whose names end in `.json`, by key."""
    objects = stored_objects(cloud.id(bucket))
    return {item.name: item.value.decode() for item in objects if item.name.endswith(".json")}


def earlier_json_objects(name: str) -> dict[str, str]:
    """Return such objects of the earlier version, from the file NAME."""
    return {item["key"]: item["text"] for item in read(name) if item["key"].endswith(".json") and "text" in item}


def fields_in(objects: Mapping[str, str]) -> dict[str, set[str]]:
    """Return the fields of OBJECTS, which are JSON, by their folder; nested ones with dots."""
    fields: dict[str, set[str]] = {}
    for key, text in objects.items():
        fields.setdefault(key.partition("/")[0], set()).update(_json_paths(json.loads(text)))
    return fields


def _json_paths(value: object) -> set[str]:
    paths: set[str] = set()
    if isinstance(value, dict):
        for name, inner in value.items():
            paths |= {name, *(f"{name}.{path}" for path in _json_paths(inner))}
    for inner in value if isinstance(value, list) else ():
        paths |= {f"[].{path}" for path in _json_paths(inner)}
    return paths
