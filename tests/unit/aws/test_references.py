"""References and how a moved source is recognised, in the Catalog's items."""

from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from dropcap.aws import catalog_keys as keys
from dropcap.aws.catalog import Catalog
from dropcap.aws.catalog_scan import CatalogScan
from dropcap.aws.post_items import post_item, shown_item
from dropcap.aws.table import item_of
from dropcap.errors import ServiceError
from dropcap.site.post import REMOVED
from support.memory_table import URL, MemoryTable, memory_catalog
from support.posts import CAUSE, LIVE, post, shown

NAPS, REST = "posts/naps.md", "posts/rest.md"


def test_a_known_source_has_its_cause_from_the_first_write_on() -> None:
    """The commit may come much later, and `index` reads the cause of every item."""
    table = MemoryTable()
    catalog, ids = Catalog(table, URL), keys.known_keys(NAPS, "n1", "w1")
    catalog.references.register_known(ids, CAUSE)
    for key in ids:
        stored = table.get(key) or {}
        assert (NAPS, [], CAUSE.to_item()) == (stored["source"], stored["left"], stored["cause"])
    assert [NAPS] == catalog.references.alive(keys.known_keys(REST, "n1", ""))
    assert [] == catalog.references.alive(ids)


def test_the_successor_of_a_removed_post_is_the_published_one_with_its_id() -> None:
    """None while there is none, and none of a post that is still there."""
    known = keys.known_keys(NAPS, "n1", "")
    removed = item_of(
        keys.post_key(NAPS), {**post_item(post(None, outcome=REMOVED)), "owns": [list(key) for key in known]}
    )
    rest = item_of(("ID#id#n1", REST), {"source": REST, "left": [], "cause": CAUSE.to_item()})
    assert memory_catalog(removed).successor(NAPS) is None
    assert memory_catalog(removed, rest).successor(NAPS) is None
    standing = [
        item_of(keys.post_key(REST), post_item(post(key=REST))),
        item_of(keys.shown_key(REST), shown_item(shown(LIVE, key=REST))),
    ]
    successor = memory_catalog(removed, rest, *standing).successor(NAPS)
    assert successor
    assert REST == successor.key
    assert memory_catalog(rest, *standing, item_of(keys.post_key(NAPS), post_item(post()))).successor(NAPS) is None


@pytest.mark.parametrize("code", ["", "ConditionalCheckFailedException", "ThrottlingException"])
def test_a_reference_that_was_written_again_stays(code: str) -> None:
    """It has another token; another error is one."""
    requests: list[dict[str, Any]] = []

    def delete_item(**request: Any) -> None:  # noqa: ANN401  # as boto3 takes it
        requests.append(request)
        if code:
            answer: Any = {"Error": {"Code": code, "Message": "?"}}
            raise ClientError(answer, "DeleteItem")

    client: Any = SimpleNamespace(delete_item=delete_item)
    scan = CatalogScan(client, "catalog")
    if code == "ThrottlingException":
        with pytest.raises(ServiceError):
            scan.delete_reference(("REF#x", "s"), "t")
    else:
        assert (not code) == scan.delete_reference(("REF#x", "s"), "t")
    (request,) = requests
    assert {"pk": {"S": "REF#x"}, "sk": {"S": "s"}} == request["Key"]
    assert {":token": {"S": "t"}} == request["ExpressionAttributeValues"]
