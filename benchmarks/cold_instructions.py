"""Cold start of each function beside boto3 alone, as instructions: the same count on a busy machine.

    make bench-cold, or .venv/bin/python benchmarks/cold_instructions.py [FUNCTION …]

As `cold_start.py`, with valgrind's callgrind around each process: it counts the instructions of the process from its
start to its first answer, without those of the kernel. All modules and templates are compiled before. With
LAMBDA_PYTHON, that interpreter runs them, with the packages in `build/bench/lambda`, as `make bench-cold` does for
CPython 3.13, which Lambda runs. Prints a JSON line for each FUNCTION (default: render, index and publish).
"""

import json
import os
import re
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from cold_start import GOAL, SECONDS, bare, publish_old_posts, work
from container import ROOT, Container
from containers import handlers_in_processes
from dropcap_local.cloud import LocalCloud
from dropcap_local.deploy.stack import Function
from dropcap_local.events.function_logs import functions_log_to
from dropcap_local.project import FUNCTIONS

PYTHON = os.environ.get("LAMBDA_PYTHON", sys.executable)
PACKAGES = ROOT / "build" / "bench" / "lambda"
STEPS = ("render", "index", "publish")
"""The functions between an upload and its page."""


class FirstAnswer(BaseException):
    """Ends the event loop after the first answer; it takes each Exception for one of the function."""


class Counted(subprocess.Popen[bytes]):
    """A process within callgrind, which writes how many instructions it has run to the file LOG when it ends."""

    log = Path()

    def __init__(self, command: list[str], env: dict[str, str], **options: Any) -> None:  # noqa: ANN401  # of Popen
        """Run COMMAND, a call of Python, with PYTHON in place of its first word."""
        path = os.pathsep.join([*([str(PACKAGES)] if sys.executable != PYTHON else []), env["PYTHONPATH"]])
        valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", f"--log-file={self.log}"]
        environment = {**env, "PYTHONPATH": path, "PYTHONHASHSEED": "0"}
        super().__init__([*valgrind, PYTHON, *command[1:]], env=environment, **options)

    def kill(self) -> None:
        """End the process in a way in which callgrind still writes."""
        self.terminate()

    @classmethod
    def millions(cls) -> float:
        """Return the millions of instructions of the process that ended last."""
        written = re.search(r"Collected : (\d+)", cls.log.read_text(encoding="utf-8"))
        if written is None:
            raise RuntimeError(cls.log.read_text(encoding="utf-8"))
        return int(written[1]) / 1e6


def measured(name: str) -> dict[str, object]:
    """Return the figures of the function NAME."""
    figures: dict[str, object] = {}
    with LocalCloud(now=datetime.now(UTC), environment=SECONDS) as cloud:
        publish_old_posts(cloud)
        with handlers_in_processes(SECONDS, [name]) as containers:
            answer = containers.invoke

            def invoke(function: Function, event: dict[str, Any], environment: dict[str, str]) -> None:
                answer(function, event, environment)
                clients = sorted(containers.calls[name])
                containers.stop()
                ours = Counted.millions()
                bare(containers, dict.fromkeys(clients, 0))
                alone = Counted.millions()
                figures.update(function=name, clients=clients, millions=round(ours), bare_millions=round(alone))
                figures.update(ratio=round(ours / alone, 2), goal=GOAL)
                raise FirstAnswer

            with patch.object(containers, "invoke", invoke), suppress(FirstAnswer):
                work(cloud, 0)
    if not figures:
        message = f"{name} gave no answer in {PYTHON}"
        raise RuntimeError(message)
    return figures


def main() -> None:
    """Compile all modules, and print one line for each function."""
    if which("valgrind") is None:
        message = "valgrind is not on the PATH: install Debian's package `valgrind`."
        raise SystemExit(message)
    subprocess.run([PYTHON, "-m", "compileall", "-q", FUNCTIONS], check=True)  # noqa: S603  # our own modules
    with TemporaryDirectory() as folder, patch.object(Container, "process_type", Counted):
        Counted.log = Path(folder) / "log"
        for name in sys.argv[1:] or STEPS:
            with functions_log_to(None):
                measured(name)  # a first process compiles the templates
                figures = measured(name)
            print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
