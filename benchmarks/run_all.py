"""Run the benchmarks small, one after another, and print one JSON line for each: its name, its lines, and its CPU.

    make bench

Those that need a browser, other generators, or several minutes are not among them: `search.py`, `pictures.py` with
large photographs, `peers.py`, `cold_start.py` with several rounds, and any with more posts. A failure ends the run.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

SMALL = (
    ("one_post.py", "20"),
    ("generated_build.py", "20"),
    ("build.py",),
    ("finding.py", "2000", "10"),
    ("newsletter.py", "100"),
    ("live.py", "20"),
    ("money.py", "20"),
    ("import_time.py", "5000", "20"),
    ("cold_start.py", "1"),
    ("pictures.py", "2"),
)
"""Name and arguments of each."""


def run(script: str, *arguments: str) -> dict[str, object]:
    """Run SCRIPT with ARGUMENTS, and return its lines and its seconds of CPU."""
    before = os.times()
    command = [sys.executable, str(Path(__file__).parent / script), *arguments]
    ran = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603  # one of SMALL
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    lines = [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("{")]
    return {"benchmark": " ".join((script, *arguments)), "cpu_s": round(cpu, 1), "lines": lines}


if __name__ == "__main__":
    for benchmark in SMALL:
        try:
            print(json.dumps(run(*benchmark)), flush=True)
        except subprocess.CalledProcessError as error:
            sys.exit(f"{benchmark[0]} failed:\n{error.stderr}")
