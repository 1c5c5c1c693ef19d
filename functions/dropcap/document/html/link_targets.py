"""A wikilink, or a link to another source ▶ the names to look it up by, the best first.

`link_name` makes a name of each path: relative to the linking source's folder, from the top, and the file's name or an
alias alone. The first name that a document has is the target.
"""

import re
from urllib.parse import unquote

from dropcap.document.paths.slugs import link_name, slug
from dropcap.document.private_markup import SEPARATOR
from dropcap.patterns import lazy_pattern

_SOURCE = lazy_pattern(r"\.(?:md|markdown)$", re.IGNORECASE)
_CODE = lazy_pattern(r"`[^`]*`")
_HEADING_SIGN = lazy_pattern(r"#(?=\S)")
_SCHEME = lazy_pattern(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def wikilink_names(key: str, target: str) -> tuple[str, ...]:
    """Return the names for `[[TARGET]]` in the source KEY."""
    last = target.rstrip("/").rpartition("/")[2]
    if target.startswith("/"):
        return _names(target, last)
    return _names(_relative(key, target), target, last)


def source_names(key: str, address: str) -> tuple[tuple[str, ...], str] | None:
    """Return the names for the link ADDRESS in the source KEY, and its fragment; None if it is no link to a source."""
    if _SCHEME.match(address):
        return None
    path, _, fragment = address.partition("#")
    path = unquote(path.partition("?")[0])
    if not _SOURCE.search(path):
        return None
    fragment = unquote(fragment)
    if " " in fragment:  # the words of a heading, as Obsidian writes them: an id has none
        fragment = fragment_of(fragment)
    if path.startswith(("/", "@/")):  # Zola writes `@/` for the top
        return _names(path.removeprefix("@")), fragment
    return _names(_relative(key, path), path), fragment


def fragment_of(heading: str) -> str:
    """Return the id that `#HEADING` in a wikilink leads to; `#a#b` is the heading b, `#^x` the block x.

    A number sign in code, or before a space as in `C# in depth`, belongs to the heading.
    """
    without_code = _CODE.sub(lambda code: "x" * len(code[0]), heading)
    begin = max((sign.end() for sign in _HEADING_SIGN.finditer(without_code)), default=0)
    last = heading[begin:].strip()
    return f"^{slug(last[1:])}" if last.startswith("^") else slug(last)


def _relative(key: str, target: str) -> str:
    folder = key.rpartition("/")[0].split("/") if "/" in key else []
    for step in target.split("/"):
        if step == "..":
            folder = folder[:-1]
        elif step not in {"", "."}:
            folder = [*folder, step]
    return "/".join(folder)


def _names(*paths: str) -> tuple[str, ...]:
    names = (link_name(path) for path in paths)
    return tuple(dict.fromkeys(name for name in names if name and SEPARATOR not in name and '"' not in name))
