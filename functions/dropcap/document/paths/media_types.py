"""A source that is no text ▶ a picture, or a file that is served unchanged.

Files that a browser would run or might read as a page (HTML, SVG, XML, scripts, everything unknown) are served only as
downloads, under a type that nothing runs. SVG keeps its type: as `<img>` it is a drawing, and its scripts do not run.
"""

from typing import Literal, NamedTuple

FileKind = Literal["picture", "file"]

PICTURES = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".gif", ".webp", ".avif", ".bmp", ".tif", ".tiff"}
    | {".heic", ".heif", ".jxl", ".jp2", ".psd"}
)
"""Suffixes of pictures. A format that cannot be decoded is reported."""

DOWNLOAD = "application/octet-stream"
_INLINE = {
    ".pdf": "application/pdf",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".aac": "audio/aac",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".flac": "audio/flac",
    ".wav": "audio/wav",
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".mov": "video/quicktime",
    ".webm": "video/webm",
    ".ogv": "video/ogg",
    ".ico": "image/vnd.microsoft.icon",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
}
_ATTACHED = {
    ".svg": "image/svg+xml",
    ".csv": "text/csv; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".epub": "application/epub+zip",
    ".zip": "application/zip",
    ".gz": "application/gzip",
    ".tgz": "application/gzip",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ppt": "application/vnd.ms-powerpoint",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
}
_TEXTS = (".md", ".markdown")


class Serving(NamedTuple):
    """How a file is served: its media type KIND, and whether a browser may show it INLINE."""

    kind: str
    inline: bool


def suffix_of(key: str) -> str:
    """Return the suffix of the file KEY in lower case, with its dot; empty if there is none."""
    name = key.rpartition("/")[2].lower()
    stem, dot, last = name.rpartition(".")
    return dot + last if stem and dot else ""


def file_kind(key: str) -> FileKind | None:
    """Return whether the source KEY is a picture or a file; None for texts, `site.yaml` and hidden files."""
    segments = key.lower().split("/")
    hidden = any(part.startswith((".", "_")) and part not in {"_posts", "_pages", "_drafts"} for part in segments)
    suffix = suffix_of(key)
    if key == "site.yaml" or hidden or not suffix or suffix in _TEXTS or not all(segments):
        return None
    return "picture" if suffix in PICTURES else "file"


def is_attachment(target: str) -> bool:
    """Return whether the TARGET of a wikilink names a file to read, hear or watch: `notes 1.5` is a note.

    >>> is_attachment("papers/sleep.pdf"), is_attachment("notes 1.5")
    (True, False)
    """
    return suffix_of(target) in _INLINE.keys() | _ATTACHED.keys() | PICTURES


def serving(key: str) -> Serving:
    """Return how the file KEY is served, by its name alone.

    >>> serving("a/talk.mp3"), serving("evil.html")
    (Serving(kind='audio/mpeg', inline=True), Serving(kind='application/octet-stream', inline=False))
    """
    suffix = suffix_of(key)
    return Serving(_INLINE.get(suffix) or _ATTACHED.get(suffix, DOWNLOAD), suffix in _INLINE)
