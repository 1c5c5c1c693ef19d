"""The shortcodes of Jekyll, Eleventy and Hugo that Dropcap supports ▶ the equivalent Markdown or HTML."""

import re
from collections.abc import Callable

from dropcap.document.markdown.shortcode_figures import figure, include, picture, picture_with_class
from dropcap.document.private_markup import plain
from dropcap.patterns import lazy_pattern

_LITERAL = lazy_pattern(r"\{\{([<%])/\*(.*)\*/([%>])\}\}", re.DOTALL)
_LIQUID = lazy_pattern(r"\{%-?\s*([\w-]++)\s*+(.*?)\s*-?%\}", re.DOTALL)
_HUGO = lazy_pattern(r"\{\{[<%]\s*([\w/-]++)\s*+(.*?)\s*/?[%>]\}\}", re.DOTALL)
_OUTPUT = lazy_pattern(
    r"\{\{-?\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<site>(?:site|page|config)\.(?:baseurl|base_url|url)))"
    r"\s*(?P<filters>(?:\|[^|}]*)*)-?\}\}"
)
_FILTERS = lazy_pattern(r"\|\s*(\w+)\s*(?::\s*([^|]*))?")
_ADDRESSING = frozenset({"url", "relative_url", "absolute_url", "relurl", "absurl", "abs_url", "rel_url"})
_SUFFIXED = lazy_pattern(r"\.(?:md|markdown)(?:#.*)?$", re.IGNORECASE)

Meaning = Callable[[str], str | None]


def meaning(tag: str) -> str | None:
    """Return the Markdown or HTML for TAG; None if it is not supported."""
    if literal := _LITERAL.fullmatch(tag):
        return plain(f"{{{{{literal[1]}{literal[2]}{literal[3]}") + "}}"
    if output := _OUTPUT.fullmatch(tag):
        return _address(output)
    match = _HUGO.fullmatch(tag) or _LIQUID.fullmatch(tag)
    meaning_of = _KNOWN.get(match[1].lower()) if match else None
    return meaning_of(match[2]) if match and meaning_of else None


def _address(output: re.Match[str]) -> str | None:
    """Return the address in `{{ "/x" | relative_url }}`, `{{ site.baseurl }}` and the like: sites here have no base."""
    text = output["double"] if output["double"] is not None else output["single"] or ""
    filters = _FILTERS.findall(output["filters"])
    if not output["site"] and not filters:
        return None
    for name, argument in filters:
        if name.lower() in _ADDRESSING or argument.strip().startswith(("site.", "page.", "config.")):
            continue
        if name not in {"append", "prepend"} or argument.strip()[:1] not in {'"', "'"}:
            return None
        more = argument.strip()[1:-1]
        text = text + more if name == "append" else more + text
    return text


def _post_url(argument: str) -> str | None:
    return f"{argument.strip()}.md" if argument.strip() else None


def _link(argument: str) -> str | None:
    return f"/{argument.strip().lstrip('/')}" if argument.strip() else None


def _reference(argument: str) -> str | None:
    """Return the path in `{{< ref "x#part" >}}` as that of a source."""
    target = re.sub(r"^(?:path\s*=\s*)?[\"']([^\"']*)[\"'].*$", r"\1", argument.strip(), flags=re.DOTALL)
    path, mark, part = target.partition("#")
    if not path or _SUFFIXED.search(path):
        return target or None
    return f"{path.rstrip('/')}.md{mark}{part}"


def _contents(_argument: str) -> str:
    return "[TOC]"


def _nothing(_argument: str) -> str:
    return ""


_KNOWN: dict[str, Meaning] = {
    "post_url": _post_url, "link": _link, "ref": _reference, "relref": _reference, "toc": _contents,
    "raw": _nothing, "endraw": _nothing,
    "figure": figure, "image": picture, "img": picture, "image_with_class": picture_with_class, "include": include,
}  # fmt: skip
