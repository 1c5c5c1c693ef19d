"""The newest version of a source: its state and its bytes in one call, within a limit of size."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from botocore.exceptions import ClientError
from botocore.response import StreamingBody

from dropcap.aws.buckets import Sources, Version

MODIFIED = datetime(2026, 3, 16, 9, tzinfo=UTC)


class Client:
    """An S3 with one object, or none; it keeps the requests and the last stream that it answered with."""

    def __init__(self, body: bytes | None) -> None:
        self.requests: list[dict[str, Any]] = []
        self.stream = BytesIO(body or b"")
        self._body = body

    def get_object(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401  # arguments of boto3
        """Return the object."""
        self.requests.append(request)
        if self._body is None:
            raise ClientError({"Error": {"Code": "NoSuchKey"}}, "GetObject")
        size = len(self._body)
        answer = {"ETag": '"e1"', "VersionId": "v1", "LastModified": MODIFIED, "ContentLength": size}
        return {**answer, "Body": StreamingBody(self.stream, size)}


def newest(body: bytes | None, most: int) -> tuple[Version | None, Client]:
    """Return what Sources answers for a source with BODY, and its client."""
    client: Any = Client(body)
    return Sources(client, "content").newest("posts/a.md", most), client


def test_the_newest_version_comes_with_its_body() -> None:
    """One call reads both, so that no version can come between them."""
    version, client = newest(b"Text.", 5)
    assert Version("e1", "v1", MODIFIED, 5, b"Text.") == version
    assert [{"Bucket": "content", "Key": "content/posts/a.md"}] == client.requests


def test_a_body_above_the_limit_is_not_read() -> None:
    """Its size is known, and its stream is closed unread."""
    version, client = newest(b"Text..", 5)
    assert Version("e1", "v1", MODIFIED, 6) == version
    assert client.stream.closed


def test_a_source_that_is_gone_has_no_version() -> None:
    """S3 answers as for one that never was."""
    assert newest(None, 5)[0] is None
