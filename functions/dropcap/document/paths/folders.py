"""Folders of the content bucket ▶ their meaning, from their names or from `site.yaml`."""

import unicodedata
from typing import Literal, NamedTuple, TypeAlias, get_args

Meaning = Literal["posts", "pages", "drafts", "ignored"]

Folders: TypeAlias = tuple[tuple[str, str], ...]
"""Folders by their `folder_name`, each with its Meaning; a subfolder may have another one."""

MEANINGS: tuple[str, ...] = get_args(Meaning)
ROOT = "content"
"""Hugo and Pelican keep everything in this folder; at the top it has no meaning of its own."""

DRAFTS = frozenset({"drafts", "_drafts"})
PAGES = frozenset({"pages", "_pages"})
POSTS = frozenset({"posts", "_posts", "post", "_post", "blog", "notes"})
READ_IN = DRAFTS | PAGES | {"_posts", "_post"}
"""Folders that are read although their names begin with an underscore."""


class Folder(NamedTuple):
    """The folder of a source: its MEANING in `site.yaml`, and the names of the folders WITHIN that, in lower case."""

    meaning: str | None
    within: tuple[str, ...]

    @property
    def is_ignored(self) -> bool:
        """Return whether `site.yaml` excludes the folder."""
        return self.meaning == "ignored"

    @property
    def holds_drafts(self) -> bool:
        """Return whether the files here are drafts."""
        return self.meaning == "drafts" or bool(DRAFTS.intersection(self.within))

    @property
    def holds_pages(self) -> bool:
        """Return whether the files here are pages, or drafts of pages."""
        if self.meaning in ("posts", "pages"):
            return self.meaning == "pages"
        return bool(PAGES.intersection(self.within[:1]))

    @property
    def holds_posts(self) -> bool:
        """Return whether the files here are posts, whatever their front matter says."""
        return self.meaning == "posts" or bool(POSTS.intersection(self.within))


def folder_name(text: str) -> str:
    """Return the folder's path TEXT without regard to case, Unicode form and a `content/` at the top."""
    names = [name.strip().casefold() for name in unicodedata.normalize("NFC", text).split("/") if name.strip()]
    return "/".join(names[1:] if names[:1] == [ROOT] and len(names) > 1 else names)


def folder_of(key: str, folders: Folders) -> Folder:
    """Return the folder of the source KEY for a site with these FOLDERS; the innermost meaning counts."""
    path = tuple(unicodedata.normalize("NFC", name).strip().casefold() for name in key.split("/")[:-1])
    path = path[1:] if path[:1] == (ROOT,) else path
    meanings = dict(folders)
    for length in range(len(path), 0, -1):
        if meaning := meanings.get("/".join(path[:length])):
            return Folder(meaning, path[length:])
    return Folder(None, path)
