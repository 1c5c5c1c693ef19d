"""Run the benchmarks small, two at a time, and print one JSON line for each: its name, and its lines.

    make bench

Those that need a browser, other generators, or several minutes are not among them: `search.py`, `pictures.py` with
large photographs, `peers.py`, `cold_start.py` with several rounds, and any with more posts. A failure ends the run.
"""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
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
    """Run SCRIPT with ARGUMENTS, and return its lines."""
    command = [sys.executable, str(Path(__file__).parent / script), *arguments]
    ran = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603  # one of SMALL
    lines = [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("{")]
    return {"benchmark": " ".join((script, *arguments)), "lines": lines}


if __name__ == "__main__":
    with ThreadPoolExecutor(max_workers=2) as workers:
        try:
            for result in workers.map(lambda benchmark: run(*benchmark), SMALL):
                print(json.dumps(result), flush=True)
        except subprocess.CalledProcessError as error:
            workers.shutdown(cancel_futures=True)
            sys.exit(f"{error.cmd[1]} failed:\n{error.stderr}")
