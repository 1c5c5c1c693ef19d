"""Frozen letters in the artifact bucket, named by their digest: what one recipient of an issue gets, all get."""

from hashlib import sha256
from typing import TYPE_CHECKING

from dropcap.aws.failures import service_errors
from dropcap.newsletter.letter import Letter

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


class Letters:
    """Letters under `letters/`. All methods raise ServiceError."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        """Take the CLIENT and the artifact BUCKET's name."""
        self._client = client
        self._bucket = bucket

    def put(self, letter: Letter) -> str:
        """Keep LETTER, and return its digest."""
        text = letter.to_json().encode()
        digest = sha256(text).hexdigest()[:32]
        with service_errors(f"PutObject letters/{digest}"):
            self._client.put_object(Bucket=self._bucket, Key=_key(digest), Body=text, ContentType="application/json")
        return digest

    def get(self, digest: str) -> Letter:
        """Return the letter that DIGEST names; it was put before anything named it."""
        with service_errors(f"GetObject letters/{digest}"):
            return Letter.from_json(
                self._client.get_object(Bucket=self._bucket, Key=_key(digest))["Body"].read().decode()
            )


def _key(digest: str) -> str:
    return f"letters/{digest}.json"
