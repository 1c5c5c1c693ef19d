"""States that a batch reads in few calls: those of its views in publish, those of its records in index."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from dropcap.aws import catalog_keys as keys
from dropcap.aws.batch_catalog import BatchCatalog
from dropcap.aws.catalog import Catalog
from dropcap.aws.item_values import write_value
from dropcap.aws.post_items import card_item, post_item, shown_item
from dropcap.aws.records_catalog import RecordsCatalog
from dropcap.aws.table import Item, Table, item_of
from dropcap.document import file_kind
from dropcap.errors import ServiceError
from dropcap.site import views
from dropcap.steps.index.catalog_change import Change
from dropcap.steps.index.change import affected_views
from dropcap.steps.index.read_ahead import read_ahead as read_changes_ahead
from dropcap.steps.publish.read_ahead import read_ahead as read_views_ahead
from support.posts import CAUSE, LIVE, post, shown

NAPS, TEA = "posts/naps.md", "posts/tea.md"
URL = "https://journal.example.org"


class Client:
    """A DynamoDB with ITEMS; it counts its calls, and what they ask for."""

    def __init__(self, *items: Item) -> None:
        self.items = {(item["pk"], item["sk"]): item for item in items}
        self.calls: Counter[str] = Counter()
        self.looked_up: list[tuple[str, str]] = []

    def query(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401  # arguments of boto3
        """Return the items of the partition."""
        self.calls["Query"] += 1
        partition = request["ExpressionAttributeValues"][":pk"]["S"]
        return {"Items": [self._image(item) for (pk, _), item in sorted(self.items.items()) if pk == partition]}

    def batch_get_item(self, RequestItems: Any) -> dict[str, Any]:  # noqa: ANN401, N803  # boto3's
        """Return the items asked for."""
        self.calls["BatchGetItem"] += 1
        ((name, request),) = RequestItems.items()
        wanted = [(key["pk"]["S"], key["sk"]["S"]) for key in request["Keys"]]
        self.looked_up += wanted
        return {"Responses": {name: [self._image(self.items[key]) for key in wanted if key in self.items]}}

    @staticmethod
    def _image(item: Item) -> dict[str, Any]:
        return {name: write_value(value) for name, value in item.items()}


def of_post(key: str, path: str) -> tuple[Item, Item, Item]:
    """Return the state, the claim and the shown record of the source KEY at PATH."""
    live = replace(LIVE, path=path)
    return (
        item_of(keys.post_key(key), post_item(post(live, key=key))),
        item_of((keys.claims_of(path), f"{keys.OWNER}#2026#{key}"), {"source": key}),
        item_of(keys.shown_key(key), shown_item(shown(live, key=key))),
    )


def catalog_of(client: Any) -> Catalog:  # noqa: ANN401  # stands for boto3's
    """Return the Catalog in the table of CLIENT."""
    return Catalog(Table(client, "catalog"), URL)


def test_pages_and_reports_of_a_batch_begin_with_one_call_beside_the_claims() -> None:
    """The settings are in it, too."""
    client = Client(*of_post(NAPS, "/naps/"), *of_post(TEA, "/tea/"))
    catalog = BatchCatalog.of(catalog_of(client))
    batch = [views.path("/naps/"), views.path("/tea/"), views.path("/none/"), views.report(NAPS), "home"]
    assert URL == read_views_ahead(catalog, batch).url
    begun = [catalog.first_claims("/naps/"), catalog.first_claims("/tea/"), catalog.first_claims("/none/")]
    assert [[("1", NAPS)], [("1", TEA)], []] == begun
    assert [NAPS, TEA] == [state.key for key in (NAPS, TEA) if (state := catalog.post_and_shown(key)[0])]
    assert (NAPS, "e1") == ((answer := catalog.answer(NAPS)).post and answer.post.key, answer.post and answer.post.etag)
    assert {"Query": 3, "BatchGetItem": 1} == client.calls


def test_a_state_that_was_read_ahead_is_given_out_once() -> None:
    """A view that meets a conflict decides once more by what stands then."""
    client = Client(*of_post(NAPS, "/naps/"))
    catalog = BatchCatalog.of(catalog_of(client))
    read_views_ahead(catalog, [views.path("/naps/"), views.report(NAPS)])
    for _ in range(2):
        assert [("1", NAPS)] == catalog.first_claims("/naps/")
        assert catalog.post_and_shown(NAPS)[0]
        assert catalog.answer(NAPS).post
        client.items = {key: {**item, "etag": "e2"} if "etag" in item else item for key, item in client.items.items()}
    assert {"Query": 2, "BatchGetItem": 3} == client.calls


def test_a_state_that_cannot_be_read_fails_in_its_own_view() -> None:
    """The others of the batch have what they need."""
    state, claim, standing = of_post(NAPS, "/naps/")
    client = Client({**state, "owns": None}, claim, standing, *of_post(TEA, "/tea/"))
    catalog = BatchCatalog.of(catalog_of(client))
    read_views_ahead(catalog, [views.path("/naps/"), views.path("/tea/"), views.report(NAPS)])
    assert catalog.post_and_shown(TEA)[0]
    for fails in (catalog.post_and_shown, catalog.answer):
        with pytest.raises(TypeError):
            fails(NAPS)


def test_a_throttled_state_fails_in_its_own_view() -> None:
    """The settings are read alone, and each view reads its own state."""
    client = Client(*of_post(NAPS, "/naps/"))
    answers = client.batch_get_item

    def throttled(RequestItems: Any) -> dict[str, Any]:  # noqa: ANN401, N803  # boto3's
        names = {key["pk"]["S"] for key in RequestItems["catalog"]["Keys"]}
        left = {"UnprocessedKeys": RequestItems} if f"POST#{NAPS}" in names else {}
        return {**answers(RequestItems), **left}

    client.batch_get_item = throttled  # type: ignore[method-assign]  # for this client alone
    catalog = BatchCatalog.of(catalog_of(client))
    assert URL == read_views_ahead(catalog, [views.path("/naps/"), views.report(TEA)]).url
    with pytest.raises(ServiceError):
        catalog.post_and_shown(NAPS)
    assert catalog.answer(TEA).post is None


def test_the_report_on_a_picture_is_not_read_ahead() -> None:
    """It begins with another item."""
    assert file_kind("images/tea.jpg")
    client = Client()
    read_views_ahead(BatchCatalog.of(catalog_of(client)), [views.report("images/tea.jpg")])
    assert [keys.SITE, keys.NAVIGATION] == client.looked_up


def shown_change(key: str, path: str) -> Change:
    """Return the record of a post that is shown for the first time."""
    return Change("event", f"SHOWN#{key}", "SHOWN", None, of_post(key, path)[2])


def test_the_states_of_all_shown_posts_of_a_batch_take_one_call() -> None:
    """And those of the posts that mention its new names are in it."""
    mention = item_of((keys.references_to("naps"), "2026#x"), {"source": TEA})
    client = Client(*of_post(NAPS, "/naps/"), *of_post(TEA, "/tea/"), mention)
    name = Change("event", "NAME#naps", "/naps/#x", None, {"cause": CAUSE.to_item()})
    changes = [shown_change(NAPS, "/naps/"), shown_change(TEA, "/tea/"), name]
    catalog = RecordsCatalog.of(catalog_of(client))
    read_changes_ahead(changes, catalog)
    affected = [affected_views(change, catalog).views for change in changes]
    assert [{views.report(NAPS)}, {views.report(TEA)}, {views.path("/tea/")}] == affected
    assert 1 == client.calls["BatchGetItem"]


def test_lists_with_several_new_items_are_read_in_windows_at_once() -> None:
    """A list with one is asked for its neighbours as they are."""
    live = replace(LIVE, path="/naps/")

    def in_list(name: str, day: int) -> Change:
        place = (keys.list_of(name), f"2025-03-{day:02}T09:00:00#{NAPS}")
        item = item_of(place, {**card_item(live.card(NAPS, "b", "")), "cause": CAUSE.to_item()})
        return Change("event", *place, None, item)

    client = Client()
    catalog = RecordsCatalog.of(catalog_of(client))
    changes = [in_list("tag#tea", 1), *(in_list("tag#sleep", day) for day in range(1, 9))]
    read_changes_ahead(changes, catalog)
    for change in changes:
        affected_views(change, catalog)
    assert {"Query": 1 + 2} == client.calls


def test_a_change_of_a_text_alone_needs_no_state() -> None:
    """It reaches only the report."""
    item = of_post(NAPS, "/naps/")[2]
    other = {**item, "etag": "e2", "card": {**item["card"], "digest": "b2"}}
    client = Client()
    catalog = RecordsCatalog.of(catalog_of(client))
    read_changes_ahead([Change("event", f"SHOWN#{NAPS}", "SHOWN", item, other)], catalog)
    assert [] == client.looked_up


def test_a_state_that_was_not_read_ahead_is_read_when_it_is_needed() -> None:
    """Whether or not it exists."""
    client = Client(*of_post(NAPS, "/naps/"))
    catalog = RecordsCatalog.of(catalog_of(client))
    assert [NAPS] == list(catalog.posts([NAPS, TEA]))
    catalog.read_ahead([], [NAPS, TEA])
    assert [NAPS] == list(catalog.posts([NAPS, TEA]))
    assert 2 == client.calls["BatchGetItem"]
