"""The peak memory of a process, from Linux's /proc."""

import re
from pathlib import Path


def peak_mb(process: int | str = "self") -> float:
    """Return the peak memory of PROCESS in MB. Not `ru_maxrss`, which begins with that of the parent."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    (peak,) = re.findall(r"^VmHWM:\s+(\d+)", status, re.MULTILINE)
    return int(peak) / 1024
