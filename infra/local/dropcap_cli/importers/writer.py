"""Write an export as a site folder: Markdown, pictures and `site.yaml`. Existing files are never overwritten."""

import html
import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import yaml

from dropcap.document import slug as slug_of
from dropcap_cli.importers.export import Export, ExportedPost
from dropcap_cli.importers.html_body import HtmlBody
from dropcap_cli.importers.old_links import OldLinks, old_path
from dropcap_cli.importers.pictures import Pictures
from dropcap_local.whole_file import write_whole_file

MOST_TAGS, MOST_ALIASES = 20, 10
"""The most that Dropcap accepts per post."""
MOST_NOTES = 20
"""Notes per post; the rest is counted."""
WRITTEN: Final = "written"
SKIPPED: Final = "skipped"


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """The import of one post as PATH: its TITLE, whether it was written or skipped, and what was lost."""

    path: str
    title: str
    outcome: str
    notes: tuple[str, ...]


def write(export: Export, folder: Path, pictures: Pictures, progress: Callable[[str], None]) -> Iterator[ImportedFile]:
    """Write EXPORT to FOLDER and yield each file; PROGRESS gets a line for each post."""
    paths = file_paths(export.posts)
    files = {old_path(former): path for post, path in zip(export.posts, paths, strict=True) for former in post.paths}
    links = OldLinks(export.hosts, files)
    if (settings := _site_settings(export)) and not (folder / "site.yaml").exists():
        _write_new(folder / "site.yaml", yaml.safe_dump(settings, allow_unicode=True, sort_keys=False))
        yield ImportedFile("site.yaml", export.title or "", WRITTEN, ())
    for number, (post, path) in enumerate(zip(export.posts, paths, strict=True), 1):
        progress(f"Importing {path}, {number} of {len(paths)}")
        if (folder / path).exists():
            yield ImportedFile(path, _plain(post.title), SKIPPED, ("A file of this name exists, and was kept.",))
            continue
        text, notes = _document(post, path, links, pictures)
        _write_new(folder / path, text)
        yield ImportedFile(path, _plain(post.title), WRITTEN, _bounded(notes))


def file_paths(posts: tuple[ExportedPost, ...]) -> list[str]:
    """Return a path for each of POSTS, all different: `pages/` or `posts/`, and the slug.

    WordPress percent-encodes a slug that is not ASCII.
    """
    taken: set[str] = set()
    paths = []
    for post in posts:
        stem = slug_of(unquote(html.unescape(post.slug))) or slug_of(_plain(post.title)) or "untitled"
        folder = "pages" if post.page else "posts"
        names = (f"{folder}/{stem}{'' if number == 1 else f'-{number}'}.md" for number in range(1, len(posts) + 2))
        path = next(name for name in names if name not in taken)
        taken.add(path)
        paths.append(path)
    return paths


def _document(post: ExportedPost, path: str, links: OldLinks, pictures: Pictures) -> tuple[str, list[str]]:
    """Return the text of the file PATH for POST, and notes on what was lost."""
    notes = list(post.notes)
    lost: list[str] = []

    def link(url: str) -> str:
        if links.is_lost(url):
            lost.append(url)
        return links.resolve(url, path)

    def picture(url: str) -> str:
        placed = pictures.place(url)
        return placed if placed == url else posixpath.relpath(placed, posixpath.dirname(path))

    body = HtmlBody(link, picture)
    text = body.markdown(post.html)
    fields = _front_matter(post, path, picture, notes)
    notes += body.notes
    notes += [f"A link leads to a page of the old site that was not imported: {url}" for url in dict.fromkeys(lost)]
    notes += pictures.take_notes()
    head = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{head}---\n\n{text}", notes


def _front_matter(post: ExportedPost, path: str, picture: Callable[[str], str], notes: list[str]) -> dict[str, Any]:
    """Return the fields of POST, without empty ones."""
    slug = posixpath.splitext(posixpath.basename(path))[0]
    aliases = [former for former in post.paths if old_path(former) != f"/{slug}" and "?" not in former]
    if len(post.tags) > MOST_TAGS:
        notes.append(f"It had {len(post.tags)} tags, of which {MOST_TAGS} were kept.")
    fields: dict[str, Any] = {
        "title": _plain(post.title) or None,
        "date": post.date,
        "updated": post.updated if post.updated != post.date else None,
        "slug": slug,
        "aliases": aliases[:MOST_ALIASES],
        "tags": [_plain(tag) for tag in post.tags[:MOST_TAGS]],
        "authors": [_plain(author) for author in post.authors],
        "summary": _plain(post.summary),
        "description": _plain(post.description) if post.description != post.summary else None,
        "image": picture(post.picture) if post.picture else None,
        "image_alt": _plain(post.picture_alt),
        "draft": post.draft or None,
    }
    return {name: value for name, value in fields.items() if value}


def _site_settings(export: Export) -> Mapping[str, str]:
    """Return the settings for `site.yaml` that the export has."""
    settings = {
        "title": _plain(export.title),
        "description": _plain(export.description),
        "language": export.language,
        "timezone": export.timezone,
    }
    return {name: value for name, value in settings.items() if value} if export.title else {}


def _plain(text: str | None) -> str:
    """Return TEXT without entities, on one line; empty for None."""
    return " ".join(html.unescape(text or "").split())


def _bounded(notes: list[str]) -> tuple[str, ...]:
    more = len(notes) - MOST_NOTES
    return (*notes[:MOST_NOTES], f"And {more} more.") if more > 0 else tuple(notes)


def _write_new(path: Path, text: str) -> None:
    """Write TEXT to PATH; raise FileExistsError if there is a file. A part of it would be kept by the next import."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole_file(path, [text.encode()], is_new=True)
