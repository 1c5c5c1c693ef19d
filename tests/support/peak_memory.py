"""The peak of memory of a piece of Python, in a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

FUNCTIONS = Path(__file__).parents[2] / "functions"

_REPORT = """
with open("/proc/self/status", encoding="ascii") as status:
    print(next(line.split()[1] for line in status if line.startswith("VmHWM:")))
"""


def peak_memory(script: str, *arguments: str) -> float:
    """Return the peak memory of SCRIPT in MiB, run with ARGUMENTS and with `dropcap` on its path.

    Reads VmHWM of Linux. The kernel's `ru_maxrss` would be wrong here: a process inherits it from the one that started
    it, so that it tells how large the test's worker had become.
    """
    if sys.platform != "linux":
        pytest.skip("the peak of memory is read from /proc, which only Linux has")
    command = [sys.executable, "-c", script + _REPORT, *arguments]
    ran = subprocess.run(command, env={"PYTHONPATH": str(FUNCTIONS)}, capture_output=True, check=True)  # noqa: S603  # a test's script
    return int(ran.stdout) / 1024
