"""The static site generators of `peers.py`: the site, the command and the caches of each."""

import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generated_posts import post

BIN = Path(sys.executable).parent
SITES = Path(__file__).parent / "peer_sites"
"""The settings and the small theme of each site."""


@dataclass(frozen=True)
class Peer:
    """PREPARE completes the site in a folder, COMMAND builds it to OUTPUT, and CACHES are what it keeps."""

    name: str
    prepare: Callable[[Path], None]
    command: tuple[str, ...]
    posts: str
    output: str
    caches: tuple[str, ...] = ()
    most: int = 10_000
    """With more posts it takes too long to wait for."""


def hugo_program() -> str:
    """Return Hugo itself; the command of the package is a Python program that starts it."""
    programs = list(BIN.parent.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    return str(programs[0]) if programs else "hugo"


def nothing_more(_folder: Path) -> None:
    """Need no more than the files in SITES."""


def prepare_nikola(folder: Path) -> None:
    """Lay out a Nikola site as `nikola init` does, with Markdown posts."""
    subprocess.run([BIN / "nikola", "init", "-q", "-d", folder / "site"], check=True, capture_output=True)  # noqa: S603
    shutil.copytree(folder / "site", folder, dirs_exist_ok=True)
    shutil.rmtree(folder / "site")
    with (folder / "conf.py").open("a", encoding="utf-8") as settings:
        settings.write('\nPOSTS = (("posts/*.md", "posts", "post.tmpl"),)\n')


def prepare_eleventy(folder: Path) -> None:
    """Link to the packages of Eleventy."""
    (folder / "node_modules").symlink_to(BIN.parent / "eleventy" / "node_modules")


ELEVENTY_PROGRAM = BIN.parent / "eleventy" / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
PEERS = (
    Peer("hugo", nothing_more, (hugo_program(), "--quiet"), "content/posts", "public", ("resources",)),
    Peer(
        "pelican",
        nothing_more,
        (str(BIN / "pelican"), "-q", "-s", "pelicanconf.py"),
        "content",
        "output",
        ("cache",),
    ),
    Peer(
        "nikola", prepare_nikola, (str(BIN / "nikola"), "build", "-q"), "posts", "output", ("cache", ".doit.db"), 1_000
    ),
    Peer("eleventy", prepare_eleventy, ("node", str(ELEVENTY_PROGRAM), "--quiet"), "posts", "public"),
)


def is_installed(peer: Peer) -> bool:
    """Return whether every program of PEER is there."""
    return all(shutil.which(part) or not part.startswith("/") or Path(part).exists() for part in peer.command)


def lay_out(peer: Peer, folder: Path) -> None:
    """Write the site of PEER without posts into FOLDER."""
    if (SITES / peer.name).is_dir():
        shutil.copytree(SITES / peer.name, folder, dirs_exist_ok=True)
    peer.prepare(folder)


def write_post(folder: Path, peer: Peer, number: int, posts: int, chance: random.Random) -> None:
    """Write post NUMBER of POSTS, with the head that PEER reads."""
    text = post(number, posts, chance).replace("[[", "").replace("]]", "")
    if peer.name == "pelican":
        head, _, body = text.removeprefix("---\n").partition("---\n")
        head = re.sub(r"tag-\d+", r"\g<0>-", head)  # the second page of `tag-1` would be the first of `tag-12`
        text = head.replace("[", "").replace("]", "") + "\n" + body
    (folder / peer.posts).mkdir(parents=True, exist_ok=True)
    (folder / peer.posts / f"post-{number}.md").write_text(text, encoding="utf-8")
