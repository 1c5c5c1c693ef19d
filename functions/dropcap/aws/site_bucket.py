"""The site bucket, which the CDN serves. Unchanged objects are not written again."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from enum import Enum, auto
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from botocore.exceptions import ClientError

from dropcap.aws.failures import CONFLICTS, code_of, is_missing, service_errors, unless_missing, was_repeated
from dropcap.site.urls import object_key

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

FRESH = "public, max-age=0, s-maxage=86400, must-revalidate"
"""Pages live at the edge for a day at most, and in the browser not at all (design: the edge)."""
UNKEPT = "private, no-store"
"""For previews, which neither browsers nor the CDN may store."""
REMEMBERED = 10_000
"""Most objects whose ETags a container remembers, about 2 MB."""
FOR_EVER = "public, max-age=31536000, immutable"


class SiteObject(NamedTuple):
    """One object to serve. STATUS and LOCATION are what `viewer_response.js` turns it into: a redirect, or "gone"."""

    body: bytes
    kind: str
    tags: tuple[str, ...] = ()
    status: int = 200
    location: str = ""
    caching: str = FRESH

    def metadata(self) -> dict[str, str]:
        """Return the object's metadata; `digest` stands for all of it and for the bytes."""
        metadata = {"cache-tag": ",".join(self.tags)} if self.tags else {}
        if self.status != 200:  # noqa: PLR2004  # HTTP's OK needs no mark
            metadata["status"] = str(self.status)
        if self.location:
            metadata["location"] = self.location
        whole = repr((self.kind, self.caching, sorted(metadata.items()))).encode() + self.body
        return {**metadata, "digest": sha256(whole).hexdigest()[:32]}


class _Put(Enum):
    """The outcome of a write."""

    DONE = auto()
    REFUSED = auto()
    """The condition did not hold."""
    UNCLEAR = auto()
    """The condition did not hold when botocore repeated the request, perhaps since its first attempt had worked."""


class SiteBucket:
    """Writes and removes objects by their URL path. All methods raise ServiceError."""

    def __init__(self, client: "S3Client", bucket: str, copying: Callable[[], "S3Client"] | None = None) -> None:
        """Store the CLIENT and the site BUCKET's name.

        COPYING returns the client for copies of files, which waits longer; without it, CLIENT makes them.
        """
        self._client = client
        self._copying = copying or (lambda: client)
        self._bucket = bucket
        self._written: OrderedDict[str, tuple[str, str]] = OrderedDict()

    def write(self, path: str, what: SiteObject, *, is_new: bool = False) -> bool:
        """Write WHAT at PATH; return False if it was there already, so that the CDN has nothing old.

        An object that this container wrote last is overwritten without a look, on the condition that it is still the
        same; one that IS_NEW, on the condition that there is none. If another container has written it since, or it may
        be the same already, its digest is read first.
        """
        metadata = what.metadata()
        etag, digest = self._written.get(path, ("", ""))
        condition = {"IfMatch": etag} if etag else {"IfNoneMatch": "*"} if is_new else {}
        is_tried = condition and digest != metadata["digest"]
        put = self._put(path, what, metadata, condition) if is_tried else _Put.REFUSED
        if put is _Put.DONE:
            return True
        if self._digest(path) == metadata["digest"]:
            return put is _Put.UNCLEAR
        self._put(path, what, metadata)
        return True

    def write_new(self, path: str, what: SiteObject) -> None:
        """Write WHAT at PATH, where there was no object when its folder was listed."""
        self._put(path, what, what.metadata())

    def _put(
        self, path: str, what: SiteObject, metadata: dict[str, str], condition: Mapping[str, str] | None = None
    ) -> _Put:
        """Write WHAT at PATH on a CONDITION, `IfMatch` or `IfNoneMatch`."""
        with service_errors(f"PutObject {path}"):
            try:
                answer = self._client.put_object(
                    Bucket=self._bucket,
                    Key=object_key(path),
                    Body=what.body,
                    ContentType=what.kind,
                    CacheControl=what.caching,
                    Metadata=metadata,
                    **(condition or {}),  # type: ignore[arg-type]  # one header or none
                )
            except ClientError as error:
                if condition and (code_of(error) in CONFLICTS or is_missing(error)):
                    return _Put.UNCLEAR if was_repeated(error) else _Put.REFUSED
                raise
        self._written[path] = (answer["ETag"], metadata["digest"])
        self._written.move_to_end(path)
        if len(self._written) > REMEMBERED:
            self._written.popitem(last=False)
        return _Put.DONE

    def copy(  # noqa: PLR0913  # each is a header of its own
        self,
        path: str,
        source: tuple[str, str],
        *,
        kind: str,
        caching: str,
        tags: tuple[str, ...],
        attached: bool,
        is_file: bool = False,
    ) -> None:
        """Copy SOURCE, a bucket and a key, to PATH; browsers save it instead of opening it if it is ATTACHED.

        One that IS_FILE, and no picture, may be large, so that S3 needs time.
        """
        disposition = {"ContentDisposition": "attachment"} if attached else {}
        client = self._copying() if is_file else self._client
        with service_errors(f"CopyObject {path}"):
            client.copy_object(
                Bucket=self._bucket,
                Key=object_key(path),
                CopySource={"Bucket": source[0], "Key": source[1]},
                ContentType=kind,
                CacheControl=caching,
                Metadata={"cache-tag": ",".join(tags)},
                MetadataDirective="REPLACE",
                TaggingDirective="REPLACE",
                **disposition,  # type: ignore[arg-type]  # one header or none
            )

    def names(self, folder: str, *, deep: bool = True) -> frozenset[str]:
        """Return the paths of the objects below FOLDER, a path; those in its own folders, too, if DEEP."""
        names: list[str] = []
        page: dict[str, str] = {} if deep else {"Delimiter": "/"}
        while True:
            with service_errors(f"ListObjectsV2 {folder}"):
                answer = self._client.list_objects_v2(
                    Bucket=self._bucket,
                    Prefix=object_key(folder).removesuffix("index.html"),
                    **page,  # type: ignore[arg-type]  # the continuation token, and the end of names
                )
            names += ("/" + item["Key"] for item in answer.get("Contents", ()))
            if not answer.get("IsTruncated"):
                return frozenset(names)
            page["ContinuationToken"] = answer["NextContinuationToken"]

    def remove(self, path: str) -> bool:
        """Delete the object at PATH."""
        if self._digest(path) is None:
            return False
        with service_errors(f"DeleteObject {path}"):
            self._client.delete_object(Bucket=self._bucket, Key=object_key(path))
        return True

    def _digest(self, path: str) -> str | None:
        """Return the digest of the object at PATH; None if there is none."""
        with service_errors(f"HeadObject {path}"):
            answer = unless_missing(self._client.head_object, Bucket=self._bucket, Key=object_key(path))
        return answer["Metadata"].get("digest", "") if answer else None
