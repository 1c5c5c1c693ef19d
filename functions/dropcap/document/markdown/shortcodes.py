"""Shortcodes of Jekyll, Eleventy, Hugo and kramdown that mean something here ▶ Markdown or HTML for the same.

What is not understood stays as it is. A line stays a line, so that warnings name the lines of the file.
"""

import re
from collections.abc import Callable, Iterator

from dropcap.document.markdown.fences import code_fence
from dropcap.document.markdown.shortcode_figures import figure, include, picture, picture_with_class
from dropcap.document.private_markup import plain

SHORTCODE = r"\{(?:\{[^\n]{0,1000}?\}\}|%[^\n]{0,1000}?%\})"
"""What Liquid and Hugo would replace, on one line."""

_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_REMARK = re.compile(
    r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}|\{\{/\*.*?\*/\}\}|\{::comment\}.*?\{:/(?:comment)?\}"
    r"|(?<![\w%\\])%%(?!%)(?:[^%]|%(?!%)){0,5000}%%(?!%)",
    re.DOTALL,
)
_KRAMDOWN = re.compile(
    r"\{::(?:options|nomarkdown)[^}\n]*\}|\{:/(?:nomarkdown|options)?\}|^\{:[\w-]+:[^}\n]*\}[ ]*$", re.MULTILINE
)
_OPENS_CODE = re.compile(
    r"([ ]*(?:>[ ]?)*)(?:\{%-?\s*highlight\s+([^%\n]*?)\s*-?%\}|\{\{[<%]\s*highlight\s+([^\n]*?)\s*[%>]\}\})[ ]*$"
)
_CLOSES_CODE = re.compile(r"[ ]*(?:>[ ]?)*(?:\{%-?\s*endhighlight\s*-?%\}|\{\{[<%]\s*/\s*highlight\s*[%>]\}\})[ ]*$")
_PROSE = re.compile(
    r"(?<!`)(`+)(?!`)[^`\n]+(?<!`)\1(?!`)"
    r"|(?P<tag>\{(?:\{(?:[^\n]|\n(?![ ]*\n)){0,1500}?\}\}|%(?:[^\n]|\n(?![ ]*\n)){0,1500}?%\}))"
)
_LITERAL = re.compile(r"\{\{([<%])/\*(.*)\*/([%>])\}\}", re.DOTALL)
_LIQUID = re.compile(r"\{%-?\s*([\w-]+)\s*(.*?)\s*-?%\}", re.DOTALL)
_HUGO = re.compile(r"\{\{[<%]\s*([\w/-]+)\s*(.*?)\s*/?[%>]\}\}", re.DOTALL)
_OUTPUT = re.compile(
    r"\{\{-?\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<site>(?:site|page|config)\.(?:baseurl|base_url|url)))"
    r"\s*(?P<filters>(?:\|[^|}]*)*)-?\}\}"
)
_FILTERS = re.compile(r"\|\s*(\w+)\s*(?::\s*([^|]*))?")
_ADDRESSING = frozenset({"url", "relative_url", "absolute_url", "relurl", "absurl", "abs_url", "rel_url"})
_SUFFIXED = re.compile(r"\.(?:md|markdown)(?:#.*)?$", re.IGNORECASE)
_FENCE = "``````"

Meaning = Callable[[str], str | None]


def understood(body: str) -> str:
    """Give BODY with every shortcode that is understood as Markdown or HTML."""
    if "{:" in body:
        body = _KRAMDOWN.sub("", body)
    if "{{" not in body and "{%" not in body and "%%" not in body and "{::" not in body:
        return body
    if "endraw" in body:
        body = _RAW.sub(lambda found: found[1].replace("{", plain("{")), body)
    return "".join(_stretches([f"{line}\n" for line in body.split("\n")]))[:-1]


def _stretches(lines: list[str]) -> Iterator[str]:
    """Give LINES in stretches, each either code or read for shortcodes."""
    prose: list[str] = []
    closes: Callable[[str], object] | None = None
    for line in lines:
        bare = line.rstrip("\n")
        if closes:
            done = closes(bare)
            yield _fenced(line, bare) if done and _CLOSES_CODE.match(bare) else line
            closes = None if done else closes
            continue
        opens, fence = _OPENS_CODE.match(bare), code_fence(bare)
        if not opens and not fence:
            prose.append(line)
            continue
        yield _read("".join(prose))
        prose.clear()
        if opens:
            closes = _CLOSES_CODE.match
            yield line.replace(bare, f"{opens[1]}{_FENCE}{_info(opens[2] or opens[3])}")
        else:
            closes = _closing(fence)
            yield line
    yield _read("".join(prose))


def _closing(fence: str) -> Callable[[str], object]:
    return re.compile(rf"[ ]*(?:>[ ]?)*{fence[0]}{{{len(fence)},}}[ ]*$").match


def _fenced(line: str, bare: str) -> str:
    lead = re.match(r"[ ]*(?:>[ ]?)*", bare)
    return line.replace(bare, f"{lead[0] if lead else ''}{_FENCE}")


def _info(text: str) -> str:
    """Give what stands behind a fence for the TEXT of a `highlight`: `go "hl_lines=2 4-5"`, `ruby mark_lines="1"`."""
    language, _, options = text.partition(" ")
    lines = re.search(r"(?:hl_lines|mark_lines)\s*=\s*[\"'\[]?([\d\s,-]+)", options)
    return language.strip("\"'") + (f' hl_lines="{lines[1].strip()}"' if lines else "")


def _read(prose: str) -> str:
    if "%%" in prose or "{" in prose:
        prose = _REMARK.sub(lambda found: "\n" * found[0].count("\n"), prose)
    return _PROSE.sub(_replaced, prose) if "{{" in prose or "{%" in prose else prose


def _replaced(found: re.Match[str]) -> str:
    tag = found["tag"]
    if not tag:
        return found[0]
    meaning = _meaning(tag)
    return tag if meaning is None else meaning + "\n" * tag.count("\n")


def _meaning(tag: str) -> str | None:
    """Give what TAG means here; None where it is not understood."""
    if literal := _LITERAL.fullmatch(tag):
        return plain(f"{{{{{literal[1]}{literal[2]}{literal[3]}}}}}")
    if output := _OUTPUT.fullmatch(tag):
        return _address(output)
    found = _HUGO.fullmatch(tag) or _LIQUID.fullmatch(tag)
    known = _KNOWN.get(found[1].lower()) if found else None
    return known(found[2]) if found and known else None


def _address(output: re.Match[str]) -> str | None:
    """Give the address in `{{ "/x" | relative_url }}`, `{{ site.baseurl }}` and the like: sites here have no base."""
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
    """Give the path in `{{< ref "x#part" >}}` as that of a source."""
    target = re.sub(r"^(?:path\s*=\s*)?[\"']([^\"']*)[\"'].*$", r"\1", argument.strip(), flags=re.DOTALL)
    path, mark, part = target.partition("#")
    if not path or _SUFFIXED.search(path):
        return target or None
    return f"{path.rstrip('/')}.md{mark}{part}"


def _contents(_argument: str) -> str:
    return "[TOC]"


_KNOWN: dict[str, Meaning] = {
    "post_url": _post_url, "link": _link, "ref": _reference, "relref": _reference, "toc": _contents,
    "figure": figure, "image": picture, "img": picture, "image_with_class": picture_with_class, "include": include,
}  # fmt: skip
