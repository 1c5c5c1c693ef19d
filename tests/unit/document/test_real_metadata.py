"""Two real blogs, every file: what their metadata says is what the documents say, by an independent reading."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from dropcap.document import ContentError, Document, source_kind
from dropcap.document.metadata.descriptive import MAXIMUM_AUTHORS
from support import independent
from support.data_beside import data_beside
from support.documents import document

PLACES = {"jekyll": "_posts", "toml": "content"}
FILES = {"jekyll": 509, "toml": 754}
TYPED = {0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2013: "--", 0x2014: "---", 0x2026: "..."}
"""Typographic signs by code point, and how they are typed."""

BLOGS = [pytest.param(blog, marks=pytest.mark.xdist_group(f"real metadata {blog}")) for blog in PLACES]
"""Each blog for one worker: reading every file of one takes seconds."""

pytestmark = pytest.mark.parametrize("blog", BLOGS)


@cache
def read(blog: str) -> tuple[dict[Path, Document], dict[Path, ContentError]]:
    """Return every document of BLOG and every refusal."""
    documents: dict[Path, Document] = {}
    refused: dict[Path, ContentError] = {}
    corpus = data_beside("corpus") / blog
    for path in sorted(corpus.rglob("*.md")):
        key = f"{PLACES[blog]}/{path.relative_to(corpus).as_posix()}"
        try:
            documents[path] = document(path.read_bytes(), key)
        except ContentError as error:
            refused[path] = error
    return documents, refused


def with_front_matter(blog: str) -> Iterator[tuple[Path, Document, dict[str, Any]]]:
    """Return each document of BLOG with the front matter that other libraries read."""
    for path, post in read(blog)[0].items():
        if front := independent.front_matter(path.read_text()):
            yield path, post, front


def straight(text: str) -> str:
    """Return TEXT with the signs of a keyboard in place of typographic ones."""
    return text.translate(TYPED)


def test_every_file_is_read_but_one_at_most(blog: str) -> None:
    """A refusal has a line and a remedy."""
    documents, refused = read(blog)
    assert FILES[blog] == len(documents) + len(refused)
    assert len(refused) <= 1
    assert all(finding.line and finding.remedy for error in refused.values() for finding in error.findings)
    assert FILES[blog] - 2 < len(list(with_front_matter(blog)))


def test_every_date_is_read(blog: str) -> None:
    """Of the entry, else of the file's name or the path; a file without any is not dated."""
    expected: dict[Path, datetime | None] = {}
    actual: dict[Path, datetime | None] = {}
    for path, post, front in with_front_matter(blog):
        expected[path] = independent.told_date(front, path.name)
        actual[path] = post.date if post.dated else None
    assert expected == actual


def test_every_tag_is_read(blog: str) -> None:
    """In the author's spelling and order, each once."""
    expected: dict[Path, list[str]] = {}
    actual: dict[Path, list[str]] = {}
    for path, post, front in with_front_matter(blog):
        tags = {str(tag).strip().casefold(): str(tag).strip() for tag in reversed(front.get("tags") or [])}
        expected[path] = [tag for tag in reversed(tags.values()) if tag]
        actual[path] = [tag.label for tag in post.tags]
    assert expected == actual


def test_every_title_and_author_is_read(blog: str) -> None:
    """Letter by letter, but for typographic signs and emphasis; character references of HTML are decoded."""
    for path, post, front in with_front_matter(blog):
        if "title" in front:
            title = re.sub("`|</?em>", "", unescape(front["title"]))
            assert straight(" ".join(title.split())) == straight(post.title), path
        if blog == "jekyll":
            assert tuple(front["authors"])[:MAXIMUM_AUTHORS] == post.authors, path


def test_every_former_address_redirects_and_every_address_is_kept(blog: str) -> None:
    """`permalink`, `path`, `aliases` and `redirect_from`, with their files' suffixes."""
    for path, post, front in with_front_matter(blog):
        own = front.get("path") or front.get("permalink")
        if own:
            assert independent.address(own.removesuffix(".html")) == post.path, path
        listed = front.get("aliases") or front.get("redirect_from") or []
        former = {independent.address(alias) for alias in ([listed] if isinstance(listed, str) else listed)}
        assert former - {post.path} <= set(post.aliases), path


def test_every_excerpt_is_read(blog: str) -> None:
    """The excerpt is the author's, else the beginning of the text; a description for search engines is kept."""
    for path, post, front in with_front_matter(blog):
        written = [front[name] for name in ("summary", "excerpt", "description") if front.get(name)]
        shown = independent.letters(post.summary.removesuffix("…"))
        if written:
            assert independent.letters(written[0]).startswith(shown), path
            assert shown or not independent.letters(written[0]), path
        elif shown:
            assert shown[:40] in independent.letters(path.read_text()), path
        if front.get("description") and len(written) > 1:
            both = {shown, independent.letters(post.description)}
            assert independent.letters(front["description"])[:200] in {text[:200] for text in both}, path


def test_no_post_of_the_corpora_is_hidden_or_misread(blog: str) -> None:
    """No draft, no page; only Zola's section pages are left alone."""
    documents = read(blog)[0]
    assert not [path for path, post in documents.items() if post.draft or post.is_page]
    ignored = {path.name for path in documents if source_kind(f"{PLACES[blog]}/{path.name}") == "ignored"}
    assert ignored <= {"_index.md"}
