"""The local edge: the real template's distribution before a bucket and an API."""

import gzip
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dropcap.aws.site_bucket import FOR_EVER, FRESH
from dropcap_local.clients import Clients
from dropcap_local.deploy.deployment import deploy
from dropcap_local.edge.edge import LocalEdge
from dropcap_local.edge.http_api import HttpRequest
from dropcap_local.edge.http_response import HttpResponse
from dropcap_local.moto_patches.patches import moto_patched
from dropcap_local.resources.moto_origin import MotoOrigin
from support.bare_aws import bare_aws

ROOT = Path(__file__).parents[4]
LONG = "A nap is not a defeat. " * 100


@dataclass
class World:
    """A deployed CDN whose clock and API a test may change."""

    clients: Clients
    bucket: str
    distribution: str
    edge: LocalEdge
    now: list[datetime]
    api: list[Callable[[HttpRequest], HttpResponse]]
    number: Iterator[int] = field(default_factory=lambda: iter(range(1000)))

    def put(
        self, key: str, body: str, caching: str = FRESH, kind: str = "text/html; charset=utf-8", **metadata: str
    ) -> None:
        """Write an object as `publish` does."""
        metadata = {name.replace("_", "-"): value for name, value in metadata.items()}
        self.clients.client("s3").put_object(
            Bucket=self.bucket, Key=key, Body=body.encode(), ContentType=kind, CacheControl=caching, Metadata=metadata
        )

    def get(self, url: str, method: str = "GET", **headers: str) -> HttpResponse:
        """Ask as a browser does."""
        return self.edge.answer(
            HttpRequest(method, url, {name.replace("_", "-"): value for name, value in headers.items()})
        )

    def pass_time(self, seconds: float) -> None:
        """Advance the time at the edge."""
        self.now[0] += timedelta(seconds=seconds)

    def clear(self, *paths: str) -> None:
        """Invalidate PATHS."""
        batch = {"Paths": {"Quantity": len(paths), "Items": list(paths)}, "CallerReference": str(next(self.number))}
        self.clients.client("cloudfront").create_invalidation(
            DistributionId=self.distribution,
            InvalidationBatch=batch,  # type: ignore[arg-type]  # a dict of the same shape
        )


@pytest.fixture(scope="module")
def deployed() -> Iterator[tuple[Clients, World]]:
    """Deploy the real template, once for all of these tests."""
    with bare_aws() as clients, moto_patched():
        stack = deploy(ROOT / "template.yaml")
        assert stack.distribution
        now = [datetime(2026, 3, 16, 9, tzinfo=UTC)]
        api = [lambda _: HttpResponse(200, {}, b"")]

        def answer_api(request: HttpRequest) -> HttpResponse:
            return api[0](request)

        with closing(LocalEdge(stack.distribution, MotoOrigin(), answer_api, lambda: now[0])) as edge:
            yield clients, World(clients, stack.ids["SiteBucket"], stack.distribution.id, edge, now, api)


@pytest.fixture
def world(deployed: tuple[Clients, World]) -> Iterator[World]:
    """Return an edge that keeps nothing, before an empty bucket."""
    clients, site_bucket = deployed
    yield site_bucket
    s3 = clients.client("s3")
    for item in s3.list_objects_v2(Bucket=site_bucket.bucket).get("Contents", []):
        s3.delete_object(Bucket=site_bucket.bucket, Key=item["Key"])
    site_bucket.clear("/*")


def test_a_page_is_its_folder_s_index(world: World) -> None:
    """An address with a slash at its end is an object, and its metadata are nobody's business."""
    world.put("naps/index.html", "Naps", cache_tag="lists")
    page = world.get("/naps/")
    assert (200, "Naps", "text/html; charset=utf-8") == (page.status, page.text, page.headers["content-type"])
    assert not [name for name in page.headers if name.startswith("x-amz-meta")]


def test_an_address_without_its_slash_is_sent_there(world: World) -> None:
    """With its query as it was sent, and without looking into the bucket."""
    page = world.get("/naps?from=a%20mail&from=b")
    assert (301, "/naps/?from=a%20mail&from=b") == (page.status, page.headers["location"])


def test_a_redirect_is_an_object_with_a_location(world: World) -> None:
    """Its metadata become the answer's status and Location."""
    world.put("old/index.html", "It has moved.", status="301", location="/new/")
    page = world.get("/old/")
    assert (301, "/new/", "It has moved.") == (page.status, page.headers["location"], page.text)


def test_what_is_gone_says_so_also_to_whoever_has_it(world: World) -> None:
    """A 410 with a calm page; a browser that has it already is told to show that again."""
    world.put("gone/index.html", "It was withdrawn.", status="410")
    page = world.get("/gone/")
    assert (410, "It was withdrawn.") == (page.status, page.text)
    assert 304 == world.get("/gone/", if_none_match=page.headers["etag"]).status


def test_addresses_are_decoded_once(world: World) -> None:
    """An encoded address leads to the object with the plain key."""
    world.put("tags/füße/index.html", "Feet")
    assert "Feet" == world.get("/tags/f%C3%BC%C3%9Fe/").text


