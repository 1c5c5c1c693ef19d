"""The CDN of the local cloud: the site bucket behind the real CloudFront Functions of `infra/edge`."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from moto.s3.models import FakeKey
from py_mini_racer import MiniRacer

from dropcap_local.objects import headers_of, stored_object
from dropcap_local.page import Page

EDGE = Path(__file__).parents[2] / "edge"
NOT_FOUND = "/404.html"
"""The custom error page of `infra/cdn.yaml`."""

JSON = dict[str, Any]


class Edge:
    """Answers for one site bucket as CloudFront does, without a cache."""

    def __init__(self, bucket: str, functions: Path = EDGE) -> None:
        """Run the CloudFront Functions in FUNCTIONS before and after looking into BUCKET."""
        self._bucket = bucket
        self._request = _engine(functions / "viewer_request.js")
        self._response = _engine(functions / "viewer_response.js")

    def close(self) -> None:
        """Let the JavaScript engines go."""
        self._request.close()
        self._response.close()

    def get(self, url: str) -> Page:
        """Answer GET for URL, a path with or without a query."""
        address = urlsplit(url)
        query = parse_qsl(address.query, keep_blank_values=True)
        request = {
            "method": "GET",
            "uri": address.path,
            "querystring": {name: {"value": value} for name, value in query},
            "headers": {"host": {"value": "localhost"}},
            "cookies": {},
        }
        answer = _run(self._request, {**_event("viewer-request"), "request": request})
        if "statusCode" in answer:
            return Page(answer["statusCode"], _plain(answer.get("headers", {})), _body(answer))
        found = self._object(answer["uri"])
        return self._not_found() if found is None else self._found(answer, found)

    def _found(self, request: JSON, found: FakeKey) -> Page:
        """Answer with an object; the function on the way back may change its status and headers."""
        headers = {name: {"value": value} for name, value in headers_of(found).items()}
        response = {"statusCode": 200, "statusDescription": "OK", "headers": headers, "cookies": {}}
        answer = _run(self._response, {**_event("viewer-response"), "request": request, "response": response})
        return Page(answer["statusCode"], _plain(answer["headers"]), found.value)

    def _not_found(self) -> Page:
        """Answer with the error page, on which no function runs."""
        found = self._object(NOT_FOUND)
        return Page(404, headers_of(found) if found else {}, found.value if found else b"")

    def _object(self, uri: str) -> FakeKey | None:
        return stored_object(self._bucket, unquote(uri).removeprefix("/"))


def _engine(source: Path) -> MiniRacer:
    engine = MiniRacer()
    engine.eval(source.read_text())
    return engine


def _run(engine: MiniRacer, event: JSON) -> JSON:
    answer: JSON = json.loads(str(engine.eval(f"JSON.stringify(handler({json.dumps(event)}))")))
    return answer


def _event(kind: str) -> JSON:
    """Give what every event has.

    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
    """
    context = {
        "distributionDomainName": "localhost",
        "distributionId": "LOCAL",
        "eventType": kind,
        "requestId": "local",
    }
    return {"version": "1.0", "context": context, "viewer": {"ip": "127.0.0.1"}}


def _plain(headers: JSON) -> dict[str, str]:
    return {name.lower(): header["value"] for name, header in headers.items()}


def _body(answer: JSON) -> bytes:
    body = answer.get("body", "")
    return str(body["data"] if isinstance(body, dict) else body).encode()
