"""Pictures and other files of an export ▶ files in the site folder, from the export itself or from the old site."""

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import Request, urlopen

from dropcap.document.paths.media_types import file_kind, suffix_of
from dropcap_cli.importers.archive import Archive
from dropcap_local.whole_file import write_whole_file

FOLDER: Final = "pictures"
LARGEST_DOWNLOAD = 50 * 1024 * 1024
"""Bytes of a downloaded file."""
TIMEOUT = 20.0
"""Seconds without an answer after which a download fails."""
FAILURES_PER_HOST = 3
"""Failures after which a host is not asked again."""
SUFFIXES: Final[Mapping[str, tuple[str, ...]]] = {
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/png": (".png", ".apng"),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "image/avif": (".avif",),
    "image/svg+xml": (".svg",),
    "audio/mpeg": (".mp3",),
    "video/mp4": (".mp4", ".m4v"),
    "application/pdf": (".pdf",),
}
"""The suffixes of media types; the first one is that of a file without a suffix."""
LONGEST_STEM = 80
"""Characters of a file's name, without its suffix."""
LONGEST_SUFFIX = 20
"""Bytes of a suffix."""
LONGEST_NAME = 255
"""Bytes of a file's name on common file systems."""

Download = Callable[[str], tuple[bytes, str]]
"""A URL ▶ the bytes there, and their media type; raises OSError or ValueError."""


def download(url: str) -> tuple[bytes, str]:
    """Return the bytes at URL and their media type; raise OSError if there are none, ValueError if it is no file."""
    if urlsplit(url).scheme not in {"http", "https"}:
        message = "it is not a web address"
        raise ValueError(message)
    request = Request(url, headers={"User-Agent": "dropcap-import"})  # noqa: S310  # http and https only, as checked above
    with urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310  # as above
        kind = response.headers.get_content_type()
        body: bytes = response.read(LARGEST_DOWNLOAD + 1)
    if kind not in SUFFIXES and not kind.startswith(("image/", "audio/", "video/")):
        message = f"it is {kind}"
        raise ValueError(message)
    if len(body) > LARGEST_DOWNLOAD:
        message = f"it is larger than {LARGEST_DOWNLOAD // 1024**2} MiB"
        raise ValueError(message)
    return body, kind


class Pictures:
    """Places each file once. Nothing is downloaded without a DOWNLOAD function."""

    def __init__(self, folder: Path, archive: Archive, download: Download | None, old_url: str = "") -> None:
        """Write to FOLDER the files in ARCHIVE, or from DOWNLOAD. OLD_URL completes URLs without a host."""
        self._folder = folder
        self._archive = archive
        self._download = download
        self._old_url = old_url
        self._names: dict[str, str | None] = {}
        self._failures: Counter[str] = Counter()
        self.written = 0
        self.notes: list[str] = []

    def place(self, url: str) -> str:
        """Return the path of the file for URL within the site folder; URL itself, with a note, if there is no file."""
        if url not in self._names:
            self._names[url] = self._stored(url)
        return self._names[url] or url

    def take_notes(self) -> list[str]:
        """Return the notes since the last call."""
        notes, self.notes = self.notes, []
        return notes

    def _stored(self, url: str) -> str | None:
        try:
            path, complete = unquote(urlsplit(url).path), urljoin(self._old_url, url)
        except ValueError:
            self.notes.append(f"The file {url} has an invalid address; the page names it as it was.")
            return None
        ending = "/".join(path.split("/")[-2:])
        if name := self._archive.by_ending.get(ending):
            return self._write(posixpath.basename(path), self._archive.read(name))
        url, host = complete, urlsplit(complete).netloc
        if not host:
            self.notes.append(f"The file {url} is not in the export. Name the old site with --old-url to download it.")
            return None
        if self._download is None or self._failures[host] >= FAILURES_PER_HOST:
            self.notes.append(f"The file {url} was not downloaded; the page shows it from there.")
            return None
        try:
            body, kind = self._download(url)
        except (OSError, ValueError, URLError) as error:
            self._failures[host] += 1
            self.notes.append(f"The file {url} could not be downloaded ({error}); the page shows it from there.")
            return None
        return self._write(posixpath.basename(path), body, kind)

    def _write(self, name: str, body: bytes, kind: str | None = None) -> str | None:
        """Write BODY, of the media type KIND if known, under NAME, or under another name if another file has that one.

        Return None, with a note, if the name is not that of a picture or a file: a text would be published as a post.
        """
        safe = re.sub(r"[^\w.-]+", "-", posixpath.basename(unquote(name))).strip("-._") or "picture"
        suffixes = SUFFIXES.get(kind or "")
        if suffixes and suffix_of(safe) not in suffixes:
            safe += suffixes[0]
        if suffix_of(safe) and not file_kind(f"{FOLDER}/{safe}"):
            self.notes.append(f"The file {name} was left out: its name is that of a text.")
            return None
        stem, suffix = posixpath.splitext(safe)
        suffix = _cut(suffix, LONGEST_SUFFIX)
        digest = f"-{sha256(body).hexdigest()[:8]}"
        stem = _cut(stem[:LONGEST_STEM], LONGEST_NAME - LONGEST_SUFFIX - len(digest))
        for candidate in (f"{stem}{suffix}", f"{stem}{digest}{suffix}"):
            path = self._folder / FOLDER / candidate
            if path.exists() and path.read_bytes() == body:
                break
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                write_whole_file(path, [body], is_new=True)
                self.written += 1
                break
        return f"{FOLDER}/{candidate}"


def _cut(text: str, size: int) -> str:
    """Return the beginning of TEXT that has at most SIZE bytes."""
    return text.encode()[:size].decode("utf-8", "ignore")
