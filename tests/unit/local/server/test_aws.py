"""The S3 endpoint answers programs of this machine, and no web page."""

from collections.abc import Iterator

import pytest
from werkzeug.test import Client

from dropcap_local.server.aws import AwsEndpoint
from dropcap_local.server.main_thread import MainThreadQueue
from support.bare_aws import bare_aws

DRAFT = "# Not yet"
PATH = "/content/posts/draft.md"
SIGNED = {"Authorization": "AWS4-HMAC-SHA256 Credential=local/20260316/eu-central-1/s3/aws4_request, Signature=none"}
"""Moto wants to see a signature, and does not check it: a web page can send one, too."""
HERE = {"Host": "127.0.0.1:4002", **SIGNED}


@pytest.fixture
def client() -> Iterator[Client]:
    """Return a client of the endpoint, with one draft in a bucket."""
    with bare_aws() as aws:
        s3 = aws.client("s3")
        s3.create_bucket(Bucket="content", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        s3.put_object(Bucket="content", Key="posts/draft.md", Body=DRAFT.encode())
        yield Client(AwsEndpoint(MainThreadQueue()))


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("127.0.0.1:4002", PATH),
        ("localhost:4002", PATH),
        ("LOCALHOST", PATH),
        ("[::1]:4002", PATH),
        ("[::1]", PATH),
        ("content.localhost:4002", "/posts/draft.md"),
        ("content.127.0.0.1:4002", "/posts/draft.md"),
    ],
)
def test_a_program_of_this_machine_is_answered(client: Client, host: str, path: str) -> None:
    """With the bucket in the path, or in front of the name; a program sends no Origin."""
    assert DRAFT == client.get(path, headers={"Host": host, **SIGNED}).text


@pytest.mark.parametrize(
    "headers",
    [
        {**SIGNED, "Host": "evil.example"},
        {**SIGNED, "Host": "evil.example:4002"},
        {**SIGNED, "Host": "content.evil.example:4002"},
        {**SIGNED, "Host": "127.0.0.1.evil.example:4002"},
        {**SIGNED, "Host": "localhost.evil.example"},
        {**SIGNED, "Host": ""},
        {**HERE, "Origin": "https://evil.example"},
        {**HERE, "Origin": "https://localhost.evil.example", "Sec-Fetch-Site": "cross-site"},
        {**HERE, "Origin": "http://[evil"},
        {**HERE, "Origin": "null"},
        {**HERE, "Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {**HERE, "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_web_page_reads_and_writes_nothing(client: Client, headers: dict[str, str]) -> None:
    """Neither through a name of its own that leads here, nor by requests to this machine's names."""
    assert 403 == client.get("/", headers=headers).status_code
    assert 403 == client.get(PATH, headers=headers).status_code
    assert 403 == client.put("/content/posts/evil.md", data="# Evil", headers=headers).status_code
    assert 404 == client.get("/content/posts/evil.md", headers=HERE).status_code


@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_no_answer_lets_a_web_page_read_it(client: Client, method: str) -> None:
    """Not even a page that another program serves on this machine."""
    for headers in (HERE, {**HERE, "Origin": "http://localhost:8000"}):
        answer = client.open(PATH, method=method, headers=headers)
        assert [] == [name for name, _ in answer.headers if name.lower().startswith("access-control-")]
