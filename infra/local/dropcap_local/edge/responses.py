"""The response for one reader: 304 for a fresh copy, 206 for a range, gzip if the reader accepts it."""

import gzip
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from dropcap_local.edge.http_response import HttpResponse

COMPRESSIBLE = frozenset({
    "application/javascript", "application/json", "application/pdf", "application/rss+xml", "application/wasm",
    "application/xhtml+xml", "application/xml", "font/otf", "font/ttf", "image/svg+xml", "text/css", "text/csv",
    "text/html", "text/javascript", "text/plain", "text/xml",
})  # fmt: skip
"""Media types of this site that CloudFront compresses; feeds of type `application/atom+xml` are not.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html
"""
SMALLEST, LARGEST = 1_000, 10_000_000
"""Bytes between which CloudFront compresses."""
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_NOT_MODIFIED = 304


def takes_gzip(headers: Mapping[str, str]) -> bool:
    """Return whether a request with HEADERS takes gzip; a part of an object is a part of it as it is."""
    offered = [part.strip().split(";") for part in headers.get("accept-encoding", "").split(",")]
    return "range" not in headers and any(coding[0] in {"gzip", "*"} and "q=0" not in coding[1:] for coding in offered)


def compressed(page: HttpResponse) -> HttpResponse:
    """Return PAGE compressed, if CloudFront compresses its type and size."""
    kind = page.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind not in COMPRESSIBLE or not SMALLEST <= len(page.body) <= LARGEST or "content-encoding" in page.headers:
        return page
    body = gzip.compress(page.body, 6, mtime=0)
    headers = {**page.headers, "content-encoding": "gzip", "vary": "Accept-Encoding", "content-length": str(len(body))}
    if "etag" in headers:
        headers["etag"] = "W/" + headers["etag"].removeprefix("W/")
    return HttpResponse(page.status, headers, body)


def for_reader(page: HttpResponse, request_headers: Mapping[str, str]) -> HttpResponse:
    """Return the response to REQUEST_HEADERS for the object PAGE (RFC 9110, sections 13 and 14)."""
    if page.status != 200:  # noqa: PLR2004  # HTTP's OK
        return page
    if _has_it(page.headers, request_headers):
        headers = {
            name: value for name, value in page.headers.items() if name not in {"content-length", "content-type"}
        }
        return HttpResponse(_NOT_MODIFIED, headers, b"")
    return (
        _part(page, request_headers["range"])
        if "range" in request_headers and _is_unchanged(page.headers, request_headers)
        else page
    )


def _has_it(headers: Mapping[str, str], request_headers: Mapping[str, str]) -> bool:
    """Return whether the reader has the object already; an ETag counts before a time."""
    if "if-none-match" in request_headers:
        tags = {tag.strip().removeprefix("W/") for tag in request_headers["if-none-match"].split(",")}
        return "*" in tags or headers.get("etag", "").removeprefix("W/") in tags
    if "if-modified-since" not in request_headers or "last-modified" not in headers:
        return False
    try:
        return parsedate_to_datetime(headers["last-modified"]) <= parsedate_to_datetime(
            request_headers["if-modified-since"]
        )
    except ValueError:
        return False


def _is_unchanged(headers: Mapping[str, str], request_headers: Mapping[str, str]) -> bool:
    """Return whether `If-Range`, if there is one, names just this object: by a strong ETag, or by its exact time."""
    condition = request_headers.get("if-range")
    return condition is None or condition in {headers.get("etag"), headers.get("last-modified")}


def _part(page: HttpResponse, wanted: str) -> HttpResponse:
    """Return the part of PAGE in the WANTED range of bytes; all of it for several ranges or an invalid one."""
    match = _RANGE.fullmatch(wanted.strip())
    if not match or not any(match.groups()):
        return page
    size = len(page.body)
    first, last = _bounds(match[1], match[2], size)
    if match[1] and match[2] and int(match[1]) > int(match[2]):
        return page  # not a range at all (RFC 9110, section 14.1.1)
    if first >= size:
        return HttpResponse(416, {"content-range": f"bytes */{size}", "content-length": "0"}, b"")
    range_headers = {"content-range": f"bytes {first}-{last}/{size}", "content-length": str(last - first + 1)}
    return HttpResponse(206, {**page.headers, **range_headers}, page.body[first : last + 1])


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """Return the first and the last byte; without a first one, so many at the end are wanted."""
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1
