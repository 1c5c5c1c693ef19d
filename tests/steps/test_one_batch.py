"""The cost of a batch of messages: each read once, and no view that would exceed the function's timeout."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from botocore.exceptions import ClientError

import index
import publish
from dropcap import clients
from dropcap.aws import catalog_keys as keys
from dropcap.aws.catalog import Catalog
from dropcap.aws.item_values import write_value
from dropcap.aws.records_catalog import RecordsCatalog
from dropcap.aws.table import Table, item_of
from dropcap.contracts import Cause, ClearEdge, MakeView, RemakeView
from dropcap.settings import IndexSettings, PublishSettings
from dropcap.site.settings.model import SiteSettings
from dropcap.site.urls import LISTS
from dropcap.steps.index.catalog_change import Change
from dropcap.steps.index.change import affected_views
from dropcap.wiring import index as index_wiring
from dropcap.wiring import publish as wiring

LINKS = [f"note-{number}" for number in range(300)]
CAUSE = Cause("posts/a.md", "etag", "2026-03-16T09:00:00Z")


class Client:
    """A DynamoDB that holds nothing, and counts the queries for each partition."""

    def __init__(self) -> None:
        self.asked_for: list[str] = []

    def query(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401  # arguments of boto3
        """Return no item."""
        self.asked_for.append(next(iter(request["ExpressionAttributeValues"].values()))["S"])
        return {"Items": []}

    def get_item(self, **_: object) -> dict[str, Any]:
        """Return no item."""
        return {}

    def batch_get_item(self, **_: object) -> dict[str, Any]:
        """Return no item."""
        return {"Responses": {"catalog": []}}


def test_the_holders_of_a_name_are_looked_up_once_in_a_batch() -> None:
    """Two records of a post with 300 links ask 300 times, not 600, and a third one does not ask at all."""
    client: Any = Client()
    catalog = RecordsCatalog(Table(client, "catalog"), "https://example.org")
    new = {"links": LINKS, "files": [], "cause": CAUSE.to_item()}
    for old in (None, {**new, "links": LINKS[:1]}, {**new, "links": []}):
        affected_views(Change("event", "SHOWN#posts/a.md", "SHOWN", old, new), catalog)
    names = [partition for partition in client.asked_for if partition.startswith("NAME#")]
    assert sorted({*names}) == sorted(names)
    assert len(LINKS) == len(names)


def test_the_sum_of_a_month_sends_for_what_shows_it() -> None:
    """An added or removed item changes the sum: the page of the month, its year and the archive are built then."""
    client: Any = Client()
    catalog = RecordsCatalog(Table(client, "catalog"), "https://example.org")
    new = {"count": 1, "cause": CAUSE.to_item()}
    expected = {"archive", "sitemap", "year 2026", "month 2026-03"}
    for old in (None, {**new, "count": 2}):
        change = Change("event", "SUM#all", "2026-03", old, new)
        assert expected == affected_views(change, catalog).views


class Kept:
    """A queue that keeps what is sent."""

    def __init__(self) -> None:
        self.messages: list[Any] = []

    def send(self, message: Any) -> None:  # noqa: ANN401  # a message or the views of a batch
        """Keep MESSAGE."""
        self.messages.append(message)


@pytest.mark.parametrize("refuses", [False, True])
def test_index_parks_the_record_that_it_cannot_read(monkeypatch: pytest.MonkeyPatch, *, refuses: bool) -> None:
    """The others of the batch are indexed, also if their states cannot be read together."""
    client: Any = Client()

    def refused_at_first(**_: object) -> dict[str, Any]:
        client.batch_get_item = lambda **_: {"Responses": {"catalog": []}}
        raise ClientError({"Error": {"Code": "ThrottlingException"}}, "BatchGetItem")

    if refuses:
        client.batch_get_item = refused_at_first
    views, bulk = Kept(), Kept()
    catalog = Catalog(Table(client, "catalog"), "https://example.org")
    monkeypatch.setattr(index_wiring, "index_tools", lambda _: (catalog, views, {"bulk": bulk}))
    monkeypatch.setattr(IndexSettings, "from_environment", lambda: None)
    item = item_of(keys.shown_key("posts/a.md"), {"links": [], "files": [], "cause": CAUSE.to_item()})
    images = {name: {field: write_value(value) for field, value in item.items()} for name in ("Keys", "NewImage")}
    record = {"eventID": "event", "dynamodb": images}
    broken = {"eventID": "broken \uffff", "dynamodb": {"NewImage": images["NewImage"]}}
    index.index_records([broken, record])
    assert [{"report posts/a.md": ("event", CAUSE)}] == views.messages
    assert [json.dumps(broken)] == bulk.messages  # in ASCII, since SQS does not take every character


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Replace the collaborators of publish; return what it sends to the queue of the edge."""
    messages: list[Any] = []
    site = SiteSettings.default("https://example.org")
    monkeypatch.setattr(publish, "replace", lambda value, **_: value)
    monkeypatch.setattr(publish, "BatchCatalog", SimpleNamespace(of=lambda catalog: catalog))
    monkeypatch.setattr(publish, "read_ahead", lambda *_: site)
    monkeypatch.setattr(wiring, "publish_tools", lambda _: SimpleNamespace(catalog=None))
    monkeypatch.setattr(wiring, "give_up_tools", lambda _: (None, None))
    monkeypatch.setattr(wiring, "edge_queue", lambda _: SimpleNamespace(send_all=messages.extend))
    monkeypatch.setattr(publish, "publish_colours", lambda *_: None)
    monkeypatch.setattr(PublishSettings, "from_environment", lambda: SimpleNamespace(newsletter="yes"))
    return messages


