"""No part of a draft of any kind is in the output of `build` or in the public part of the site bucket."""

import io
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image

from dropcap.site.urls import media_path
from dropcap_cli.build import without_previews
from dropcap_local.cloud import LocalCloud
from support.site_folders import CommandLine, files_in

NOW = "2026-03-16T10:00:00+00:00"
SITE = "title: The Quiet Hour\ntimezone: Europe/Berlin\n"
PUBLIC = "---\ntitle: Walks\ndate: 2026-03-10\n---\nSlowly.\n"
KINDS: Mapping[str, tuple[str, str]] = {
    "draft": ("posts/{}.md", "---\ndraft: true\n{}---\n{}"),
    "unpublished": ("posts/{}.md", "---\npublished: false\n{}---\n{}"),
    "status": ("posts/{}.md", "---\nstatus: draft\n{}---\n{}"),
    "private": ("posts/{}.md", "---\nvisibility: private\n{}---\n{}"),
    "folder": ("drafts/{}.md", "---\n{}---\n{}"),
    "jekyll": ("_drafts/{}.md", "---\n{}---\n{}"),
    "page": ("pages/{}.md", "---\ndraft: yes\n{}---\n{}"),
    "scheduled": ("posts/{}.md", "---\npublishDate: 2026-04-01\n{}---\n{}"),
    "dated": ("posts/2026-05-01-{}.md", "---\n{}---\n{}"),
    "expired": ("posts/{}.md", "---\nexpires: 2026-01-01\n{}---\n{}"),
    "refused": ("posts/{}.md", "---\ndate: never so\n{}---\n{}"),
    "bundle": ("posts/{}/index.md", "---\ndraft: true\n{}---\n{}"),
    "mixed case": ("posts/{}.md", "---\nDraft: TRUE\n{}---\n{}"),
}


def trace(kind: str) -> str:
    """Return a word that only the draft of this KIND has: in its text, its names and its files."""
    return f"xq{list(KINDS).index(kind)}zv{kind.replace(' ', '')}"


def picture(number: int) -> bytes:
    """Return a picture of its own."""
    out = io.BytesIO()
    Image.new("RGB", (32, 24), (200, 7 * number, 90)).save(out, "PNG")
    return out.getvalue()


def sources() -> dict[str, bytes]:
    """Return a public post, and a draft of each kind with a picture and a file of its own."""
    files = {"site.yaml": SITE.encode(), "posts/walks.md": PUBLIC.encode()}
    for number, (kind, (name, form)) in enumerate(KINDS.items()):
        word = trace(kind)
        fields = {
            "title": f"{word} title", "tags": [f"{word} tag", "shared"], "summary": f"{word} summary",
            "authors": [f"{word} author"], "aliases": [f"/{word}-alias/"], "id": f"{word}-id", "image": f"{word}.png",
            "slug": f"{word}-slug", "description": f"{word} description", "mood": f"{word} mood",
        }  # fmt: skip
        head = "".join(f"{field}: {json.dumps(value)}\n" for field, value in fields.items())
        body = f"{word} text with [[walks|{word} link]], ![{word} alt]({word}.png) and [a file]({word}.csv).\n"
        key = name.format(word)
        files[key] = form.format(head, body).encode()
        folder = key.rpartition("/")[0]
        files |= {f"{folder}/{word}.png": picture(number), f"{folder}/{word}.csv": f"{word},1\n".encode()}
    return files


def traces_in(objects: Mapping[str, bytes]) -> list[str]:
    """Return the traces of drafts in names and bytes of OBJECTS."""
    words = {kind: trace(kind) for kind in KINDS}
    return [
        f"{kind} in {name}"
        for name, body in objects.items()
        for kind, word in words.items()
        if word in name.lower() or word.encode() in body.lower()
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_trace_in_a_name_or_in_bytes_is_found(kind: str) -> None:
    """In any case of letters."""
    word = trace(kind)
    objects = {f"assets/{word}.png": b"", "feed.xml": f"<title>{word.upper()} TITLE".encode(), "index.html": b"Walks"}
    assert [f"{kind} in assets/{word}.png", f"{kind} in feed.xml"] == traces_in(objects)


def test_the_output_of_build_has_no_trace_of_a_draft(dropcap: CommandLine, tmp_path: Path) -> None:
    """Neither in a name nor in a byte, pictures and files included; two builds list the same files."""
    for key, body in sources().items():
        (tmp_path / "site" / key).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / key).write_bytes(body)
    outputs = [tmp_path / "first", tmp_path / "second"]
    for output in outputs:
        dropcap("build", tmp_path / "site", output, "--now", NOW)
    first, second = (files_in(output) for output in outputs)
    assert "walks/index.html" in first
    assert [] == traces_in(first)
    own = tuple(
        media_path(address).removeprefix("/") for address in ("/walks/", "/")
    )  # the post's, and the site's card
    assert not [name for name in first if name.startswith(("assets/media/", "preview/")) and not name.startswith(own)]
    assert sorted(first) == sorted(second)


@pytest.mark.parametrize("later", [False, True], ids=["never public", "public before"])
def test_the_site_bucket_has_no_trace_of_a_draft(*, later: bool) -> None:
    """Outside of the previews' secret folders no name, byte or metadata value has one, even if it was public before."""
    with LocalCloud() as cloud:
        files = sources()
        if later:  # one of them was a public post first; its address and former addresses may still say "gone"
            cloud.upload("posts/again.md", "---\ntitle: Again\ndate: 2026-03-10\n---\nxq0zvdraft for all.\n")
            cloud.settle()
            files["posts/again.md"] = b"---\ntitle: Again\ndraft: true\n---\nxq0zvdraft for nobody.\n"
        for key, body in files.items():
            cloud.upload(key, body)
        cloud.settle()
        site = without_previews(cloud.site())
        assert [] == traces_in({name: body for name, (body, _) in site.items()})
        assert [] == traces_in({name: json.dumps(dict(metadata)).encode() for name, (_, metadata) in site.items()})
        hidden = cloud.site().keys() - site.keys()
        assert hidden
        assert not [name for name in hidden if not name.startswith(("preview/", "assets/media/"))]
        assert "walks/index.html" in site
