"""The path of a source ▶ a post, a page, a draft, or a file that is ignored."""

import re
import unicodedata
from datetime import date
from typing import Literal, NamedTuple

from dropcap.document.paths.folders import POSTS, READ_IN, ROOT, Folders, folder_of
from dropcap.document.paths.slugs import link_name
from dropcap.document.paths.translations import translation_suffix
from dropcap.errors import ContentError, Finding
from dropcap.patterns import lazy_pattern

Kind = Literal["post", "page", "draft", "ignored"]

MAXIMUM_KEY = 512
"""Most bytes of a source key, in UTF-8."""

_ABOUT_THE_REPOSITORY = lazy_pattern(
    r"(?:readme|licen[cs]e|contributing|code_of_conduct)(?:[._-][a-z]{2}(?:[-_][a-z]{2,4})?)?(?:\.(?:md|markdown))?",
    re.IGNORECASE,
)
_HOME = lazy_pattern(r"(?:content/)?index\.(?:md|markdown)", re.IGNORECASE)
_SUFFIXES = (".md", ".markdown")
_UNTITLED = lazy_pattern(r"(?:index|readme)(\.[a-z]{2})?", re.IGNORECASE)
_BUNDLE = lazy_pattern(r"(?:index|readme)(\.[a-z]{2,3}(?:[-_][a-z0-9]{2,8}){0,2})?", re.IGNORECASE)
"""As _UNTITLED, but with any suffix that may be a language: a name has no effect on an address."""
_DATED_NAME = lazy_pattern(r"([0-9]{4})([-_.])([0-9]{1,2})\2([0-9]{1,2})(?:[-_ ]+(?=.)|\Z)")
_SHORT_DATED_NAME = lazy_pattern(r"((?:19|20|21)[0-9]{2})()([0-9]{2})([0-9]{2})(?:[0-9]{4}(?:[0-9]{2})?)?[-_ ]+(?=.)")
_DATED_PATH = lazy_pattern(r"(?:\A|/)([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})(?:/|\Z)")


class Place(NamedTuple):
    """The meaning of a source KEY: STEM is its name without date and suffix, empty for an `index.md` at the top.

    IS_PAGE or IS_POST if its folder decides that. FOLDERS are the names of its folders as written, without those that
    have a meaning for Dropcap. LANGUAGE and BASE, the key without the language, if the name says it is a translation.
    """

    key: str
    kind: Kind
    is_page: bool
    is_post: bool
    stem: str
    date: str | None
    folders: tuple[str, ...]
    language: str | None = None
    base: str = ""

    @property
    def path(self) -> str:
        """Return the key without suffix."""
        return self.key.rpartition(".")[0]


def source_kind(key: str, folders: Folders = ()) -> Kind:
    """Return the kind of the source KEY for a site with these FOLDERS. A draft may be a draft of a page."""
    if why_ignored(key, folders):
        return "ignored"
    folder = folder_of(key, folders)
    if folder.holds_drafts:
        return "draft"
    return "page" if folder.holds_pages or is_home_by_name(key) else "post"


def why_ignored(key: str, folders: Folders = ()) -> str | None:
    """Return the reason why the source KEY is ignored; None for a source that is read."""
    folder = folder_of(key, folders)
    segments = [*folder.within, key.lower().rpartition("/")[2]]
    if not key.lower().endswith(_SUFFIXES):
        return "Only files whose names end in .md or .markdown become posts."
    if len(segments) == 1 and _ABOUT_THE_REPOSITORY.fullmatch(segments[0]):
        return "At the top level, this file describes the repository; it is not a post."
    if folder.is_ignored:
        return "`site.yaml` excludes this folder, under `folders`."
    if any(segment.startswith(".") and segment.strip(".") for segment in segments):
        return "Files and folders whose names begin with a dot are ignored."
    if any(segment.startswith("_") and segment not in READ_IN for segment in segments):
        return (
            "Files and folders whose names begin with an underscore are ignored, except _posts, _pages, _drafts and "
            "those that `site.yaml` names under `folders`."
        )
    return None


