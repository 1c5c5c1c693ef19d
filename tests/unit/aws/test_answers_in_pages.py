"""Lists that a service answers in pages: each is read to its end, from where the page before it ended."""

from collections.abc import Callable
from typing import Any

import pytest

from dropcap.aws.buckets import Sources
from dropcap.aws.catalog_scan import CatalogScan
from dropcap.aws.confirmed_index import ConfirmedIndex
from dropcap.aws.site_bucket import SiteBucket
from dropcap.aws.stored_artifacts import FOLDERS, StoredArtifacts, StoredVersion
from dropcap.aws.subscriber_records import SubscriberRecords
from dropcap.aws.table import Table


class Client:
    """A client whose calls give ANSWERS in turn; it keeps a copy of each request."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        self.requests: list[dict[str, Any]] = []
        self._answers = list(answers)

    def _call(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401  # arguments of boto3
        self.requests.append(request)
        return self._answers.pop(0)

    query = scan = list_object_versions = list_objects_v2 = _call

    def of_requests(self, *names: str) -> list[tuple[Any, ...]]:
        """Return the arguments called NAMES of each request."""
        return [tuple(request.get(name) for name in names) for request in self.requests]


def image(pk: str, sk: str) -> dict[str, Any]:
    """Return an item as DynamoDB returns it."""
    return {"pk": {"S": pk}, "sk": {"S": sk}}


LAST = image("p", "2")


def test_a_query_asks_on_for_those_that_are_missing() -> None:
    """DynamoDB ends a page at one MiB, whatever the limit is."""
    client: Any = Client(
        {"Items": [image("p", "1"), LAST], "LastEvaluatedKey": LAST}, {"Items": [image("p", "3")]},
    )  # fmt: skip
    assert ["1", "2", "3"] == [item["sk"] for item in Table(client, "t").query("p", most=5)]
    assert [(5, None), (3, LAST)] == client.of_requests("Limit", "ExclusiveStartKey")


def test_a_query_ends_when_it_has_enough() -> None:
    """Although there are more items."""
    client: Any = Client({"Items": [image("p", "1"), LAST], "LastEvaluatedKey": LAST})
    assert 2 == len(Table(client, "t").query("p", most=2))


def test_a_scan_of_the_catalog_reads_all_pages() -> None:
    """An empty one may stand between others."""
    client: Any = Client(
        {"Items": [image("p", "1")], "LastEvaluatedKey": LAST},
        {"Items": [], "LastEvaluatedKey": image("q", "1")},
        {"Items": [image("q", "2")]},
    )
    pages = [[item.key for item in page] for page in CatalogScan(client, "t").pages()]
    assert [[("p", "1")], [], [("q", "2")]] == pages
    assert [(None,), (LAST,), (image("q", "1"),)] == client.of_requests("ExclusiveStartKey")


@pytest.mark.parametrize(
    "subscribers",
    [
        lambda client: ConfirmedIndex(client, "t")._confirmed_before("a"),  # noqa: SLF001  # one loop
        lambda client: SubscriberRecords(client, "s", "n")._issues(lambda _: None),  # noqa: SLF001  # one loop
    ],
    ids=["subscribers before there was an index", "issues"],
)
def test_names_are_read_from_all_pages(subscribers: Callable[[Client], Any]) -> None:
    """Nobody on a later page is forgotten."""
    client = Client(
        {"Items": [image("1", "1")], "ScannedCount": 1, "LastEvaluatedKey": LAST},
        {"Items": [image("2", "2")], "ScannedCount": 1},
    )
    assert ["1", "2"] == list(subscribers(client))
    assert [(None,), (LAST,)] == client.of_requests("ExclusiveStartKey")


def test_progress_counts_the_items_read_so_far() -> None:
    """Not those of the last page alone."""
    client: Any = Client(
        {"Items": [], "ScannedCount": 3, "LastEvaluatedKey": LAST}, {"Items": [], "ScannedCount": 4},
    )  # fmt: skip
    read: list[int] = []
    assert [] == list(SubscriberRecords(client, "s", "n")._issues(read.append))  # noqa: SLF001  # one loop
    assert [3, 7] == read


def test_versions_of_artifacts_are_read_from_all_pages_of_all_folders() -> None:
    """Only the current version of each object; both markers lead to the next page."""

    def version(key: str, *, latest: bool = True) -> dict[str, Any]:
        return {"Key": key, "VersionId": "v", "IsLatest": latest}

    client: Any = Client(
        {
            "Versions": [version("fragments/a"), version("fragments/b", latest=False)],
            "IsTruncated": True, "NextKeyMarker": "fragments/b", "NextVersionIdMarker": "v",
        },
        {"Versions": [version("fragments/c")], "IsTruncated": False},
        {"IsTruncated": False},
        {"Versions": [version("renditions/d")], "IsTruncated": False},
    )  # fmt: skip
    versions = [stored for page in StoredArtifacts(client, "b").pages() for stored in page]
    assert [StoredVersion(name, "v") for name in ("fragments/a", "fragments/c", "renditions/d")] == versions
    first, second, third = FOLDERS
    expected = [(first, None, None), (first, "fragments/b", "v"), (second, None, None), (third, None, None)]
    assert expected == client.of_requests("Prefix", "KeyMarker", "VersionIdMarker")


def sources(*names: str, more: str = "") -> dict[str, Any]:
    """Return an answer with the sources of these NAMES; MORE leads to the next one."""
    contents = [{"Key": f"content/{name}", "ETag": f'"{name}"'} for name in names]
    return {"Contents": contents, "IsTruncated": bool(more), **({"NextContinuationToken": more} if more else {})}


def test_a_page_of_sources_has_as_many_as_there_are() -> None:
    """S3 may return fewer keys than requested, or none, although there are more: a walk would end there."""
    client: Any = Client(sources("b", more="1"), {"IsTruncated": True, "NextContinuationToken": "2"}, sources("c"))
    assert [("b", "b"), ("c", "c")] == Sources(client, "s").walk("", "a", 50)
    expected = [(50, "content/a", None), (49, None, "1"), (49, None, "2")]
    assert expected == client.of_requests("MaxKeys", "StartAfter", "ContinuationToken")


def test_the_folder_of_all_sources_is_not_among_them() -> None:
    """S3's console makes it as an object. A walk that began again after its name, which is empty, would never end."""
    client: Any = Client(sources("a"))
    assert [("a", "a")] == Sources(client, "s").walk("", "", 50)
    assert [("content/", "content/")] == client.of_requests("Prefix", "StartAfter")


