"""S3 in memory, for unit tests of its adapters: objects with their headers, conditional writes, and the requests."""

from hashlib import sha256
from io import BytesIO
from typing import Any

from botocore.exceptions import ClientError


class MemoryS3:
    """The client: OBJECTS by bucket and key, each with the arguments with which it was written."""

    def __init__(self) -> None:
        self.objects: dict[tuple[str, str], dict[str, Any]] = {}
        self.calls: list[str] = []

    def put_object(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401  # as boto3 takes it
        """Write an object, on the conditions `IfMatch` and `IfNoneMatch`."""
        self.calls.append("put")
        standing = self.objects.get((request["Bucket"], request["Key"]))
        if "IfMatch" in request and standing is None:
            raise _error("NoSuchKey")
        if ("IfMatch" in request and standing and request["IfMatch"] != standing["ETag"]) or (
            "IfNoneMatch" in request and standing
        ):
            raise _error("PreconditionFailed")
        etag = f'"{sha256(bytes(request["Body"])).hexdigest()[:8]}"'
        self.objects[request["Bucket"], request["Key"]] = {**request, "ETag": etag}
        return {"ETag": etag}

    def copy_object(self, **request: Any) -> None:  # noqa: ANN401  # as boto3 takes it
        """Write an object without bytes, with the request as its headers."""
        self.calls.append("copy")
        self.objects[request["Bucket"], request["Key"]] = {**request, "ETag": '"copy"'}

    def get_object(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401  # as boto3 takes it
        """Return an object."""
        self.calls.append("get")
        stored = self._stored(request, "NoSuchKey")
        return {"Body": BytesIO(stored["Body"]), "ETag": stored["ETag"]}

    def head_object(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401  # as boto3 takes it
        """Return the headers of an object."""
        self.calls.append("head")
        return {"Metadata": self._stored(request, "404").get("Metadata", {})}

    def delete_object(self, **request: Any) -> None:  # noqa: ANN401  # as boto3 takes it
        """Delete an object, if there is one."""
        self.calls.append("delete")
        self.objects.pop((request["Bucket"], request["Key"]), None)

    def _stored(self, request: dict[str, Any], missing: str) -> dict[str, Any]:
        stored = self.objects.get((request["Bucket"], request["Key"]))
        if stored is None:
            raise _error(missing)
        return stored


def _error(code: str) -> ClientError:
    answer: Any = {"Error": {"Code": code, "Message": "?"}}
    return ClientError(answer, "S3")
