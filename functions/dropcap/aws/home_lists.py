"""Lists of the pages that may open the home page, or the list of a language: the first of each does."""

from dropcap.document.paths.source_path import is_home_by_name
from dropcap.site.post import Snapshot
from dropcap.site.urls import language_path

HOME = "home"
"""The list of the pages that may open the home page."""
HOME_PAGE = "pages/home.md"
"""Source key of the page that opens the home page if no page has the address `/`."""


def language_home_list(tag: str) -> str:
    """Return the name of the list of the pages that may open the list of the language TAG (BCP 47)."""
    return f"{HOME}#{tag.casefold()}"


def is_home_list(name: str) -> bool:
    """Return whether NAME is that of a list of pages that may open the home page or the list of a language."""
    return name.partition("#")[0] == HOME


def home_place(key: str, live: Snapshot) -> tuple[str, str] | None:
    """Return the list of source KEY if its page may open the home page or the list of a language, and its rank there.

    A translation by file name belongs to the list of its language, as does one that names the address of that list.
    None for any other page.
    """
    original = f"{live.translation}.md" if live.translation and live.language else key
    by_name = "2" if original == HOME_PAGE else "3" if is_home_by_name(original) else None
    rank = "1" if live.is_home else by_name
    if rank is None:
        return None
    tag = live.language or ""
    in_language = tag and (original != key if by_name else live.path.startswith(language_path(tag)))
    return (language_home_list(tag) if in_language else HOME), rank