def test_a_full_page_of_sources_is_enough() -> None:
    """The caller asks for the next one."""
    client: Any = Client(sources("a", "b", more="1"))
    assert [("a", "a"), ("b", "b")] == Sources(client, "s").walk("", "", 2)


def test_names_in_a_folder_of_the_site_are_read_from_all_pages() -> None:
    """A page without objects has no `Contents`."""
    client: Any = Client(
        {"Contents": [{"Key": "a/1.png"}], "IsTruncated": True, "NextContinuationToken": "next"},
        {"Contents": [{"Key": "a/2.png"}], "IsTruncated": True, "NextContinuationToken": "last"},
        {},
    )
    assert {"/a/1.png", "/a/2.png"} == SiteBucket(client, "b").names("/a/")
    assert [("a/", None), ("a/", "next"), ("a/", "last")] == client.of_requests("Prefix", "ContinuationToken")


def test_names_without_those_in_folders_leave_them_out_on_every_page() -> None:
    """Every page of a site has a folder of pictures among the theme's assets."""
    client: Any = Client(
        {"CommonPrefixes": [{"Prefix": "a/b/"}], "IsTruncated": True, "NextContinuationToken": "next"},
        {"Contents": [{"Key": "a/2.png"}]},
    )
    assert {"/a/2.png"} == SiteBucket(client, "b").names("/a/", deep=False)
    assert [("/", None), ("/", "next")] == client.of_requests("Delimiter", "ContinuationToken")
