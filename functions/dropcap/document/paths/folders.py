"""Folders of the content bucket ▶ what they hold: by their names, or because `site.yaml` says so."""

import unicodedata
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

Meaning = Literal["posts", "pages", "drafts", "ignored"]

Folders: TypeAlias = tuple[tuple[str, str], ...]
"""Folders by their `folder_name`, each with its Meaning; a folder within another may have another one."""

MEANINGS: tuple[str, ...] = get_args(Meaning)
ROOT = "content"
"""Where Hugo and Pelican keep everything: a folder of this name at the top means nothing of its own."""

DRAFTS = frozenset({"drafts", "_drafts"})
PAGES = frozenset({"pages", "_pages"})
POSTS = frozenset({"posts", "_posts", "post", "_post", "blog", "notes"})
READ_IN = DRAFTS | PAGES | {"_posts", "_post"}
"""Folders that are read although their names begin with an underscore."""


@dataclass(frozen=True, slots=True)
class Folder:
    """Where a source lies: what MEANING the site gives to it, and the names of the folders WITHIN, in lower case."""

    meaning: str | None
    within: tuple[str, ...]

    @property
    def is_ignored(self) -> bool:
        """Tell whether the site wants nothing of it read."""
        return self.meaning == "ignored"

    @property
    def holds_drafts(self) -> bool:
        """Tell whether what lies here is not to be seen yet."""
        return self.meaning == "drafts" or bool(DRAFTS.intersection(self.within))

    @property
    def holds_pages(self) -> bool:
        """Tell whether what lies here are pages, or drafts of pages."""
        if self.meaning in ("posts", "pages"):
            return self.meaning == "pages"
        return bool(PAGES.intersection(self.within[:1]))

    @property
    def holds_posts(self) -> bool:
        """Tell whether what lies here are posts, whatever they call themselves."""
        return self.meaning == "posts" or bool(POSTS.intersection(self.within))


def folder_name(text: str) -> str:
    """Give the one name under which a folder is known, from the top, without regard to case and Unicode form."""
    names = [name.strip().casefold() for name in unicodedata.normalize("NFC", text).split("/") if name.strip()]
    return "/".join(names[1:] if names[:1] == [ROOT] and len(names) > 1 else names)


def folder_of(key: str, folders: Folders) -> Folder:
    """Say where the source KEY lies, for a site whose FOLDERS have these meanings; the closest of them counts."""
    path = tuple(unicodedata.normalize("NFC", name).strip().casefold() for name in key.split("/")[:-1])
    path = path[1:] if path[:1] == (ROOT,) else path
    meanings = dict(folders)
    for length in range(len(path), 0, -1):
        if meaning := meanings.get("/".join(path[:length])):
            return Folder(meaning, path[length:])
    return Folder(None, path)