@pytest.fixture
def built(sent: list[Any], monkeypatch: pytest.MonkeyPatch) -> list[str]:  # noqa: ARG001  # its collaborators
    """Return the list of views that publish builds from now on, in place of building them."""
    views: list[str] = []

    def build(_: object, view: str) -> frozenset[str]:
        views.append(view)
        return frozenset()

    monkeypatch.setattr(publish, "publish_view", build)
    return views


def test_publish_hands_back_the_views_that_it_cannot_build_in_the_time_left(built: list[str]) -> None:
    """The first view is built in any case; with ten seconds left, the others return to the queue one by one."""
    records = [_record(number) for number in range(3)]
    answer = publish.handler({"Records": records}, _context(10_000))
    assert ["month 2026-00"] == built
    assert [{"itemIdentifier": "1"}, {"itemIdentifier": "2"}] == answer["batchItemFailures"]


@pytest.mark.parametrize(
    ("tries", "changed", "cleared"),
    [("1", set(), set()), ("1", {"page-x"}, {"page-x"}), ("2", set(), {LISTS}), ("2", {"page-x"}, {"page-x", LISTS})],
)
def test_a_view_that_is_tried_again_is_cleared_at_the_cdn(
    sent: list[Any], monkeypatch: pytest.MonkeyPatch, tries: str, changed: set[str], cleared: set[str]
) -> None:
    """Although nothing is left to change: the first try may have written it and failed before it could say so."""
    monkeypatch.setattr(publish, "publish_view", lambda *_: frozenset(changed))
    record, cause = _record(1), Cause("posts/a.md", "etag", clients.now().isoformat())
    record["body"] = MakeView("month 2026-01", cause).to_json()
    record["attributes"]["ApproximateReceiveCount"] = tries
    assert [] == publish.handler({"Records": [record]}, _context(100_000))["batchItemFailures"]
    assert ([ClearEdge(tuple(sorted(cleared)), cause)] if cleared else []) == sent


def test_publish_builds_the_sums_of_a_batch_first(built: list[str]) -> None:
    """The lists that read them are requested while the rest is built; a message that cannot be read fails alone."""
    views = ["home", "tag-feed sleep", "tag-sum sleep 2026", "month 2026-03", "month-sum 2026-03", "tag-total sleep"]
    records = [{**_record(number), "body": MakeView(view, CAUSE).to_json()} for number, view in enumerate(views)]
    answer = publish.handler({"Records": [{**_record(9), "body": "no JSON"}, *records]}, _context(60_000))
    assert ["tag-sum sleep 2026", "month-sum 2026-03", "tag-total sleep", *views[:2], views[3]] == built
    assert [{"itemIdentifier": "9"}] == answer["batchItemFailures"]


def _context(milliseconds: int) -> Any:  # noqa: ANN401  # Lambda's context
    return SimpleNamespace(get_remaining_time_in_millis=lambda: milliseconds)


def test_what_all_views_of_a_batch_have_changed_is_cleared_together(
    sent: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One message a cause, with each cache tag once."""
    monkeypatch.setattr(publish, "publish_view", lambda _, view: frozenset({view, "lists"}))
    context: Any = SimpleNamespace(get_remaining_time_in_millis=lambda: 100_000)
    records, now = [_record(number) for number in range(3)], clients.now().isoformat()
    causes = [Cause("posts/a.md", "etag", now), Cause("posts/a.md", "etag", now), Cause("posts/b.md", "etag", now)]
    for number, cause in enumerate(causes):
        records[number]["body"] = MakeView(f"month 2026-0{number}", cause).to_json()
    publish.handler({"Records": records}, context)
    first = ClearEdge(("lists", "month 2026-00", "month 2026-01"), causes[0])
    assert [first, ClearEdge(("lists", "month 2026-02"), causes[2])] == sent


def _record(number: int) -> dict[str, Any]:
    attributes = {
        "ApproximateReceiveCount": "1", "MessageGroupId": str(number), "MessageDeduplicationId": f"view-{number}"
    }  # fmt: skip
    body = MakeView(f"month 2026-0{number}", CAUSE).to_json()
    return {"messageId": str(number), "body": body, "attributes": attributes, "eventSource": "aws:sqs"}


@pytest.mark.parametrize(("count", "is_stale"), [(1, False), (2, True), (3, True)])
def test_a_view_that_was_tried_before_may_be_stale_at_the_cdn(count: int, *, is_stale: bool) -> None:
    """From the second receive on: the first try may have written the view and not invalidated it."""
    now = Cause("posts/a.md", "etag", clients.now().isoformat())
    record = _record(0)
    record["attributes"]["ApproximateReceiveCount"] = str(count)
    assert is_stale == publish._may_be_stale(MakeView("home", now), SQSRecord(record))  # noqa: SLF001  # its rule


@pytest.mark.parametrize("moved", ["7f0c9a1e-3f7e-4a53-9d3b-4f1d6f0b3c55", "a" * 64, None])
def test_a_view_of_a_redrive_may_be_stale_at_the_cdn(moved: str | None) -> None:
    """A redrive counts receives from the start again; the view of a walk that began long ago has its own id."""
    record = _record(0)
    assert publish._may_be_stale(RemakeView("home", CAUSE), SQSRecord(record))  # noqa: SLF001  # its rule
    assert not publish._may_be_stale(MakeView("home", CAUSE), SQSRecord(record))  # noqa: SLF001  # its rule
    record["attributes"]["MessageDeduplicationId"] = moved
    assert publish._may_be_stale(MakeView("home", CAUSE), SQSRecord(record))  # noqa: SLF001  # its rule
