"""Pictures as shortcodes write them: `{{< figure src="a.png" alt="A" caption="B" >}}`, `{% image "a.png" "A" %}`."""

import re
from collections.abc import Mapping
from html import unescape

from dropcap.document.private_markup import plain
from dropcap.patterns import lazy_pattern

_NAMED = lazy_pattern(
    r"(?<![\w-])([\w-]++)\s*+[=:]\s*+"
    r"(?:\"((?:[^\"\\]|\\.)*+)\"|\"([^\"]*)\"|'((?:[^'\\]|\\.)*+)'|'([^']*)'|`([^`]*)`|([^\s\"',]+))",
    re.DOTALL,
)
_ESCAPED = lazy_pattern(r"\\([\"'])")
_FIRST = lazy_pattern(r"\s*+(?:,\s*+)?(?:\"([^\"]*)\"|'([^']*)')")
_SOURCES = ("src", "image_path", "image", "url", "path", "file", "filename", "img")
_INCLUDED = lazy_pattern(r"[\"']?([\w./-]*(?:figure|image|img|picture|caption)[\w./-]*)[\"']?[\s,]", re.IGNORECASE)


def figure(argument: str) -> str | None:
    """Return the figure that the named ARGUMENT describes; None if it names no picture."""
    named = {name.lower(): _ESCAPED.sub(r"\1", "".join(texts)) for name, *texts in _NAMED.findall(argument)}
    source = next((named[name] for name in _SOURCES if named.get(name)), "")
    if not source:
        return picture(argument)
    caption = _caption(named)
    shown = _img(source, named.get("alt") or "", named)
    if named.get("link"):
        shown = f"<a{_attribute('href', named['link'])}>{shown}</a>"
    return f"<figure>{shown}<figcaption>{caption}</figcaption></figure>" if caption else shown


def picture(argument: str) -> str | None:
    """Return the picture that ARGUMENT describes in order: its address, and what it shows."""
    source = _FIRST.match(argument)
    if not source:
        return figure(argument) if "=" in argument or ":" in argument else None
    return _img(source[1] or source[2] or "", _alt(argument[source.end() :]), {})


def picture_with_class(argument: str) -> str | None:
    """Return the picture that ARGUMENT describes by its address, its class, and what it shows."""
    source = _FIRST.match(argument)
    kind = _FIRST.match(argument, source.end()) if source else None
    if not source or not kind:
        return None
    return _img(source[1] or source[2] or "", _alt(argument[kind.end() :]), {"class": kind[1] or kind[2] or ""})


def include(argument: str) -> str | None:
    """Return the figure that a Jekyll theme includes, as in `{% include figure.html url="a.png" caption="A" %}`."""
    named = _INCLUDED.match(argument + " ")
    if not named:
        return None
    rest = argument[named.end() - 1 :]
    return figure(rest) if _NAMED.search(rest) else None


def _alt(rest: str) -> str:
    """Return the text in quotes at the beginning of REST; in Liquid it may contain quotes."""
    if rest.lstrip().startswith(",") and (match := _FIRST.match(rest)):
        return match[1] or match[2] or ""
    text = rest.strip()
    return text[1:-1] if len(text) > 1 and text[0] in "\"'" and text[0] == text[-1] else text


def _img(source: str, alt: str, named: Mapping[str, str]) -> str:
    more = "".join(_attribute(name, named[name]) for name in ("width", "height", "loading", "class") if named.get(name))
    return f"<img{_attribute('src', source)}{_attribute('alt', alt, always=True)}{more}>"


def _attribute(name: str, value: str, *, always: bool = False) -> str:
    """Return an attribute whose value is not read as Markdown."""
    text = " ".join(unescape(value).split())
    return f' {name}="{plain(text)}"' if text or always else ""


def _caption(named: Mapping[str, str]) -> str:
    """Return all words of a figure: its title and its caption, and its source (`attr`), as in Hugo."""
    title, caption, source = (_text(named.get(name) or "") for name in ("title", "caption", "attr"))
    if title and caption and title != caption:
        title = f"<strong>{title}</strong>"
    if source and named.get("attrlink"):
        source = f"<a{_attribute('href', named['attrlink'])}>{source}</a>"
    return " ".join(dict.fromkeys(filter(None, (title, caption, source))))


def _text(words: str) -> str:
    return plain(unescape(words))
