"""Commands of a rehearsal: their output goes to a log, and they may run as long as they write to a log."""

import os
import pty
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from dropcap_rehearsal.emulator import ROOT, WORK, Failed, wait

LOG = WORK / "commands.log"


def run(command: Sequence[str | Path], environment: Mapping[str, str]) -> None:
    """Run COMMAND without a terminal; raise Failed if it fails, or if nothing happens for minutes."""
    with LOG.open("ab") as log:
        process = subprocess.Popen(  # noqa: S603  # our own command
            _words(command), cwd=ROOT, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
        _wait(command, process)


def run_on_terminal(command: Sequence[str | Path], environment: Mapping[str, str], answers: Sequence[str]) -> str:
    """Run COMMAND on a terminal on which a person types ANSWERS, one line each; return what it showed.

    Raise Failed if it fails, or if nothing happens for minutes: for example because it asks one more question.
    """
    person, terminal = pty.openpty()
    shown: list[bytes] = []
    with os.fdopen(person, "r+b", buffering=0) as keyboard, LOG.open("ab", buffering=0) as log:
        process = subprocess.Popen(  # noqa: S603  # our own command
            _words(command), cwd=ROOT, env=environment, stdout=terminal, stderr=terminal, stdin=terminal,
            start_new_session=True,
        )  # fmt: skip
        os.close(terminal)
        reader = threading.Thread(target=_copy, args=(keyboard, log, shown))
        reader.start()
        keyboard.write("".join(f"{answer}\n" for answer in answers).encode())
        _wait(command, process)
        reader.join()
    return b"".join(shown).decode(errors="replace")


def _copy(terminal: IO[bytes], log: IO[bytes], shown: list[bytes]) -> None:
    """Copy what TERMINAL shows to LOG and SHOWN, until its program ends."""
    while True:
        try:
            part = terminal.read(4_096)
        except OSError:  # on Linux, the end of the last program on a terminal is an error
            return
        if not part:
            return
        log.write(part)
        shown.append(part)


def _wait(command: Sequence[str | Path], process: subprocess.Popen[bytes]) -> None:
    name = " ".join(_words(command)[:4])
    try:
        wait(name, lambda: process.poll() is not None)
    finally:
        process.kill()
        process.wait()
    if process.returncode:
        raise Failed(f"{name} ended with {process.returncode}")


def _words(command: Sequence[str | Path]) -> list[str]:
    return [str(part) for part in command]
