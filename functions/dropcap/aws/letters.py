"""Frozen letters in the artifact bucket, named by their digest: all recipients of an issue get the same letter."""

from hashlib import sha256
from typing import TYPE_CHECKING

from dropcap.aws.failures import service_errors
from dropcap.newsletter.letter import Letter, Rendered

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


class Letters:
    """Letters under `letters/`. All methods raise ServiceError."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        """Store the CLIENT and the artifact BUCKET's name."""
        self._client = client
        self._bucket = bucket
        self._rendered: tuple[str, str, Rendered] | None = None

    def put(self, letter: Letter) -> str:
        """Write LETTER, and return its digest."""
        text = letter.to_json().encode()
        digest = sha256(text).hexdigest()[:32]
        with service_errors(f"PutObject letters/{digest}"):
            self._client.put_object(Bucket=self._bucket, Key=_key(digest), Body=text, ContentType="application/json")
        return digest

    def get(self, digest: str) -> Letter:
        """Return the letter that DIGEST names."""
        with service_errors(f"GetObject letters/{digest}"):
            return Letter.from_json(
                self._client.get_object(Bucket=self._bucket, Key=_key(digest))["Body"].read().decode()
            )

    def rendered(self, digest: str) -> tuple[str, Rendered]:
        """Return the site's address and the rendered message of the letter that DIGEST names; the last one is kept."""
        if self._rendered is None or self._rendered[0] != digest:
            letter = self.get(digest)
            self._rendered = digest, letter.site, letter.rendered()
        return self._rendered[1:]


def _key(digest: str) -> str:
    return f"letters/{digest}.json"
