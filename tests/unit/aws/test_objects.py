"""Objects in S3: the headers that browsers and programs read, and writes that others may have overtaken."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from dropcap.aws.buckets import Artifacts, Reports, Sources, Version
from dropcap.aws.journals import Journals
from dropcap.aws.media import RenditionStore
from dropcap.aws.site_bucket import FOR_EVER, FRESH, SiteBucket, SiteObject
from dropcap.aws.text_cache import TextCache
from dropcap.errors import ConflictError, ServiceError
from dropcap.site.journal import Journal
from support.memory_s3 import MemoryS3

NOW = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)


@pytest.fixture
def s3() -> Any:  # noqa: ANN401  # stands for boto3's client
    """Return an empty S3."""
    return MemoryS3()


def page(text: str, **changes: Any) -> SiteObject:  # noqa: ANN401  # of any field
    """Return a page with TEXT."""
    return SiteObject(text.encode(), "text/html", ("a", "b"), **changes)


def test_an_object_of_the_site_has_its_headers(s3: Any) -> None:  # noqa: ANN401  # as above
    """Its media type, how long it may be kept, its cache tags, and for a redirect where it leads."""
    bucket = SiteBucket(s3, "site")
    assert bucket.write("/naps/", page("1", status=301, location="/rest/"))
    stored = s3.objects["site", "naps/index.html"]
    assert (b"1", "text/html", FRESH) == (stored["Body"], stored["ContentType"], stored["CacheControl"])
    assert ("a,b", "301", "/rest/") == tuple(stored["Metadata"][name] for name in ("cache-tag", "status", "location"))
    bucket.write("/rest/", page("1"))
    assert {"cache-tag", "digest"} == set(s3.objects["site", "rest/index.html"]["Metadata"])


@pytest.mark.parametrize(
    "other",
    [
        page("2"), page("1", status=410), page("1", location="/x/"), page("1", caching=FOR_EVER),
        SiteObject(b"1", "text/plain", ("a", "b")), SiteObject(b"1", "text/html", ("a",)),
    ],
)  # fmt: skip
def test_an_object_is_written_again_only_if_anything_of_it_has_changed(s3: Any, other: SiteObject) -> None:  # noqa: ANN401  # as above
    """By a container that wrote it last, and by one that has to look first."""
    first, second = SiteBucket(s3, "site"), SiteBucket(s3, "site")
    assert first.write("/naps/", page("1"))
    assert (False, False) == (first.write("/naps/", page("1")), second.write("/naps/", page("1")))
    assert ["head", "put", "head", "head"] == s3.calls
    assert first.write("/naps/", other)
    assert other.body == s3.objects["site", "naps/index.html"]["Body"]
    assert ["put"] == s3.calls[4:]


def test_an_object_that_another_container_wrote_meanwhile_is_overwritten(s3: Any) -> None:  # noqa: ANN401  # as above
    """The condition fails, so its digest is read; the same holds for one that was removed."""
    first, second = SiteBucket(s3, "site"), SiteBucket(s3, "site")
    first.write("/naps/", page("1"))
    second.write("/naps/", page("2"))
    assert first.write("/naps/", page("3"))
    assert not second.write("/naps/", page("3"))
    assert second.remove("/naps/")
    assert not second.remove("/naps/")
    assert first.write("/naps/", page("4"))
    assert b"4" == s3.objects["site", "naps/index.html"]["Body"]


@pytest.mark.parametrize("is_new", [True, False], ids=["new", "changed"])
def test_an_object_counts_as_changed_when_botocore_repeats_its_write(*, is_new: bool) -> None:
    """The first answer was lost: the second request meets the object that the first one wrote."""
    with mock_aws():
        client: Any = boto3.client("s3", region_name="eu-central-1")
        client.create_bucket(Bucket="site", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        bucket = SiteBucket(client, "site")
        assert is_new or bucket.write("/naps/", page("1"))
        losses = iter([0])
        client.meta.events.register_first("needs-retry.s3.PutObject", lambda **_: next(losses, None))
        assert bucket.write("/naps/", page("2"), is_new=is_new)
        assert [] == list(losses)
        assert not bucket.write("/naps/", page("2"))


def test_a_new_object_needs_no_look(s3: Any) -> None:  # noqa: ANN401  # as above
    """Unless there is one after all."""
    bucket = SiteBucket(s3, "site")
    assert bucket.write("/naps/", page("1"), is_new=True)
    assert ["put"] == s3.calls
    assert not SiteBucket(s3, "site").write("/naps/", page("1"), is_new=True)
    assert SiteBucket(s3, "site").write("/naps/", page("2"), is_new=True)
    assert ["put", "head", "put", "head", "put"] == s3.calls[1:]


@pytest.mark.parametrize("attached", [True, False])
def test_a_copy_gets_headers_of_its_own(s3: Any, *, attached: bool) -> None:  # noqa: ANN401  # as above
    """Those of its source are replaced; a download says so."""
    SiteBucket(s3, "site").copy(
        "/a.pdf",
        ("artifacts", "renditions/d"),
        kind="application/pdf",
        caching=FOR_EVER,
        tags=("t", "u"),
        attached=attached,
    )
    stored = s3.objects["site", "a.pdf"]
    assert {"Bucket": "artifacts", "Key": "renditions/d"} == stored["CopySource"]
    assert ("application/pdf", FOR_EVER, {"cache-tag": "t,u"}) == (
        stored["ContentType"], stored["CacheControl"], stored["Metadata"],
    )  # fmt: skip
    assert ("attachment" if attached else None) == stored.get("ContentDisposition")
    assert ("REPLACE", "REPLACE") == (stored["MetadataDirective"], stored["TaggingDirective"])


def test_a_report_has_a_form_for_people_and_one_for_programs(s3: Any) -> None:  # noqa: ANN401  # as above
    """Each with its media type, so that a browser shows it; both are removed with the source."""
    reports = Reports(s3, "content")
    reports.write("posts/a.md", "{}", "Published.")
    kinds = {key: (stored["Body"], stored["ContentType"]) for (_, key), stored in s3.objects.items()}
    assert {
        "reports/posts/a.md.json": (b"{}", "application/json; charset=utf-8"),
        "reports/posts/a.md.txt": (b"Published.", "text/plain; charset=utf-8"),
    } == kinds
    reports.remove("posts/a.md")
    assert {} == s3.objects


def test_a_journal_is_written_only_over_the_one_that_was_read(s3: Any) -> None:  # noqa: ANN401  # as above
    """Another writer was first if it has changed, has come, or is gone."""
    journals, other = Journals(s3, "content"), Journal(good="v2")
    assert (Journal(), None) == journals.read("posts/a.md")
    journals.swap("posts/a.md", Journal(good="v1"), None)
    assert "application/json; charset=utf-8" == s3.objects["content", "history/posts/a.md.json"]["ContentType"]
    journal, etag = journals.read("posts/a.md")
    assert Journal(good="v1") == journal
    for wrong in (None, '"other"'):
        with pytest.raises(ConflictError):
            journals.swap("posts/a.md", other, wrong)
    journals.swap("posts/a.md", other, etag)
    assert other == journals.read("posts/a.md")[0]
    s3.objects.clear()
    with pytest.raises(ConflictError):
        journals.swap("posts/a.md", other, etag)


def test_a_text_is_stored_once_and_read_from_memory(s3: Any) -> None:  # noqa: ANN401  # as above
    """It is a page of HTML, named by a digest of its bytes."""
    texts = Artifacts(s3, "artifacts", "bodies/", TextCache(1_000))
    digest = texts.put("<p>x</p>")
    assert "text/html; charset=utf-8" == s3.objects["artifacts", f"bodies/{digest}.html"]["ContentType"]
    assert digest == texts.put("<p>x</p>", digest)
    assert "<p>x</p>" == texts.get(digest)
    assert ["put"] == s3.calls
    assert "<p>x</p>" == Artifacts(s3, "artifacts", "bodies/").get(digest)
    with pytest.raises(ServiceError):
        texts.get("0" * 32)


def test_a_rendition_is_stored_under_its_digest(s3: Any) -> None:  # noqa: ANN401  # as above
    """A file is copied from its source, in the version that was looked at."""
    store = RenditionStore(s3, "artifacts", "content")
    digest = store.put(b"png", "image/png")
    assert ("artifacts", f"renditions/{digest}") == store.place_of(digest)
    assert "image/png" == s3.objects[store.place_of(digest)]["ContentType"]
    kept = store.keep("files/a.pdf", "v1", "e1", "application/pdf")
    copy = s3.objects[store.place_of(kept)]
    assert {"Bucket": "content", "Key": "content/files/a.pdf", "VersionId": "v1"} == copy["CopySource"]
    assert ("application/pdf", "REPLACE") == (copy["ContentType"], copy["MetadataDirective"])
    others = [("files/b.pdf", "v1", "e1"), ("files/a.pdf", "v1", "e2")]
    assert kept == store.keep("files/a.pdf", "v2", "e1", "application/pdf")
    assert kept not in {store.keep(*other, "application/pdf") for other in others}


class VersionList:
    """An S3 with these VERSIONS and deletions of keys, newest first; a deletion has a negative number."""

    def __init__(self, *versions: tuple[str, int]) -> None:
        self._versions = versions

    def list_object_versions(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401  # arguments of boto3
        """Return what comes after the version that the markers name. All were stored in the same second."""
        listed: list[dict[str, Any]] = [
            {"Key": key, "ETag": f'"e{number}"', "VersionId": f"v{number}", "Size": abs(number), "LastModified": NOW}
            for key, number in self._versions
        ]
        if "VersionIdMarker" in request:
            place = {"Key": request["KeyMarker"], "VersionId": request["VersionIdMarker"]}
            (start,) = (number for number, item in enumerate(listed) if place.items() <= item.items())
            listed = listed[start + 1 :]
        kinds = {"Versions": False, "DeleteMarkers": True}
        return {kind: [item for item in listed if ("v-" in item["VersionId"]) is gone] for kind, gone in kinds.items()}


@pytest.mark.parametrize(
    ("stored", "expected"),
    [((5, 4, -3, 2, -1), [5, 4]), ((5, -4, 4, 2), [5]), ((5, 4, 2), [5, 4, 2]), ((-5, 4), []), ((4, -3, -2, 1), [4])],
)
def test_versions_before_a_deletion_are_not_read(stored: tuple[int, ...], expected: list[int]) -> None:
    """The times do not matter, which are whole seconds. Nor are those of other sources whose names begin the same."""
    other = "content/posts/a.md.de.md"
    client: Any = VersionList(*(("content/posts/a.md", number) for number in stored), (other, 6), (other, -7))
    versions = Sources(client, "content").versions("posts/a.md")
    assert [Version(f"e{number}", f"v{number}", NOW, number) for number in expected] == versions


def test_a_source_that_is_gone_has_no_version(s3: Any) -> None:  # noqa: ANN401  # as above
    """Any other error is one."""
    assert Sources(s3, "content").newest("posts/a.md", 9) is None
    assert Sources(s3, "content").head("posts/a.md") is None
    assert Sources(s3, "content").read("posts/a.md", "v1") is None

    def refuse(**_: object) -> None:
        answer: Any = {"Error": {"Code": "AccessDenied", "Message": "?"}}
        raise ClientError(answer, "S3")

    client: Any = SimpleNamespace(get_object=refuse, head_object=refuse)
    sources = Sources(client, "content")
    for read in (lambda: sources.newest("a", 9), lambda: sources.head("a"), lambda: sources.read("a", "v1")):
        with pytest.raises(ServiceError):
            read()
