"""A source that is no text ▶ what it is: a picture, or a file that is handed out as it is.

What a browser would run or might read as a page (HTML, SVG, XML, scripts, and everything unknown) is only ever handed
out as a download, and under a type that nothing runs, SVG excepted: as `<img>` it is a drawing, and its scripts sleep.
"""

from dataclasses import dataclass
from typing import Literal

FileKind = Literal["picture", "file"]

PICTURES = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".gif", ".webp", ".avif", ".bmp", ".tif", ".tiff"}
    | {".heic", ".heif", ".jxl", ".jp2", ".psd", ".ico"}
)
"""Names of pictures. Some of these formats cannot be read, which their reports then say."""

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


@dataclass(frozen=True, slots=True)
class Serving:
    """How a file is handed out: its media type KIND, and whether a browser may show it on its own."""

    kind: str
    inline: bool


def suffix_of(key: str) -> str:
    """Give the suffix of the file named KEY in lower case, with its dot; empty where there is none."""
    name = key.rpartition("/")[2].lower()
    stem, dot, last = name.rpartition(".")
    return dot + last if stem and dot else ""


def file_kind(key: str) -> FileKind | None:
    """Say what the source KEY is; None for texts, for `site.yaml`, and for what is left alone whatever it holds."""
    segments = key.lower().split("/")
    hidden = any(part.startswith((".", "_")) and part not in {"_posts", "_pages", "_drafts"} for part in segments)
    suffix = suffix_of(key)
    if key == "site.yaml" or hidden or not suffix or suffix in _TEXTS or not all(segments):
        return None
    return "picture" if suffix in PICTURES else "file"


def serving(key: str) -> Serving:
    """Say how the file KEY is handed out, by its name alone.

    >>> serving("a/talk.mp3"), serving("evil.html")
    (Serving(kind='audio/mpeg', inline=True), Serving(kind='application/octet-stream', inline=False))
    """
    suffix = suffix_of(key)
    return Serving(_INLINE.get(suffix) or _ATTACHED.get(suffix, DOWNLOAD), suffix in _INLINE)