def source_place(key: str, folders: Folders = (), languages: tuple[str, ...] = ()) -> Place:
    """Return everything that the source KEY says; raise ContentError for a key that is not allowed.

    LANGUAGES are those into which texts are translated.
    """
    if finding := _unsafe(key):
        raise ContentError(finding)
    translated = translation_suffix(key, languages)
    above, stem = key.split("/")[:-1], (translated.base if translated else key).rpartition("/")[2].rpartition(".")[0]
    folder = folder_of(key, folders)
    bundle = _UNTITLED.fullmatch(stem)
    if bundle:
        named = above and above[-1].lower() not in READ_IN | POSTS | {ROOT}
        stem = above[-1] + (bundle[1] or "") if named else ""
    date_in_name, rest = _dated(stem)
    names = [name for name in above[: -1 if bundle else None] if name.lower() not in READ_IN | {ROOT}]
    return Place(
        key=key,
        kind=source_kind(key, folders),
        is_page=folder.holds_pages or is_home_by_name(translated.base if translated else key),
        is_post=folder.holds_posts,
        stem=rest or stem,
        date=date_in_name or date_in_path("/".join(above) + "/"),
        folders=tuple(names),
        language=translated.tag if translated else None,
        base=translated.base if translated else "",
    )


def is_home_by_name(key: str) -> bool:
    """Return whether the source KEY is the `index.md` at the top, which may be the home page."""
    return bool(_HOME.fullmatch(key))


def file_names(key: str) -> tuple[str, ...]:
    """Return the names that the file of source KEY has for wikilinks: with and without its date, and its whole path.

    Also its name with its folder's, since the folder of a vault may itself be in a folder. A bundle has the name of its
    folder, and `trip/index.de.md` the names of `trip.de.md`: `trip` is its original. These names come before other
    documents' addresses and aliases.
    """
    place = source_place(key)
    folder, _, file = place.path.rpartition("/")
    bundle = _BUNDLE.fullmatch(file)
    language = (bundle[1] or "") if bundle and folder else ""
    path = folder + language if bundle else place.path
    stem = _without_date(path.rpartition("/")[2]) if language else place.stem
    named = (stem, "" if bundle else file, place.path, _within(path))
    return tuple(dict.fromkeys(filter(None, map(link_name, named))))


def name_of_original(key: str) -> str:
    """Return the name of the bundle whose translation source KEY may be: it finds this one if there is no original.

    Empty unless KEY is one like `trip/index.de.md`.
    """
    folder, _, file = key.rpartition(".")[0].rpartition("/")
    bundle = _BUNDLE.fullmatch(file)
    return link_name(_within(folder)) if bundle and bundle[1] else ""


def date_in_path(path: str) -> str | None:
    """Return the date in the folders of PATH, as in `blog/2024/05/01/first-light`."""
    dated = _DATED_PATH.search(path)
    return "-".join(dated.groups()) if dated else None


def _within(path: str) -> str:
    return "/".join(path.split("/")[-2:])


def _without_date(stem: str) -> str:
    return _dated(stem)[1] or stem


def _dated(stem: str) -> tuple[str | None, str]:
    """Split a file's name into its date and the rest; `2024-13-45` is not a date."""
    dated = _DATED_NAME.match(stem) or _SHORT_DATED_NAME.match(stem)
    if not dated or not _is_day(*(int(dated[part]) for part in (1, 3, 4))):
        return None, stem
    return f"{dated[1]}-{dated[3]}-{dated[4]}", stem[dated.end() :]


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _unsafe(key: str) -> Finding | None:
    segments = key.split("/")
    if len(key.encode(errors="replace")) > MAXIMUM_KEY:
        return Finding(
            f"The file's path is longer than {MAXIMUM_KEY} bytes.", "Give the file or its folders shorter names."
        )
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in key):
        return Finding("The file's name has an invisible character, such as a line break.", "Rename the file.")
    if not all(segments):
        return Finding(
            "The file's path has two slashes in a row, or begins with one.",
            "Upload it again, with one slash between folders.",
        )
    if any(segment in (".", "..") for segment in segments):
        return Finding("The file's path has `.` or `..` as a folder.", "Upload it again under the path that you mean.")
    return None
