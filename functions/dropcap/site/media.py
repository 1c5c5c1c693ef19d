"""A picture or a file as the Catalog knows it: the status of its upload, and its renditions."""

from collections.abc import Container, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from dropcap.contracts import Cause
from dropcap.errors import Finding

DRAWING = "image/svg+xml"
"""The media type of SVG."""
READY = "ready"
"""The outcome of a good upload. The posts that show it decide whether it is public."""


class Rendition(NamedTuple):
    """One object to serve: its media type KIND, its size in pixels (0 for files), and the DIGEST of its bytes."""

    kind: str
    width: int
    height: int
    digest: str


class Content(NamedTuple):
    """The public content of an upload. GROUND is a tiny version as a data: URI; INLINE, whether browsers may open it.

    DIGEST stands for all of it, and names the folder in which a page keeps its copy. Of a drawing (SVG), the first
    rendition is the drawing itself, without a size, and the second the same as PNG, where it could be made. SHAPE is
    its width and height in pixels, which follow from its bytes; (0, 0) if it does not state them.
    """

    renditions: tuple[Rendition, ...]
    ground: str
    inline: bool
    shape: tuple[int, int] = (0, 0)

    @property
    def digest(self) -> str:
        """Return a name for all of it: 16 hex digits, part of public addresses.

        The hashed text has names of its own, so that renaming attributes does not change every picture's address.
        """
        fields = ", ".join(
            f"Rendition(kind={file.kind!r}, width={file.width!r}, height={file.height!r}, digest={file.digest!r})"
            for file in self.renditions
        )
        renditions = f"({fields}{',' * (len(self.renditions) == 1)})"
        whole = f"Content(renditions={renditions}, ground={self.ground!r}, inline={self.inline!r})"
        return sha256(whole.encode()).hexdigest()[:16]

    @property
    def is_picture(self) -> bool:
        """Return whether it has renditions in several sizes."""
        return bool(self.renditions) and self.renditions[0].width > 0

    @property
    def has_bitmap(self) -> bool:
        """Return whether programs that draw no SVG can show it."""
        return any(file.width for file in self.renditions)

    @property
    def is_drawing(self) -> bool:
        """Return whether it is a drawing in SVG, which scales to every size."""
        return bool(self.renditions) and self.renditions[0].kind == DRAWING


class Media(NamedTuple):
    """The state of one upload that is no text. RECIPE says how it was made, TOKEN is new with every commit."""

    key: str
    outcome: str
    etag: str
    recipe: str
    token: str
    content: Content | None
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    cause: Cause

    def same_as(self, other: "Media | None") -> bool:
        """Return whether OTHER is equal, apart from token and cause."""
        return other is not None and other._replace(token=self.token, cause=self.cause) == self


def chosen(paths: Iterable[str], source: str, items: Iterable[Mapping[str, Any]]) -> tuple[str, bool] | None:
    """Return the key among the ITEMS of one file name that SOURCE means by PATHS, and whether that is certain.

    A path counts first; else the only file of that name, or the nearest one, which is not certain.
    """
    files = sorted((path_of(item), str(item["source"])) for item in items)
    for path in paths:
        for file_path, key in files:
            if file_path == path:
                return key, True
    if not files:
        return None
    keys = sorted({key for _, key in files}, key=lambda key: (-_common(key, source), key))
    return keys[0], len(keys) == 1


def path_of(item: Mapping[str, Any]) -> str:
    """Return the path in the sort key of ITEM, by which texts find a file."""
    return str(item["sk"]).rpartition("#")[0]


def folders_of(source: str) -> list[str]:
    """Return the folders of the key SOURCE, each with a slash at its end, the innermost first; the root is empty."""
    return [source[: place + 1] for place in range(len(source) - 1, -1, -1) if source[place] == "/"] + [""]


def is_meant(path: str, paths: Sequence[str], existing: Container[str]) -> bool:
    """Return whether a text that tries PATHS, and then the name alone, could mean the file at PATH.

    EXISTING are the paths of all files of that name: once one of PATHS exists, nothing behind it counts.
    """
    ahead = next((number for number, path in enumerate(paths) if path in existing), len(paths))
    return path in paths[: ahead + 1] if path in paths else ahead == len(paths)


def _common(first: str, second: str) -> int:
    """Return the number of folders that both keys have in common."""
    pairs = zip(first.split("/")[:-1], second.split("/")[:-1], strict=False)
    return next((number for number, (a, b) in enumerate(pairs) if a != b), min(first.count("/"), second.count("/")))
