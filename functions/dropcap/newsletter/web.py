"""Requests and answers of the HTTP API (payload format 2.0), as values."""

import json
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import parse_qsl

LONGEST_BODY = 4_096
FIELDS = 20

_PRIVATE = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",  # the address of a page contains a token
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
}


@dataclass(frozen=True, slots=True)
class WebRequest:
    """METHOD and PATH, and the fields: those of the body before those of the query.

    ORIGIN is the secret that the CDN adds, VIEWER the network address that it names; anybody can send both, so the
    second is believed only with the first.
    """

    method: str
    path: str
    fields: Mapping[str, str] = field(repr=False)
    wants_json: bool = False
    origin: str = field(default="", repr=False)
    viewer: str = field(default="", repr=False)

    @classmethod
    def of_event(cls, event: Mapping[str, Any]) -> Self:
        """Read the request from EVENT. A body that cannot be read, or is too long, gives no fields."""
        http = event["requestContext"]["http"]
        headers = event.get("headers") or {}
        kind = str(headers.get("content-type", ""))
        query = _form(str(event.get("rawQueryString", "")))
        body = _body(event)
        fields = _json(body) if "json" in kind else _form(body)
        return cls(
            str(http["method"]),
            str(event["rawPath"]).rstrip("/"),
            {**query, **fields},
            "json" in kind,
            str(headers.get("x-origin-secret", "")),
            str(headers.get("cloudfront-viewer-address", "")),
        )

    def text(self, name: str) -> str:
        """Return the field NAME; empty if it is missing."""
        return self.fields.get(name, "")


@dataclass(frozen=True, slots=True)
class WebResponse:
    """A page of the API. No cache may store it, and its address is sent to no other site."""

    status: int
    body: str
    kind: str = "text/html; charset=utf-8"

    def to_event(self) -> dict[str, Any]:
        """Return the response in the form of the HTTP API."""
        return {"statusCode": self.status, "headers": {"content-type": self.kind, **_PRIVATE}, "body": self.body}


def _body(event: Mapping[str, Any]) -> str:
    body = str(event.get("body") or "")
    if len(body) > LONGEST_BODY:
        return ""
    try:
        return b64decode(body, validate=True).decode() if event.get("isBase64Encoded") else body
    except ValueError:
        return ""


def _form(text: str) -> dict[str, str]:
    try:
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=FIELDS))
    except ValueError:
        return {}


def _json(text: str) -> dict[str, str]:
    try:
        value = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    fields = value.items() if isinstance(value, dict) else ()
    return {str(name): text for name, text in fields if isinstance(text, str)}


UNAVAILABLE = WebResponse(
    503,
    "<!doctype html>\n<html lang=en><meta charset=utf-8><title>Please try again</title>\n"
    "<p>That did not work just now. Please go back and try again in a minute.\n",
)
"""The response while AWS recovers; building it needs no AWS call."""

NOT_FROM_CDN = WebResponse(403, "<!doctype html>\n<html lang=en><meta charset=utf-8><title>Forbidden</title>\n")
"""The answer to a request that did not come through the CDN."""
