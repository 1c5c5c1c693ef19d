"""Requests of the HTTP API."""

import json
from base64 import b64encode
from typing import Any

import pytest

from dropcap.newsletter.web import LONGEST_BODY, WebRequest, WebResponse


def event(body: str = "", *, kind: str = "application/x-www-form-urlencoded", query: str = "") -> dict[str, Any]:
    """Return an event as the HTTP API sends it, payload format 2.0."""
    http = {"method": "POST", "path": "/api/subscribe"}
    return {
        "rawPath": "/api/subscribe",
        "rawQueryString": query,
        "headers": {"content-type": kind},
        "requestContext": {"http": http},
        "isBase64Encoded": False,
        "body": body,
    }


def test_a_form_is_read() -> None:
    """The gateway takes a form for binary, and encodes it."""
    encoded = event(b64encode(b"email=ada%2Bnews%40example.org&website=").decode()) | {"isBase64Encoded": True}
    for received in (event("email=ada%2Bnews%40example.org&website="), encoded):
        request = WebRequest.of_event(received)
        assert ("POST", "/api/subscribe") == (request.method, request.path)
        assert {"email": "ada+news@example.org", "website": ""} == request.fields
        assert not request.wants_json


def test_json_is_read_too() -> None:
    """A program may send an object; only its texts count."""
    request = WebRequest.of_event(event(json.dumps({"email": "ada@example.org", "n": 1}), kind="application/json"))
    assert {"email": "ada@example.org"} == request.fields
    assert request.wants_json


def test_one_click_brings_its_token_in_the_query() -> None:
    """RFC 8058: the body is fixed, so the link carries what names the subscriber."""
    request = WebRequest.of_event(event("List-Unsubscribe=One-Click", query="s=abc&t=def"))
    assert ("abc", "def", "One-Click") == tuple(map(request.text, ("s", "t", "List-Unsubscribe")))


def test_the_headers_of_the_cdn_are_read_apart() -> None:
    """The secret says whether the address of the reader may be believed; without headers, both are empty."""
    headers = {"x-origin-secret": "s3cret", "cloudfront-viewer-address": "192.0.2.7:4711"}
    request = WebRequest.of_event(event() | {"headers": headers})
    assert ("s3cret", "192.0.2.7:4711") == (request.origin, request.viewer)
    without = WebRequest.of_event(event())
    assert ("", "") == (without.origin, without.viewer)


@pytest.mark.parametrize(
    "bad",
    [
        event("a=b" * LONGEST_BODY),
        event("&".join(f"f{number}=1" for number in range(50))),
        event("[" * 4_000, kind="application/json"),
        event("[1]", kind="application/json"),
        event("{", kind="application/json"),
        event("%%%") | {"isBase64Encoded": True},
        event(b64encode(b"\xff\xfe").decode()) | {"isBase64Encoded": True},
        event() | {"body": None, "headers": None},
    ],
    ids=["long", "many", "deep", "list", "cut", "not base64", "not UTF-8", "nothing"],
)
def test_what_cannot_be_read_gives_no_fields(bad: dict[str, Any]) -> None:
    """A broken request is answered like one with an empty form."""
    assert {} == WebRequest.of_event(bad).fields


def test_a_request_does_not_show_its_fields() -> None:
    """An address must not get into a log by way of a repr."""
    assert "ada" not in repr(WebRequest.of_event(event("email=ada@example.org")))


def test_an_answer_is_kept_by_nobody() -> None:
    """Pages with a token in their address are neither cached, indexed nor told to the next site."""
    headers = WebResponse(200, "<p>").to_event()["headers"]
    assert "no-store" == headers["cache-control"]
    assert "no-referrer" == headers["referrer-policy"]
    assert "noindex" == headers["x-robots-tag"]
