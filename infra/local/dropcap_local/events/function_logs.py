"""The functions' logs, redirected: their loggers write to standard output, as Lambda requires.

A logger keeps the stream it was created with for the life of the process. It is therefore created with the stream
`LOG`, whose target each local cloud sets.
"""

import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import TextIOBase
from pathlib import Path
from typing import TextIO

from dropcap.site.reports.visible import visible
from dropcap_local.usage_error import UsageError

LOUD = frozenset({"ERROR", "CRITICAL"})


class FunctionLog(TextIOBase):
    """A text stream that copies its lines to a file, and errors to a person's screen."""

    def __init__(self) -> None:
        """Start without a target."""
        self.file: TextIO | None = None
        self.person: TextIO | None = None

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, text: str) -> int:
        """Write TEXT, whole lines of JSON; each gets the function's name, as in CloudWatch the log group has it."""
        function = os.environ.get("AWS_LAMBDA_FUNCTION_NAME", "").removesuffix("Function").lower()
        for line in text.splitlines(keepends=True):
            if self.file:
                named = f'{{"function":"{function}",{line[1:]}' if function and line.startswith('{"') else line
                self.file.write(named)
            if self.person and (error := _readable_error(line)):
                self.person.write(error)
        return len(text)

    def flush(self) -> None:
        """Flush the file."""
        if self.file and not self.file.closed:
            self.file.flush()


LOG = FunctionLog()


@contextmanager
def functions_log_to(file: TextIO | None, *, tell: bool = True) -> Iterator[None]:
    """Write the functions' logs to FILE within this block and, if TELL, errors also to standard error.

    Without a file nobody reads what is no error, so that no line of it is made.
    """
    LOG.file, LOG.person = file, sys.stderr if tell else None
    disabled = logging.root.manager.disable
    if file is None:
        logging.disable(max(disabled, logging.INFO))
    try:
        with redirect_stdout(LOG):
            yield
    finally:
        logging.disable(disabled)
        LOG.file = LOG.person = None


@contextmanager
def logging_to(place: Path | None, *, tell: bool = True) -> Iterator[None]:
    """Write the functions' logs to the file at PLACE, if any, and, if TELL, errors also to standard error."""
    if place is None:
        with functions_log_to(None, tell=tell):
            yield
        return
    try:
        file = place.open("w")
    except OSError as error:
        message = f"{place} cannot be written: {error.strerror}. Name another file for --log."
        raise UsageError(message) from error
    with file, functions_log_to(file, tell=tell):
        yield


def _readable_error(line: str) -> str:
    """Return the error that LINE reports, in a form for people, or an empty text."""
    try:
        entry = json.loads(line)
    except ValueError:
        return ""
    if not isinstance(entry, dict) or str(entry.get("level")) not in LOUD:
        return ""
    fault = str(entry.get("exception", "")).strip().splitlines()[-1:]
    return visible(f"{entry.get('location', '')} {entry.get('message', '')} {' '.join(fault)}".strip()) + "\n"
