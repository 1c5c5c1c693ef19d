"""Pictures and files that a text names ▶ marks in its HTML, and the paths at which to look for them.

A mark keeps what the author wrote, so that nothing that happens to another file makes the text be read again.
"""

import posixpath
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import unescape
from urllib.parse import unquote

from dropcap.document.paths.media_types import file_kind
from dropcap.document.paths.url_paths import is_own

MARK = "dropcap-file:"
"""Stands before an address in the HTML that has to be looked up. No author can write it: it is no allowed scheme."""
MAXIMUM_MENTIONS = 100
"""Most different files that one text may name."""
MAXIMUM_PATH = 512
"""Most bytes of a path that is looked for: no source key is longer."""

_ROOTS = ("static/", "assets/", "public/", "content/")
"""Folders whose content other generators serve from the root of the site."""
_TAG = re.compile(r'<(img|a|audio|video|source)(\s(?:"[^"]*"|[^">])*)>')
_ADDRESS = re.compile(r'(\s(?:src|href|poster)=")([^"]*)(")')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|\?|\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A file that a text names: as WRITTEN, the PATHS where it may lie, the likeliest first, and the LINE, from 1."""

    written: str
    paths: tuple[str, ...]
    line: int | None = None

    @property
    def name(self) -> str:
        """Give the file's name, by which it is looked for anywhere."""
        return file_name(self.paths[0])


def marked(html: str) -> str:
    """Give HTML, which is sanitised, with a mark before every address of a file of this site."""
    return _TAG.sub(_marked_tag, html)


def files_in(html: str, key: str) -> tuple[Mention, ...]:
    """List the files that HTML, marked, names; KEY is the source whose text it is. Each once, in the text's order."""
    written = (unescape(found[2]) for tag in _TAG.finditer(html) for found in _ADDRESS.finditer(tag[2]))
    named = dict.fromkeys(one.removeprefix(MARK) for one in written if one.startswith(MARK))
    return tuple(filter(None, (mention(one, key) for one in named)))[:MAXIMUM_MENTIONS]


def mention(written: str, key: str, line: int | None = None) -> Mention | None:
    """Read the address WRITTEN on a LINE of the source KEY; None for what is on another site, or is no path at all."""
    if _ELSEWHERE.match(written):
        return None
    path = unquote(re.split(r"[?#]", written, maxsplit=1)[0]).replace("\\", "/").strip()
    from_root = _clean(path)
    beside = _clean(posixpath.join(posixpath.dirname(key), path)) if not path.startswith("/") else from_root
    paths = tuple(dict.fromkeys(folded(one) for one in (beside, from_root) if one))
    fits = paths and all(len(one.encode(errors="replace")) <= MAXIMUM_PATH for one in paths)
    return Mention(written, paths, line) if fits else None


def located(found: Iterable[Mention], text: str, first: int) -> tuple[Mention, ...]:
    """Give the mentions FOUND, each once, with the line of TEXT where it stands first; TEXT begins on line FIRST.

    What TEXT does not name, but the front matter does, keeps its own line.
    """
    lines = list(enumerate(text.split("\n"), first))

    def line_of(written: str) -> int | None:
        forms = {written, unquote(written)}
        return next((number for number, line in lines if any(form in line for form in forms)), None)

    once: dict[str, Mention] = {}
    for one in found:
        once.setdefault(one.written, replace(one, line=line_of(one.written) or one.line))
    return tuple(once.values())


def own_paths(key: str) -> tuple[str, ...]:
    """Give the paths by which texts may call the file KEY: its own, and without the folder of another generator."""
    path = folded(key)
    shorter = (path.removeprefix(root) for root in _ROOTS if path.startswith(root))
    return tuple(dict.fromkeys((path, *shorter)))


def file_name(path: str) -> str:
    """Give the last segment of PATH."""
    return path.rpartition("/")[2]


def folded(path: str) -> str:
    """Give PATH without regard to case or Unicode form."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", path).casefold())


def _marked_tag(found: re.Match[str]) -> str:
    element = found[1]
    return f"<{element}{_ADDRESS.sub(lambda one: one[1] + _mark(element, one[2]) + one[3], found[2])}>"


def _mark(element: str, address: str) -> str:
    """Mark ADDRESS if it is one of this site: a picture's whatever it looks like, a link's if it names a file."""
    plain = unescape(address)
    if _ELSEWHERE.match(plain):
        return address
    path = unquote(re.split(r"[?#]", plain, maxsplit=1)[0])
    is_file = element == "img" or (file_kind(_clean(path)) and not _is_page(path))
    return MARK + address if is_file else address


def _is_page(path: str) -> bool:
    """Say whether PATH may be a page or a feed, of this site or of the one that the text comes from."""
    if re.search(r"\.(?:xml|json|txt|ico|webmanifest)$", path, re.IGNORECASE):
        return is_own(path)
    return bool(re.search(r"\.(?:html?|php|aspx?)$", path, re.IGNORECASE))


def _clean(path: str) -> str:
    """Give PATH from the root of the content, without a slash at its front, and never above it."""
    clean = posixpath.normpath(path.lstrip("/")) if path.strip("/.") else ""
    while clean.startswith("../"):
        clean = clean[3:]
    return "" if clean in {".", ".."} else clean
