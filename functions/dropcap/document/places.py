"""Where a source lies ▶ what it is: a post, a page, a draft, or nothing that becomes a page."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from dropcap.errors import ContentError, Finding

Kind = Literal["post", "page", "draft", "ignored"]

MAXIMUM_KEY = 512
"""Most bytes of a source key, in UTF-8."""

_SUFFIXES = (".md", ".markdown")
_DRAFTS = frozenset({"drafts", "_drafts"})
_PAGES = frozenset({"pages", "_pages"})
_READ_IN = _DRAFTS | _PAGES | {"_posts"}
_UNTITLED = frozenset({"index", "readme"})
_DATED_NAME = re.compile(r"([0-9]{4}-[0-9]{1,2}-[0-9]{1,2})(?:[-_ ]+(?=.)|\Z)")
_DATED_PATH = re.compile(r"(?:\A|/)([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})(?:/|\Z)")


@dataclass(frozen=True, slots=True)
class Place:
    """What a source KEY alone tells: STEM is its name without date and suffix, empty for an `index.md` at the top."""

    key: str
    kind: Kind
    is_page: bool
    stem: str
    date: str | None

    @property
    def path(self) -> str:
        """Give the key without suffix."""
        return self.key.rpartition(".")[0]


def source_kind(key: str) -> Kind:
    """Say what becomes of the source KEY. A draft may be a draft of a page."""
    folders = key.lower().split("/")[:-1]
    if why_ignored(key):
        return "ignored"
    if _DRAFTS.intersection(folders):
        return "draft"
    return "page" if _PAGES.intersection(folders[:1]) else "post"


def why_ignored(key: str) -> str | None:
    """Say why no page is made of the source KEY; None for a source that is read."""
    segments = key.lower().split("/")
    if not key.lower().endswith(_SUFFIXES):
        return "Only files whose names end in .md or .markdown become posts."
    if any(segment.startswith(".") and segment.strip(".") for segment in segments):
        return "Files and folders whose names begin with a dot are left alone."
    if any(segment.startswith("_") and segment not in _READ_IN for segment in segments):
        return (
            "Files and folders whose names begin with an underscore are left alone, except _posts, _pages and _drafts."
        )
    return None


def source_place(key: str) -> Place:
    """Take the source KEY apart; a ContentError says why a key cannot be read."""
    if finding := _unsafe(key):
        raise ContentError(finding)
    folders, stem = key.lower().split("/")[:-1], key.rpartition("/")[2].rpartition(".")[0]
    if stem.lower() in _UNTITLED:
        stem = key.split("/")[-2] if folders and folders[-1] not in _READ_IN | {"posts"} else ""
    dated = _DATED_NAME.match(stem)
    date = dated[1] if dated else date_in_path("/".join(folders) + "/")
    rest = stem[dated.end() :] if dated else stem
    return Place(key, source_kind(key), bool(_PAGES.intersection(folders[:1])), rest or stem, date)


def date_in_path(path: str) -> str | None:
    """Give the date that the folders of PATH spell, as in `blog/2024/05/01/first-light`."""
    found = _DATED_PATH.search(path)
    return "-".join(found.groups()) if found else None


def _unsafe(key: str) -> Finding | None:
    segments = key.split("/")
    if len(key.encode(errors="replace")) > MAXIMUM_KEY:
        return Finding(
            f"The file's path is longer than {MAXIMUM_KEY} bytes.", "Give the file or its folders shorter names."
        )
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in key):
        return Finding(
            "The file's name holds a character that cannot be seen, such as a line break.", "Rename the file."
        )
    if not all(segments):
        return Finding(
            "The file's path holds two slashes in a row, or begins with one.",
            "Upload it again, with one slash between folders.",
        )
    if any(segment in (".", "..") for segment in segments):
        return Finding(
            "The file's path holds `.` or `..` as a folder.", "Upload it again under the path that you mean."
        )
    return None