def test_an_unknown_address_has_the_error_page(world: World) -> None:
    """With the status 404, and even before there is such a page; it is looked for again after a second."""
    assert (404, "") == (world.get("/nope/").status, world.get("/nope/").text)
    world.put("404.html", "Nothing here.", cache_tag="lists")
    assert "" == world.get("/nope/").text
    world.pass_time(1)
    page = world.get("/nope/")
    assert (404, "Nothing here.", "Error from cloudfront") == (page.status, page.text, page.headers["x-cache"])
    assert not [name for name in page.headers if name.startswith("x-amz-meta")]
    world.put("nope/index.html", "Now there is.")
    assert 404 == world.get("/nope/").status
    world.pass_time(1)
    assert "Now there is." == world.get("/nope/").text


@pytest.mark.parametrize("url", ["/naps/", "/nope/", "/naps", "/api/confirm"])
def test_every_answer_has_the_security_headers(world: World, url: str) -> None:
    """Pages, errors, redirects and the API's answers alike."""
    world.put("naps/index.html", "Naps")
    headers = world.get(url).headers
    assert "max-age=31536000" == headers["strict-transport-security"]
    assert "nosniff" == headers["x-content-type-options"]
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "camera=()" in headers["permissions-policy"]
    assert headers["referrer-policy"]


def test_a_page_lives_at_the_edge_for_a_day(world: World) -> None:
    """Until then, nobody looks into the bucket again."""
    world.put("naps/index.html", "Old")
    assert "Miss from cloudfront" == world.get("/naps/").headers["x-cache"]
    world.put("naps/index.html", "New")
    world.pass_time(86_399)
    page = world.get("/naps/?whatever=1")
    assert ("Old", "Hit from cloudfront", "86399") == (page.text, page.headers["x-cache"], page.headers["age"])
    world.pass_time(1)
    assert "New" == world.get("/naps/").text


@pytest.mark.parametrize("path", ["#page-1", "/naps/index.html", "/naps/*", "/*"])
def test_an_invalidation_clears_what_it_names(world: World, path: str) -> None:
    """By cache tag, by path, or everything below one."""
    world.put("naps/index.html", "Old", cache_tag="page-1,other")
    world.get("/naps/")
    world.put("naps/index.html", "New", cache_tag="page-1,other")
    world.clear("#page-2", "/walks/*", "/naps")
    assert "Old" == world.get("/naps/").text
    world.clear(path)
    assert "New" == world.get("/naps/").text


def test_a_cached_error_page_is_cleared_by_its_own_tag(world: World) -> None:
    """A new title of the site is on it a second later, though the error itself has no tag."""
    world.put("404.html", "Old", cache_tag="lists")
    world.get("/nope/")
    world.put("404.html", "New", cache_tag="lists")
    world.pass_time(1)
    assert "Old" == world.get("/nope/").text
    world.clear("#lists")
    world.pass_time(1)
    assert "New" == world.get("/nope/").text


def test_assets_live_for_a_year(world: World) -> None:
    """Their names are hashes."""
    world.put("assets/site.1.css", "a {}", caching=FOR_EVER, kind="text/css")
    world.get("/assets/site.1.css")
    world.pass_time(31_535_999)
    assert "Hit from cloudfront" == world.get("/assets/site.1.css").headers["x-cache"]


def test_previews_are_never_kept(world: World) -> None:
    """Their author saves and looks again at once."""
    world.put("preview/t/index.html", "Old")
    assert "Old" == world.get("/preview/t/").text
    world.put("preview/t/index.html", "New")
    assert "New" == world.get("/preview/t/").text


def test_a_page_is_compressed_for_whoever_takes_it(world: World) -> None:
    """Both forms are kept apart, and the ETag of the compressed one is weak."""
    world.put("naps/index.html", LONG)
    small = world.get("/naps/", accept_encoding="br, gzip;q=0.8")
    assert (LONG, "gzip", "Accept-Encoding") == (
        gzip.decompress(small.body).decode(),
        small.headers["content-encoding"],
        small.headers["vary"],
    )
    assert len(small.body) == int(small.headers["content-length"])
    assert small.headers["etag"].startswith("W/")
    assert LONG == world.get("/naps/").text
    assert LONG == world.get("/naps/", accept_encoding="gzip;q=0, br").text


def test_a_reader_with_a_fresh_copy_gets_304(world: World) -> None:
    """By ETag, weak or strong, or by time; without a body, but with the policy's headers."""
    world.put("naps/index.html", LONG)
    page = world.get("/naps/", accept_encoding="gzip")
    answer = world.get("/naps/", if_none_match=f'"other", {page.headers["etag"]}')
    assert (304, b"") == (answer.status, answer.body)
    assert "content-security-policy" in answer.headers
    assert 200 == world.get("/naps/", if_none_match='"other"').status
    assert 304 == world.get("/naps/", if_modified_since=page.headers["last-modified"]).status
    assert 200 == world.get("/naps/", if_modified_since="Mon, 16 Mar 2009 09:00:00 GMT").status
    assert 200 == world.get("/naps/", if_modified_since="yesterday").status


