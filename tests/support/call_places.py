"""The place of a call: the function of the code that makes it, its operation, and the kind of thing that it touches."""

import re
import sys
import zlib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import PurePath
from typing import Any

from support.template import ROOT

CODE = str(ROOT / "functions")
STEPS = f"{CODE}/dropcap/steps/"
_KIND = re.compile(r"^[A-Za-z_-]*")
DAYS = 4
"""Days in which every place is due once."""
READS = ("Get", "Head", "List", "Query", "BatchGet", "Scan")


def is_read(operation: str) -> bool:
    """Return whether OPERATION changes nothing."""
    return operation.startswith(READS)


def place_of(service: str, operation: str, parameters: Mapping[str, Any]) -> str:
    """Return the place of the call that is made now: the code, the operation, and what it touches."""
    return f"{_code()}, {operation} {' '.join(sorted(set(_kinds(service, parameters))))}"


def is_due(place: str, day: int, days: int = DAYS) -> bool:
    """Return whether PLACE is among those of DAY, a number such as 20260316: each place is, once in so many DAYS."""
    ordinal = date(day // 10_000, day // 100 % 100, day % 100).toordinal()
    return (zlib.crc32(place.encode()) + ordinal) % days == 0


def _code() -> str:
    """Return the names of the step's and of the adapter's function: the innermost of each kind that runs now."""
    frame, adapter = sys._getframe(), ""  # noqa: SLF001  # the stack of callers, without the cost of reading sources
    while frame.f_back:
        frame = frame.f_back
        if frame.f_code.co_filename.startswith(CODE):
            name = f"{PurePath(frame.f_code.co_filename).stem}.{frame.f_code.co_name}"
            adapter = adapter or name
            if frame.f_code.co_filename.startswith(STEPS):
                return f"{name} > {adapter}"
    return adapter


def _kinds(service: str, parameters: Mapping[str, Any]) -> Iterator[str]:
    """Yield the kinds of the objects, items, queues and groups that a call touches."""
    if service == "s3":
        key = PurePath(str(parameters.get("Key", parameters.get("Prefix", ""))))
        folder = key.parts[0] if len(key.parts) > 1 else ""
        yield f"{parameters.get('Bucket', '').rpartition('-')[2]}/{folder}{key.suffix}"
    elif service == "sqs":
        yield str(parameters.get("QueueUrl", "")).rpartition("/")[2]
    elif service == "dynamodb":
        yield from _items(parameters)


def _items(value: Any) -> Iterator[str]:  # noqa: ANN401  # any JSON
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name in {"pk", ":pk"} and isinstance(inner, Mapping):
                yield _kind(inner) + _kind(value.get(name.replace("pk", "sk")))
            else:
                yield from _items(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _items(inner)


def _kind(key: Any) -> str:  # noqa: ANN401  # any JSON
    match = _KIND.match(str(key["S"])) if isinstance(key, Mapping) else None
    return f"{match[0]}/" if match else ""
