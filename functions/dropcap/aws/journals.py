"""Journals in the content bucket, written by compare-and-swap. All methods raise ServiceError."""

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from dropcap.aws.failures import is_missing, service_errors, unless_missing
from dropcap.aws.listed_objects import listed_after
from dropcap.site.journal import Journal

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

FOLDER, SUFFIX = "history/", ".json"


class Journals:
    """The folder `history/` of the content bucket."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        """Store the CLIENT and the content BUCKET's name."""
        self._client = client
        self._bucket = bucket

    def read(self, key: str) -> tuple[Journal, str | None]:
        """Return the journal of source KEY, and the ETag for `swap`; None if there is no journal yet."""
        with service_errors(f"GetObject history/{key}"):
            answer = unless_missing(self._client.get_object, Bucket=self._bucket, Key=_name(key))
            if answer is None:
                return Journal(), None
            return Journal.from_json(answer["Body"].read().decode()), answer["ETag"]

    def walk(self, prefix: str, after: str, most: int) -> list[str]:
        """Return at MOST so many source keys under PREFIX that have a journal and come after AFTER, in order."""
        place = _name(after) if after else ""
        contents = listed_after(self._client, self._bucket, FOLDER + prefix, place, most)
        return [item["Key"].removeprefix(FOLDER).removesuffix(SUFFIX) for item in contents]

    def swap(self, key: str, journal: Journal, etag: str | None) -> None:
        """Write JOURNAL in place of the one with ETAG (None: of no journal); raise ConflictError if it has changed."""
        condition = {"IfMatch": etag} if etag else {"IfNoneMatch": "*"}
        with service_errors(f"PutObject history/{key}"):
            try:
                self._client.put_object(
                    Bucket=self._bucket,
                    Key=_name(key),
                    Body=journal.to_json().encode(),
                    ContentType="application/json; charset=utf-8",
                    **condition,  # type: ignore[arg-type]  # one of two conditions
                )
            except ClientError as error:
                if is_missing(error):
                    # S3 answers 404 if the object to match does not exist: another writer was first, as with 412.
                    error.response["Error"]["Code"] = "PreconditionFailed"
                raise


def _name(key: str) -> str:
    return f"{FOLDER}{key}{SUFFIX}"
