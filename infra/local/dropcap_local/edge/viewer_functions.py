"""CloudFront Functions, run by a JavaScript engine: the code is the template's own.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
"""

import json
from collections.abc import Mapping
from typing import Any

from py_mini_racer import MiniRacer

JSON = dict[str, Any]


class ViewerFunctions:
    """Engines by their code, created at first use, since each takes a moment."""

    def __init__(self) -> None:
        self._engines: dict[str, MiniRacer] = {}

    def close(self) -> None:
        """Close the engines."""
        for engine in self._engines.values():
            engine.close()

    def run(self, code: str, kind: str, event: Mapping[str, object]) -> JSON:
        """Run CODE on an EVENT of KIND (`viewer-request`), which has a request and maybe a response."""
        context = {"distributionDomainName": "localhost", "distributionId": "LOCAL", "requestId": "local"}
        event = {
            "version": "1.0",
            "context": {**context, "eventType": kind},
            "viewer": {"ip": "127.0.0.1"},
            **event,
        }
        if code not in self._engines:
            self._engines[code] = MiniRacer()
            self._engines[code].eval(code)
        answer: JSON = json.loads(str(self._engines[code].eval(f"JSON.stringify(handler({json.dumps(event)}))")))
        return answer


def wrapped(headers: Mapping[str, str]) -> JSON:
    """Return HEADERS as a function gets them."""
    return {name: {"value": value} for name, value in headers.items()}


def plain(headers: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return the HEADERS of a function's answer."""
    return {name.lower(): header["value"] for name, header in headers.items()}


def body_of(answer: JSON) -> bytes:
    """Return the body of a function's ANSWER."""
    body = answer.get("body", "")
    return str(body["data"] if isinstance(body, dict) else body).encode()


def query_of(text: str) -> JSON:
    """Return the query string TEXT as a function gets it, its values as they were sent."""
    values_of: dict[str, list[str]] = {}
    for pair in filter(None, text.split("&")):
        name, _, value = pair.partition("=")
        values_of.setdefault(name, []).append(value)
    return {
        name: {"value": values[-1], **({"multiValue": [{"value": value} for value in values]} if values[1:] else {})}
        for name, values in values_of.items()
    }
