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


def memory_to_refuse(picture: bytes, folder: Path) -> float:
    """Return how many MiB more it takes to refuse PICTURE than to refuse an empty file; both are written to FOLDER.

    Fails if the picture is not refused.
    """
    script = (
        "import sys; from pathlib import Path; from dropcap.errors import ContentError;"
        "from dropcap.pictures.making import renditions\n"
        "try: renditions(Path(sys.argv[1]).read_bytes())\n"
        "except ContentError: pass\n"
        "else: raise AssertionError('nothing was refused')\n"
    )
    for name, content in (("picture", picture), ("empty", b"")):
        (folder / name).write_bytes(content)
    refused, unread = (peak_memory(script, str(folder / name)) for name in ("picture", "empty"))
    return refused - unread
