"""Fenced code ▶ `<pre>`, also within list items, quotes and notes, where Python-Markdown's own extension sees none."""

import re
from collections.abc import Iterable, Iterator
from html import escape

from markdown import Markdown
from markdown.preprocessors import Preprocessor

_OPENING = re.compile(r"(?P<lead>[ ]*(?:>[ ]?)*)(?P<fence>`{3,}|~{3,})[ ]*(?P<language>[^`]*)$")
_LANGUAGE = re.compile(r"[\w+#-]+")
_HOLDS_BLOCKS = re.compile(r"[ ]{0,3}(?:[*+:-]|\d+\.|!!!|\[\^[^\]]+\]:)[ ]")
_BLOCK = 4


class FencePreprocessor(Preprocessor):
    """Sets fenced code aside before anything else reads it."""

    def run(self, lines: list[str]) -> list[str]:
        """Give LINES with a placeholder for each fenced block. A fence that is never closed ends with the document."""
        if not any("```" in line or "~~~" in line for line in lines):
            return lines
        return list(_outside(lines, self.md))


def code_fence(line: str) -> str:
    """Give the fence that opens code in LINE; empty where none does."""
    opening = _OPENING.match(line) if "```" in line or "~~~" in line else None
    return opening["fence"] if opening else ""


def _outside(lines: Iterable[str], md: Markdown) -> Iterator[str]:
    rest = iter(lines)
    within, before = False, ""
    for line in rest:
        within = bool(_HOLDS_BLOCKS.match(line)) or (within and (not line.strip() or line.startswith(" ")))
        opening = _OPENING.match(line)
        if opening and (within or len(opening["lead"]) < _BLOCK or ">" in opening["lead"]):
            placeholder = md.htmlStash.store(_pre(opening["language"], _code(rest, opening["lead"], opening["fence"])))
            yield from _set_off(opening["lead"], placeholder, before, within=within)
        else:
            yield line
        before = line


def _code(rest: Iterator[str], lead: str, fence: str) -> Iterator[str]:
    """Take the lines of the block from REST, up to its end, without what stands before each for the list or quote."""
    depth = lead.count(">")
    quote = re.compile(rf"[ ]*(?:>[ ]?){{0,{depth}}}" if depth else rf"[ ]{{0,{len(lead)}}}")
    closing = re.compile(rf"[ ]{{0,3}}{fence[0]}{{{len(fence)},}}[ ]*$")
    for line in rest:
        found = quote.match(line)
        text = line[found.end() :] if found else line
        if closing.match(text):
            return
        yield text


def _set_off(lead: str, placeholder: str, before: str, *, within: bool) -> Iterator[str]:
    """Give PLACEHOLDER a paragraph of its own, unless it continues a list item that has no empty lines."""
    if ">" in lead:
        yield from (lead.rstrip(), lead + placeholder, lead.rstrip())
    elif within and lead and before.strip():
        yield lead + placeholder
    else:
        indent = " " * (-(-len(lead) // _BLOCK) * _BLOCK) if within else ""
        yield from ("", indent + placeholder, "", "")


def _pre(language: str, code: Iterable[str]) -> str:
    found = _LANGUAGE.search(language)
    kind = f' class="language-{escape(found[0].lower())}"' if found else ""
    text = escape("\n".join(code).rstrip("\n"), quote=False)
    return f"<pre><code{kind}>{text}\n</code></pre>"