@pytest.mark.parametrize(
    ("wanted", "status", "body"),
    [("bytes=2-4", 206, "cde"), ("bytes=7-", 206, "hij"), ("bytes=-3", 206, "hij"), ("bytes=8-99", 206, "ij"),
     ("bytes=0-1,4-5", 200, "abcdefghij"), ("bytes=-", 200, "abcdefghij"),
     ("bytes=5-2", 200, "abcdefghij"), ("bites=2-4", 200, "abcdefghij"),
     ("bytes=10-", 416, ""), ("bytes=-0", 416, "")],
)  # fmt: skip
def test_a_part_of_a_file_can_be_had(world: World, wanted: str, status: int, body: str) -> None:
    """As players of sound ask for it."""
    world.put("a/b.mp3", "abcdefghij", kind="audio/mpeg")
    page = world.get("/a/b.mp3", range=wanted)
    assert (status, body) == (page.status, page.text)
    if status == 206:
        first = "abcdefghij".index(body)
        assert f"bytes {first}-{first + len(body) - 1}/10" == page.headers["content-range"]


def test_a_part_is_only_sent_of_the_object_that_if_range_names(world: World) -> None:
    """A download that goes on after the object has changed gets all of the new one (RFC 9110, section 13.1.5)."""
    world.put("a/b.mp3", "abcdefghij", kind="audio/mpeg")
    page = world.get("/a/b.mp3")
    for name in ("etag", "last-modified"):
        assert (206, "cd") == part(world.get("/a/b.mp3", range="bytes=2-3", if_range=page.headers[name]))
    for other in ('"other"', f"W/{page.headers['etag']}", "Mon, 16 Mar 2009 09:00:00 GMT"):
        assert (200, "abcdefghij") == part(world.get("/a/b.mp3", range="bytes=2-3", if_range=other))


def part(page: HttpResponse) -> tuple[int, str]:
    """Return the status and the text of PAGE."""
    return page.status, page.text


@pytest.mark.parametrize("target", ["*", "naps", "naps/", ""])
def test_a_target_that_is_no_path_is_a_bad_request(world: World, target: str) -> None:
    """As CloudFront says, and no failure of the edge."""
    assert 400 == world.get(target).status


def test_a_path_with_two_slashes_names_no_other_host(world: World) -> None:
    """It is looked for in the bucket as it is, and no redirect leads a reader away."""
    world.put("404.html", "Nothing here.")
    for target in ("//", "//evil.example/", "//evil.example"):
        page = world.get(target)
        assert (404, "Nothing here.") == (page.status, page.text) or not page.headers["location"].startswith("//"), (
            target
        )


def test_head_of_an_error_has_the_length_of_its_page(world: World) -> None:
    """Without the page itself."""
    world.put("404.html", "Nothing here.")
    page = world.get("/nowhere/", "HEAD")
    assert (404, b"", "13") == (page.status, page.body, page.headers["content-length"])


def test_head_is_get_without_its_body(world: World) -> None:
    """It fills the cache too."""
    world.put("naps/index.html", "Naps")
    page = world.get("/naps/", "HEAD")
    assert (200, b"", "4") == (page.status, page.body, page.headers["content-length"])
    assert "Hit from cloudfront" == world.get("/naps/").headers["x-cache"]


def test_nothing_can_be_done_to_the_site(world: World) -> None:
    """Methods that the behaviour does not allow are refused, with the error page."""
    world.put("naps/index.html", "Naps")
    assert 403 == world.get("/naps/", "DELETE").status
    world.put("404.html", "Nothing here.")
    assert (404, "Nothing here.") == (world.get("/naps/", "POST").status, world.get("/naps/", "POST").text)


def test_api_responses_are_not_cached(world: World) -> None:
    """With query, headers and body as they are; its faults are kept for nobody else."""
    heard: list[HttpRequest] = []

    def answers(request: HttpRequest) -> HttpResponse:
        heard.append(request)
        return HttpResponse(500 if "bad" in request.url else 200, {"cache-control": "no-store"}, b"Yes")

    world.api[0] = answers
    assert 500 == world.get("/api/confirm?bad").status
    assert (200, "Yes") == (world.get("/api/confirm?good").status, world.get("/api/confirm?good").text)
    assert ["/api/confirm?bad", "/api/confirm?good", "/api/confirm?good"] == [request.url for request in heard]
    assert 200 == world.get("/api/subscribe", "POST").status


def test_a_plus_sign_is_no_space(world: World) -> None:
    """S3 takes one for the other in an address, as this edge does; the CDN's function prevents that."""
    world.put("c++/index.html", "<p>Plus")
    world.put("old name.html", "<p>Space")
    assert [b"<p>Plus"] * 2 == [world.get(url).body for url in ("/c++/", "/c%2B%2B/")]
    assert (404, b"<p>Space") == (world.get("/old+name.html").status, world.get("/old%20name.html").body)
