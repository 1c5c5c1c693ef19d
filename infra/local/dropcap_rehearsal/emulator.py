"""MiniStack, an independent AWS emulator, on the loopback interface, with functions in processes of a CPython 3.13."""

import os
import platform
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[3]
WORK = ROOT / "build" / "rehearsal"
SAM = ROOT / ".venv-sam/bin/sam"
REGION = "eu-central-1"
PATIENCE = 240
"""Seconds without a line in any log after which a step has failed; a busy machine makes it slow, not silent."""


class Failed(Exception):  # noqa: N818  # what a rehearsal does
    """Something was not as expected: the text says what."""


@contextmanager
def emulator(python: Path) -> Iterator[dict[str, str]]:
    """Run the MiniStack beside PYTHON on a free port; return the environment of its clients."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    path = os.pathsep.join([str(python.parent), str(SAM.parent), os.environ["PATH"]])
    clients = {
        **{name: value for name, value in os.environ.items() if not name.startswith("AWS_")},
        "PATH": path,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "SAM_CLI_TELEMETRY": "0",
        "DROPCAP_BUILD_MACHINE": platform.machine(),
    }
    own = {"GATEWAY_PORT": port, "BIND_HOST": "127.0.0.1", "MINISTACK_REGION": REGION, "STATE_DIR": str(WORK / "state")}
    with (WORK / "emulator.log").open("wb") as log:
        server = subprocess.Popen(  # noqa: S603  # our own command
            [str(python.parent / "ministack")],
            env={**clients, **own}, stdout=log, stderr=log, cwd=WORK, start_new_session=True,
        )  # fmt: skip
        try:
            wait("the emulator", lambda: _answers(f"http://127.0.0.1:{port}/_ministack/health"))
            yield clients
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=20)


def wait(what: str, is_done: Callable[[], bool]) -> None:
    """Wait until IS_DONE, as long as the logs grow; raise Failed with WHAT after some minutes without a new line."""
    written, since = _log_sizes(), time.monotonic()
    while not is_done():
        if (size := _log_sizes()) != written:
            written, since = size, time.monotonic()
        if time.monotonic() - since > PATIENCE:
            raise Failed(f"nothing happened for {PATIENCE} seconds while waiting for {what}")
        time.sleep(1)


def _log_sizes() -> list[int]:
    return [path.stat().st_size for path in sorted(WORK.glob("*.log"))]


def _answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=2).close()  # noqa: S310  # the emulator on this machine
    except OSError:
        return False
    return True
