"""A running `dropcap dev` or `dropcap demo`, and requests to it."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

T = TypeVar("T")
PATIENCE = 30.0
"""Seconds: a busy machine is slow, not broken."""


@dataclass(frozen=True)
class Answer:
    """An HTTP answer."""

    status: int
    text: str


@dataclass(frozen=True)
class Running:
    """A running command: its OUTPUT so far, its URLs, and the folder where other commands find it (RUNTIME)."""

    process: subprocess.Popen[str]
    runtime: Path
    output: str
    site: str
    mailbox: str
    desk: str
    endpoint: str

    @property
    def copy_command(self) -> str:
        """Return the line for the AWS CLI that it printed."""
        return next(line.strip() for line in self.output.splitlines() if " s3 cp " in line)

    def end(self, number: signal.Signals) -> tuple[int, str]:
        """Send it the signal NUMBER; return its exit code and the rest of its output."""
        self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, rest


@contextmanager
def running(*arguments: str | Path, browser: Path | None = None, cache: Path | None = None) -> Iterator[Running]:
    """Run `dropcap` with ARGUMENTS during the block, which starts when the addresses are printed.

    BROWSER is a program in place of the user's browser, CACHE the user's cache folder.
    """
    command = [sys.executable, "-m", "dropcap_cli", *map(str, arguments)]
    with TemporaryDirectory() as runtime:
        environment = {"PYTHONPATH": ":".join(sys.path), "PATH": "/usr/bin:/bin", "XDG_RUNTIME_DIR": runtime}
        environment["XDG_CACHE_HOME"] = str(cache or Path(runtime, "cache"))
        environment |= {"BROWSER": str(browser)} if browser else {}
        with subprocess.Popen(  # noqa: S603  # our own command
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
        ) as process:
            try:
                yield _served(process, Path(runtime))
            finally:
                process.kill()


def _served(process: subprocess.Popen[str], runtime: Path) -> Running:
    assert process.stdout
    output = ""
    for line in process.stdout:
        output += line
        if line.startswith("Ctrl-C"):
            break
    addresses = dict(re.findall(r"^(Site|Mailbox|Desk|S3)\s+(http://\S+)$", output, re.MULTILINE))
    assert {"Site", "Mailbox", "Desk", "S3"} == set(addresses), output
    site, mailbox, desk = (addresses[name].rstrip("/") for name in ("Site", "Mailbox", "Desk"))
    return Running(process, runtime, output, site, mailbox, desk, addresses["S3"])


def get(address: str) -> Answer:
    """Get ADDRESS; redirects are not followed."""
    with _response("GET", address, "") as response:
        return Answer(response.status, response.read().decode())


def post(address: str, **form: str) -> Answer:
    """Send FORM to ADDRESS as a browser does."""
    with _response("POST", address, urlencode(form)) as response:
        return Answer(response.status, response.read().decode())


@contextmanager
def _response(method: str, address: str, body: str) -> Iterator[HTTPResponse]:
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc, timeout=PATIENCE)
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    connection.request(method, parts.path + (f"?{parts.query}" if parts.query else ""), body, headers)
    try:
        yield connection.getresponse()
    finally:
        connection.close()


@contextmanager
def events(site: str, path: str, version: str) -> Iterator[Iterator[str]]:
    """Listen for changes of PATH from the digest VERSION on, as an open page does."""
    query = urlencode({"path": path, "seen": version})
    with _response("GET", f"{site}/.dropcap/changes?{query}", "") as response:
        yield (line.decode().strip() for line in response if line.strip())


def soon(look: Callable[[], T], *, within: float = PATIENCE) -> T:
    """Return the value of LOOK as soon as it is true; fail after WITHIN seconds."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        if value := look():
            return value
        time.sleep(0.05)
    message = f"not within {within} seconds"
    raise AssertionError(message)
