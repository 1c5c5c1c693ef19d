"""The functions' logs in the local cloud, in the form that CloudWatch Logs shows."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from io import StringIO
from typing import Any

from support.template import HANDLERS


class FunctionLogs:
    """The lines that functions wrote. Each is a JSON object of their logger."""

    def __init__(self, stream: StringIO) -> None:
        """Read from STREAM, to which all functions write."""
        self._stream = stream

    @property
    def text(self) -> str:
        """Return everything that was written."""
        return self._stream.getvalue()

    def lines(self, function: str) -> list[dict[str, Any]]:
        """Return the lines of FUNCTION, oldest first."""
        lines = [json.loads(line) for line in self.text.splitlines()]
        return [line for line in lines if line["location"].startswith(f"{function}.")]

    def functions_of(self, correlation_id: str) -> set[str]:
        """Return the functions that have a line with CORRELATION_ID."""
        names = {path.stem for path in HANDLERS}
        return {
            name for name in names if any(line.get("correlation_id") == correlation_id for line in self.lines(name))
        }


@contextmanager
def function_logs() -> Iterator[FunctionLogs]:
    """Collect the lines of every function's logger in this block; in one process they share their handler."""
    stream = StringIO()
    handlers = {import_module(path.stem).logger.handlers[0] for path in HANDLERS}
    before = {handler: handler.setStream(stream) for handler in handlers}
    try:
        yield FunctionLogs(stream)
    finally:
        for handler, own in before.items():
            handler.setStream(own)
