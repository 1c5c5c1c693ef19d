"""Requests as API Gateway hands them to a function, and answers as it reads them."""

import base64
from datetime import UTC, datetime
from urllib.parse import parse_qs

import pytest

from dropcap_local.deploy.stack import Route
from dropcap_local.edge.http_api import HttpRequest, event_for, response_of, route_for

NOW = datetime(2026, 3, 16, 9, tzinfo=UTC)
GET = Route("GET", "/api/confirm", "F")
POST = Route("POST", "/api/confirm", "F")
ANY = Route("ANY", "/api/any", "F")
DEFAULT = Route("ANY", "$default", "F")
ROUTES = (DEFAULT, ANY, GET, POST)


@pytest.mark.parametrize(
    ("method", "url", "expected"),
    [
        ("GET", "/api/confirm?s=1", GET),
        ("POST", "/api/confirm", POST),
        ("DELETE", "/api/any", ANY),
        ("GET", "/elsewhere", DEFAULT),
    ],
)
def test_the_most_precise_route_is_taken(method: str, url: str, expected: Route) -> None:
    """Path and method decide, the query does not, and `$default` takes what is left."""
    assert expected == route_for(HttpRequest(method, url), ROUTES)


def test_there_may_be_no_route() -> None:
    """Then the gateway has to answer itself."""
    assert route_for(HttpRequest("PUT", "/api/confirm"), (GET, POST)) is None


def test_an_event_carries_address_and_query() -> None:
    """Of a repeated parameter the values are joined by commas."""
    event = event_for(HttpRequest("GET", "/api/confirm?s=a%20b&t=1&t=2&e="), GET, NOW)
    assert ("2.0", "GET /api/confirm", "/api/confirm") == (event["version"], event["routeKey"], event["rawPath"])
    assert "s=a%20b&t=1&t=2&e=" == event["rawQueryString"]
    assert {"s": "a b", "t": "1,2", "e": ""} == event["queryStringParameters"]
    assert ("GET", "16/Mar/2026:09:00:00 +0000") == (
        event["requestContext"]["http"]["method"],
        event["requestContext"]["time"],
    )
    assert "body" not in event


def test_a_form_arrives_encoded_twice() -> None:
    """API Gateway takes a form for binary: the function has to look at `isBase64Encoded`."""
    event = event_for(HttpRequest.of_form("POST", "/api/confirm", {"email": "ada@example.org"}, {}), POST, NOW)
    assert event["isBase64Encoded"]
    assert "application/x-www-form-urlencoded" == event["headers"]["content-type"]
    assert {"email": ["ada@example.org"]} == parse_qs(base64.b64decode(event["body"]).decode())


def test_json_arrives_as_it_is() -> None:
    """As text does."""
    event = event_for(HttpRequest("POST", "/api/confirm", {"content-type": "application/json"}, b'{"a": 1}'), POST, NOW)
    assert ('{"a": 1}', False) == (event["body"], event["isBase64Encoded"])


@pytest.mark.parametrize(
    ("answer", "status", "body"),
    [
        ({"statusCode": 303, "headers": {"Location": "/x/"}}, 303, b""),
        ({"statusCode": 200, "body": "hello"}, 200, b"hello"),
        ({"statusCode": 200, "body": base64.b64encode(b"\xff").decode(), "isBase64Encoded": True}, 200, b"\xff"),
        ({"done": True}, 200, b'{"done": true}'),
        ("hello", 200, b"hello"),
    ],
)
def test_answers_are_read_in_all_their_shapes(answer: object, status: int, body: bytes) -> None:
    """With a status code it is a response; without one it is the body."""
    page = response_of(answer)
    assert (status, body) == (page.status, page.body)


def test_headers_are_known_by_their_names_in_lower_case() -> None:
    """In any spelling of the function."""
    assert "/x/" == response_of({"statusCode": 303, "headers": {"Location": "/x/"}}).headers["location"]
