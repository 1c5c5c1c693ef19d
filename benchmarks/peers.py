"""Other static site generators beside Dropcap: one new post into a site of generated posts.

    make bench-peers, or .venv-peers/bin/python benchmarks/peers.py [POSTS …]

For each generator that is installed: a whole build, then a build after one more post, with the caches that it keeps
(warm), and without them (cold). Prints a JSON line for each: seconds of CPU and peak memory of the process with its
children, objects that a deployment has to upload (new, or with other bytes), and all objects. `hugo server` rebuilds in
memory; its line has the CPU of that rebuild, too. This program imports little, so that its children start small.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

from static_generators import PEERS, Peer, hugo_program, is_installed, lay_out, write_post

PORT = "13131"
TICKS = os.sysconf("SC_CLK_TCK")


def objects(folder: Path) -> dict[str, str]:
    """Return the digests of the files below FOLDER by their path."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() for path in files}


def run(command: tuple[str, ...], folder: Path) -> dict[str, float]:
    """Run COMMAND in FOLDER; return its seconds of CPU and its peak memory in MB, its children included."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=folder, **quiet)  # type: ignore[call-overload]  # noqa: S603  # one of PEERS
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        message = f"{command[0]} failed with {process.returncode} in {folder}"
        raise RuntimeError(message)
    return {"cpu_s": round(used.ru_utime + used.ru_stime, 2), "mb": used.ru_maxrss // 1024}


def measured(peer: Peer, posts: int, folder: Path) -> dict[str, object]:
    """Return the figures of PEER with POSTS posts, and with one more."""
    chance = random.Random(1)  # noqa: S311  # the same posts every time
    lay_out(peer, folder)
    for number in range(posts):
        write_post(folder, peer, number, posts, chance)
    whole = run(peer.command, folder)
    before = objects(folder / peer.output)
    write_post(folder, peer, posts, posts, chance)
    warm = run(peer.command, folder)
    after = objects(folder / peer.output)
    for name in (peer.output, *peer.caches):
        for place in folder.glob(f"{name}*"):
            shutil.rmtree(place) if place.is_dir() else place.unlink()
    cold = run(peer.command, folder)
    upload = sum(before.get(name) != digest for name, digest in after.items())
    return {
        "peer": peer.name, "posts": posts, "whole": whole, "one_more_warm": warm, "one_more_cold": cold,
        "objects": len(after), "objects_to_upload": upload,
        "objects_written": len(after) if peer.name != "nikola" else upload,
    }  # fmt: skip


def hugo_server(posts: int, folder: Path) -> dict[str, object]:
    """Return the CPU of `hugo server` for one more post, which it rebuilds in memory, and what it says of the time."""
    peer, chance = PEERS[0], random.Random(1)  # noqa: S311  # the same posts every time
    lay_out(peer, folder)
    for number in range(posts):
        write_post(folder, peer, number, posts, chance)
    with (folder / "log").open("w+", encoding="utf-8") as log:
        command = [hugo_program(), "server", "--port", PORT, "--bind", "127.0.0.1"]
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)  # noqa: S603
        try:
            log_text = _wait_for(folder / "log", "Web Server is available", 1)
            time.sleep(1)
            before = _ticks(process.pid)
            write_post(folder, peer, posts, posts, chance)
            lines = _wait_for(folder / "log", "Total in", 1 + log_text.count("Total in"))
            time.sleep(1)
            spent = (_ticks(process.pid) - before) / TICKS
        finally:
            process.terminate()
            process.wait()
    totals = [line.split("Total in ")[1].split()[:2] for line in lines.splitlines() if "Total in " in line]
    note = "it rebuilds in memory; a deployment needs a build"
    return {
        "peer": "hugo server",
        "posts": posts,
        "rebuild_cpu_s": spent,
        "rebuild": " ".join(totals[-1]),
        "note": note,
    }


def _ticks(process: int) -> int:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _wait_for(log: Path, words: str, times: int) -> str:
    for _ in range(1200):
        text = log.read_text(encoding="utf-8")
        if text.count(words) >= times:
            return text
        time.sleep(0.1)
    raise TimeoutError(words)


def main() -> None:
    """Print one line for each generator and size."""
    for posts in [int(argument) for argument in sys.argv[1:]] or [100, 1_000]:
        for peer in PEERS:
            if not is_installed(peer) or posts > peer.most:
                print(
                    json.dumps({"peer": peer.name, "posts": posts, "skipped": "not installed, or too many posts"}),
                    flush=True,
                )
                continue
            with tempfile.TemporaryDirectory() as folder:
                print(json.dumps(measured(peer, posts, Path(folder))), flush=True)
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(hugo_server(posts, Path(folder))), flush=True)


if __name__ == "__main__":
    main()
