"""The logs of the functions, kept off the screen: their loggers write to standard output, as Lambda wants it.

A logger keeps the stream that it was made with, for as long as the process lives; so it is given this one, and where
that leads may change from one cloud to the next.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import TextIOBase
from pathlib import Path
from typing import TextIO

from dropcap_local.usage_error import UsageError

LOUD = frozenset({"ERROR", "CRITICAL"})


class FunctionLog(TextIOBase):
    """A text stream whose lines go to a file, and whose errors go to a person besides."""

    def __init__(self) -> None:
        """Lead nowhere yet."""
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
        """Write out what the file holds back."""
        if self.file and not self.file.closed:
            self.file.flush()


LOG = FunctionLog()


@contextmanager
def functions_log_to(file: TextIO | None, *, tell: bool = True) -> Iterator[None]:
    """Let what the functions log go to FILE in this block, and errors to standard error besides, if TELL."""
    LOG.file, LOG.person = file, sys.stderr if tell else None
    try:
        with redirect_stdout(LOG):
            yield
    finally:
        LOG.file = LOG.person = None


@contextmanager
def logging_to(place: Path | None, *, tell: bool = True) -> Iterator[None]:
    """Write what the functions log to the file at PLACE, if any is named, and errors to the screen, if TELL."""
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
    """Return LINE as a person reads it where it tells of an error, else nothing."""
    try:
        entry = json.loads(line)
    except ValueError:
        return ""
    if not isinstance(entry, dict) or str(entry.get("level")) not in LOUD:
        return ""
    fault = str(entry.get("exception", "")).strip().splitlines()[-1:]
    return f"{entry.get('location', '')} {entry.get('message', '')} {' '.join(fault)}".strip() + "\n"
