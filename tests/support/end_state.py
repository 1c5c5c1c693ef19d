"""The state of an idle local cloud, without values that depend on when and how often steps ran."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from hashlib import sha256
from typing import Any

from dropcap_local.cloud import LocalCloud
from dropcap_local.resources.stored_objects import stored_objects
from support.edge_staleness import EdgeStaleness

State = Mapping[str, object]
_TOKEN = re.compile(r"preview/[0-9a-f]+")
_MOMENT = re.compile(rb' datetime="[^"]*"')


@dataclass(frozen=True)
class EndState:
    """The site and the reports, journals, mails and so on, each as a mapping that can be compared."""

    site: State
    reports: State
    journals: State
    ledger: State
    subscribers: State
    mails: Mapping[str, int]
    dead_letters: State
    stale_at_the_edge: State

    def differences(self, other: "EndState") -> list[str]:
        """Return a line for each thing that is not the same in OTHER, such as `site /naps/index.html`."""
        lines = []
        for part in (field.name for field in fields(self)):
            here, there = getattr(self, part), getattr(other, part)
            keys = sorted(key for key in here.keys() | there.keys() if here.get(key) != there.get(key))
            lines += [f"{part} {key}: {there.get(key)} instead of {here.get(key)}" for key in keys]
        return lines


def end_state(cloud: LocalCloud, staleness: EdgeStaleness) -> EndState:
    """Return the state of the idle CLOUD, whose site STALENESS has observed."""
    content = {stored.name: stored.value for stored in stored_objects(cloud.id("ContentBucket"))}
    newsletter = _items(cloud, "NewsletterTable")
    return EndState(
        site={
            _TOKEN.sub("preview/…", key): object_digest(key, body, sorted(metadata.items()))
            for key, (body, metadata) in cloud.site().items()
        },
        reports={key: report_of(body) for key, body in content.items() if key.startswith("reports/")},
        journals={key: journal_of(body) for key, body in content.items() if key.startswith("history/")},
        ledger={
            f"{item['pk']['S']} {item['sk']['S']}": item["state"]["S"]
            for item in newsletter
            if item["pk"]["S"].startswith("LEDGER#")
        },
        subscribers={
            item["sk"]["S"]: item["standing"]["S"] for item in _items(cloud, "SubscribersTable") if "standing" in item
        },
        mails=Counter(f"{mail['To']}: {mail['Subject']}" for mail in cloud.mails()),
        dead_letters=_dead_letters(cloud),
        stale_at_the_edge=dict.fromkeys(staleness.stale(), "an old version"),
    )


def _items(cloud: LocalCloud, table: str) -> list[dict[str, Any]]:
    return list(cloud.client("dynamodb").scan(TableName=cloud.id(table), ConsistentRead=True)["Items"])


def report_of(body: bytes) -> str:
    """Return a report without moments, and without the address of a preview."""
    try:
        report = json.loads(body)
    except ValueError:
        return "a text"  # the same as its JSON, for people
    report["uploaded"] = None
    report["preview"] = bool(report.get("preview"))
    report["mail"] = {**report["mail"], "when": None} if report.get("mail") else None
    return json.dumps(report, sort_keys=True)


def journal_of(body: bytes) -> str:
    """Return a journal without the time of the upload, and without random values."""
    journal = json.loads(body)
    drawn = {"good": None, "first_seen": None, "preview": bool(journal["preview"])}
    return json.dumps({**journal, **drawn}, sort_keys=True)


def _dead_letters(cloud: LocalCloud) -> dict[str, int]:
    sqs, counts = cloud.client("sqs"), {}
    for queue in cloud.stack.queues.values():
        answer = sqs.get_queue_attributes(QueueUrl=queue.url, AttributeNames=["ApproximateNumberOfMessages"])
        if count := int(answer["Attributes"]["ApproximateNumberOfMessages"]):
            counts[queue.logical_id] = count
    return counts


def object_digest(key: str, body: bytes, metadata: object) -> str:
    """Return a digest of an object; the newsletter's archive has the time at which an issue was sent."""
    if key.startswith("preview/"):
        return "a preview"
    if key.startswith("newsletter/"):
        body, metadata = _MOMENT.sub(b"", body), None
    return sha256(body + json.dumps(metadata).encode()).hexdigest()[:12]
