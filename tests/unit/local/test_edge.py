"""The local edge: the real CloudFront Functions before and after a bucket."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from dropcap_local.clients import REGION, Clients
from dropcap_local.edge import Edge
from support.bare_aws import bare_aws


@pytest.fixture
def aws() -> Iterator[Clients]:
    """Give clients of a moto with an empty bucket `site`."""
    with bare_aws() as clients:
        clients.client("s3").create_bucket(Bucket="site", CreateBucketConfiguration={"LocationConstraint": REGION})
        yield clients


@pytest.fixture
def edge(aws: Clients) -> Iterator[Edge]:  # noqa: ARG001  # the bucket has to be there
    """Give an edge before that bucket."""
    with closing(Edge("site")) as made:
        yield made


def put(aws: Clients, key: str, body: str, **metadata: str) -> None:
    """Write a page as `publish` does."""
    told = {name.replace("_", "-"): value for name, value in metadata.items()}
    aws.client("s3").put_object(
        Bucket="site", Key=key, Body=body.encode(), ContentType="text/html; charset=utf-8", Metadata=told
    )


def test_a_page_is_its_folder_s_index(aws: Clients, edge: Edge) -> None:
    """An address with a slash at its end is an object, and what it was written with arrives with it."""
    put(aws, "naps/index.html", "Naps", cache_tag="lists")
    page = edge.get("/naps/")
    assert (200, "Naps", "text/html; charset=utf-8") == (page.status, page.text, page.headers["content-type"])
    assert "x-amz-meta-cache-tag" not in page.headers


def test_an_address_without_its_slash_is_sent_there(edge: Edge) -> None:
    """With its query, and without looking into the bucket."""
    page = edge.get("/naps?from=mail")
    assert (301, "/naps/?from=mail") == (page.status, page.headers["location"])


def test_a_redirect_is_an_object_with_a_location(aws: Clients, edge: Edge) -> None:
    """Its metadata become the answer's status and Location."""
    put(aws, "old/index.html", "It has moved.", status="301", location="/new/")
    page = edge.get("/old/")
    assert (301, "/new/", "It has moved.") == (page.status, page.headers["location"], page.text)


def test_what_is_gone_says_so(aws: Clients, edge: Edge) -> None:
    """A 410 with a calm page."""
    put(aws, "gone/index.html", "It was withdrawn.", status="410")
    assert (410, "It was withdrawn.") == (edge.get("/gone/").status, edge.get("/gone/").text)


def test_an_unknown_address_has_the_error_page(aws: Clients, edge: Edge) -> None:
    """With the status 404, and even before there is such a page."""
    assert (404, "") == (edge.get("/nope/").status, edge.get("/nope/").text)
    put(aws, "404.html", "Nothing here.")
    assert (404, "Nothing here.") == (edge.get("/nope/").status, edge.get("/nope/").text)


def test_addresses_are_decoded_once(aws: Clients, edge: Edge) -> None:
    """What a browser encodes is the object's plain key."""
    put(aws, "tags/füße/index.html", "Feet")
    assert "Feet" == edge.get("/tags/f%C3%BC%C3%9Fe/").text
