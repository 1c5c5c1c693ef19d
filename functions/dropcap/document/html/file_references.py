"""Pictures and files that a text names ▶ marks in its HTML, and the paths at which to look for them.

A mark keeps the address as the author wrote it: when a file changes, the text need not be rendered again.
"""

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from html import unescape
from operator import itemgetter
from typing import NamedTuple
from urllib.parse import unquote

from dropcap.document.paths.media_types import file_kind
from dropcap.document.paths.url_paths import is_own
from dropcap.errors import ContentError, Finding
from dropcap.html_tags import ADDRESS, MEDIA_TAG
from dropcap.patterns import lazy_pattern

MARK = "dropcap-file:"
"""Prefix of an address that is yet to be looked up. No author can write it: the sanitiser removes such a scheme."""
MAXIMUM_MENTIONS = 200
"""Most different files that one text may name: its record in the Catalog lists those that it shows."""
MAXIMUM_PATH = 512
"""Most bytes of a path to look for: no source key is longer."""

MAXIMUM_WRITTEN = 1_000
"""Most bytes of an address as it is written, with its query and fragment."""
MAXIMUM_BYTES = 64_000
"""Most bytes of all addresses and paths of one text: the Catalog keeps them with the post, at most 400 KB an item."""

_ROOTS = ("static/", "assets/", "public/", "content/")
"""Folders that other generators serve from the root of the site."""
_ELSEWHERE = lazy_pattern(r"[a-z][a-z0-9+.-]*:|//|#|\?|\Z", re.IGNORECASE)


class Mention(NamedTuple):
    """A file that a text names: the address as WRITTEN, the PATHS where it may be, likeliest first, and the LINE."""

    written: str
    paths: tuple[str, ...]
    line: int | None = None

    @property
    def name(self) -> str:
        """Return the file's name, by which it is found in any folder."""
        return file_name(self.paths[0])


def marked(html: str) -> str:
    """Return sanitised HTML with a mark before every address of a file of this site."""
    return MEDIA_TAG.sub(_marked_tag, html)


def files_in(html: str, key: str) -> tuple[Mention, ...]:
    """Return the files named in marked HTML of the source KEY, each once, in the order of the text."""
    written = (unescape(address[2]) for tag in MEDIA_TAG.finditer(html) for address in ADDRESS.finditer(tag[2]))
    named = dict.fromkeys(address.removeprefix(MARK) for address in written if address.startswith(MARK))
    return tuple(filter(None, (mention(address, key) for address in named)))


def mention(written: str, key: str, line: int | None = None) -> Mention | None:
    """Return the file meant by the address WRITTEN on LINE of the source KEY; None for another site or no path."""
    if _ELSEWHERE.match(written):
        return None
    path = unquote(re.split(r"[?#]", written, maxsplit=1)[0]).replace("\\", "/").strip()
    from_root = _clean(path)
    beside = _clean(posixpath.join(posixpath.dirname(key), path)) if not path.startswith("/") else from_root
    paths = tuple(dict.fromkeys(folded(path) for path in (beside, from_root) if path))
    fits = paths and all(len(path.encode(errors="replace")) <= MAXIMUM_PATH for path in paths)
    return Mention(written, paths, line) if fits else None


def located(mentions: Iterable[Mention], lines: Mapping[str, int]) -> tuple[Mention, ...]:
    """Return MENTIONS, each once, with its first line in LINES, those of all addresses in the text.

    A file named only in the front matter keeps its line there.
    """
    last_first = sorted(lines.items(), key=itemgetter(1), reverse=True)
    by_address = {unquote(address): line for address, line in last_first}
    once: dict[str, Mention] = {}
    for file in mentions:
        once.setdefault(file.written, file._replace(line=by_address.get(unquote(file.written), file.line)))
    return tuple(once.values())


def first_of(mentions: tuple[Mention, ...], warn: Callable[[Finding], object]) -> tuple[Mention, ...]:
    """Return the first MENTIONS of a text, as many as it may have; WARN of the others, on the line of their first."""
    if left := mentions[MAXIMUM_MENTIONS:]:
        message = f"This text names {len(mentions)} pictures and files; only the first {MAXIMUM_MENTIONS} are shown."
        warn(Finding(message, "Split it into two texts.", left[0].line))
    return mentions[:MAXIMUM_MENTIONS]


def within_limits(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return MENTIONS; raise ContentError, with the line, if an address or all of them are too long to be stored."""
    total = 0
    for file in mentions:
        length = _size(file.written)
        total += length + sum(map(_size, file.paths))
        if length > MAXIMUM_WRITTEN:
            message = f"The address `{file.written[:60]}…` has {length:,} bytes; the limit is {MAXIMUM_WRITTEN:,}."
            remedy = "Shorten what follows the file's name, or give the file a shorter name."
            raise ContentError(Finding(message, remedy, file.line))
        if total > MAXIMUM_BYTES:
            message = f"The addresses of the pictures and files in this text have more than {MAXIMUM_BYTES:,} bytes."
            raise ContentError(Finding(message, "Split it into two texts, or use shorter names.", file.line))
    return mentions


def own_paths(key: str) -> tuple[str, ...]:
    """Return the paths by which texts may name the file KEY: its own, and the one without a generator's root folder."""
    path = folded(key)
    shorter = (path.removeprefix(root) for root in _ROOTS if path.startswith(root))
    return tuple(dict.fromkeys((path, *shorter)))


def file_name(path: str) -> str:
    """Return the last segment of PATH."""
    return path.rpartition("/")[2]


def folded(path: str) -> str:
    """Return PATH without regard to case or Unicode form."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", path).casefold())


def _size(text: str) -> int:
    return len(text.encode(errors="replace"))


def _marked_tag(tag: re.Match[str]) -> str:
    element = tag[1]
    attributes = ADDRESS.sub(lambda address: address[1] + _mark(element, address[2]) + address[3], tag[2])
    return f"<{element}{attributes}>"


def _mark(element: str, address: str) -> str:
    """Return ADDRESS with a mark if it is a picture of this site, or a link to a file of this site."""
    plain = unescape(address)
    if _ELSEWHERE.match(plain):
        return address
    path = unquote(re.split(r"[?#]", plain, maxsplit=1)[0])
    is_file = element == "img" or (file_kind(_clean(path)) and not _is_page(path))
    return MARK + address if is_file else address


def _is_page(path: str) -> bool:
    """Return whether PATH may be a page or a feed, of this site or of the site that the text was written for."""
    if re.search(r"\.(?:xml|json|txt|ico|webmanifest)$", path, re.IGNORECASE):
        return is_own(path)
    return bool(re.search(r"\.(?:html?|php|aspx?)$", path, re.IGNORECASE))


def _clean(path: str) -> str:
    """Return PATH relative to the root of the content, never above it."""
    clean = posixpath.normpath(path.lstrip("/")) if path.strip("/.") else ""
    while clean.startswith("../"):
        clean = clean[3:]
    return "" if clean in {".", ".."} else clean
