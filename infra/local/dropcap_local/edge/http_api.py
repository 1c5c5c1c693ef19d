"""The HTTP API of the local cloud: requests as payload format 2.0 events, and answers read as API Gateway reads them.

https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from dropcap_local.deploy.stack import Route
from dropcap_local.edge.http_response import HttpResponse

JSON = dict[str, Any]

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """An HTTP request; the names of headers are in lower case."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def path(self) -> str:
        """Return the path. A target that begins with two slashes is a path too, and names no other host."""
        return self.url.partition("#")[0].partition("?")[0]

    @property
    def query(self) -> str:
        """Return the query string, without its question mark."""
        return self.url.partition("#")[0].partition("?")[2]

    @classmethod
    def of_form(cls, method: str, url: str, form: Mapping[str, str], headers: Mapping[str, str]) -> "HttpRequest":
        """Return the request that a browser makes of a filled-in form."""
        return cls(method, url, {"content-type": FORM, **headers}, urlencode(form).encode())


def route_for(request: HttpRequest, routes: Sequence[Route]) -> Route | None:
    """Return the most precise route that fits REQUEST. Variables in a route's path are not known here."""
    fitting = [
        route
        for route in routes
        if route.path in {request.path, "$default"} and route.method in {request.method, "ANY"}
    ]
    return min(fitting, key=lambda route: (route.path == "$default", route.method == "ANY"), default=None)


def event_for(request: HttpRequest, route: Route, now: datetime) -> JSON:
    """Return REQUEST as the event that the function of ROUTE gets at NOW."""
    method = {"method": request.method, "path": request.path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1"}
    query = parse_qsl(request.query, keep_blank_values=True)
    event: JSON = {
        "version": "2.0",
        "routeKey": f"{route.method} {route.path}",
        "rawPath": request.path,
        "rawQueryString": request.query,
        "headers": {"host": "localhost", "content-length": str(len(request.body)), **request.headers},
        "requestContext": {
            "accountId": "anonymous",
            "apiId": "local",
            "domainName": "localhost",
            "domainPrefix": "localhost",
            "http": {**method, "userAgent": request.headers.get("user-agent", "local")},
            "requestId": "local",
            "routeKey": f"{route.method} {route.path}",
            "stage": "$default",
            "time": now.strftime("%d/%b/%Y:%H:%M:%S +0000"),
            "timeEpoch": round(now.timestamp() * 1000),
        },
        "isBase64Encoded": False,
    }
    if query:
        event["queryStringParameters"] = {
            name: ",".join(value for other, value in query if other == name) for name, _ in query
        }
    return {**event, **_body(request)}


def response_of(answer: object) -> HttpResponse:
    """Read a function's ANSWER; without a `statusCode` it is the body itself, as JSON."""
    if not isinstance(answer, dict) or "statusCode" not in answer:
        plain = answer if isinstance(answer, str) else json.dumps(answer)
        return HttpResponse(200, {"content-type": "application/json"}, plain.encode())
    text = str(answer.get("body") or "")
    body = base64.b64decode(text) if answer.get("isBase64Encoded") else text.encode()
    headers = {name.lower(): str(value) for name, value in (answer.get("headers") or {}).items()}
    return HttpResponse(int(answer["statusCode"]), {"content-type": "text/plain; charset=utf-8", **headers}, body)


def failure(status: int, message: str) -> HttpResponse:
    """Return the gateway's own response if there is no route, or the function failed."""
    return HttpResponse(status, {"content-type": "application/json"}, json.dumps({"message": message}).encode())


def _body(request: HttpRequest) -> JSON:
    """Encode the body; the gateway takes anything but text and JSON for binary, a form too."""
    kind = request.headers.get("content-type", "")
    if not request.body:
        return {}
    if kind.startswith(("text/", "application/json", "application/xml", "application/javascript")):
        return {"body": request.body.decode()}
    return {"body": base64.b64encode(request.body).decode(), "isBase64Encoded": True}
