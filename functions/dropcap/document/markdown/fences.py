"""Fenced code ▶ `<pre>`, and `$$` on lines of its own ▶ a formula, also within list items, quotes and notes."""

import re
from collections.abc import Callable, Iterator

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from dropcap.document.markdown.code import Info, code_block
from dropcap.document.markdown.math import LONGEST, Formulas
from dropcap.document.private_markup import FORMULA, as_typed

_OPENING = re.compile(r"(?P<lead>[ ]*(?:>[ ]?)*)(?P<fence>`{3,}|~{3,})[ ]*(?P<info>[^`]*)$")
_FORMULA = re.compile(r"(?P<lead>[ ]*(?:>[ ]?)*)\$\$(?P<rest>.*)$")
_HOLDS_BLOCKS = re.compile(r"[ ]{0,3}(?:[*+:-]|\d+[.)]|!!!|\?\?\?\+?|\[\^[^\]]+\]:)[ ]")
_BLOCK = 4


class FencePreprocessor(Preprocessor):
    """Sets fenced code and formulas aside before anything else reads them."""

    def __init__(self, md: Markdown, formulas: Callable[[], Formulas | None]) -> None:
        """Keep what is found among the document's FORMULAS; None where it wants none."""
        super().__init__(md)
        self.formulas = formulas

    def run(self, lines: list[str]) -> list[str]:
        """Give LINES with a placeholder for each fenced block. A fence that is never closed ends with the document."""
        if not any("```" in line or "~~~" in line or "$$" in line for line in lines):
            return lines
        return list(self._outside(lines))

    def _outside(self, lines: list[str]) -> Iterator[str]:
        within, before, at = False, "", 0
        while at < len(lines):
            line = lines[at]
            within = bool(_HOLDS_BLOCKS.match(line)) or (within and (not line.strip() or line.startswith(" ")))
            opening = _OPENING.match(line) or _FORMULA.match(line)
            html, after = "", at + 1
            if opening and (within or len(opening["lead"]) < _BLOCK or ">" in opening["lead"]):
                html, after = self._block(opening, lines, at)
            if opening and html:
                yield from _set_off(opening["lead"], self.md.htmlStash.store(html), before, within=within)
            else:
                yield line
            before, at = line, after

    def _block(self, opening: re.Match[str], lines: list[str], at: int) -> tuple[str, int]:
        """Give the HTML of what is opened on the line AT, and where it ends; nothing where that is no formula."""
        quote = _before(opening["lead"])
        if "fence" in opening.groupdict():
            code, after = _code(lines, at + 1, quote, opening["fence"])
            return code_block(as_typed("\n".join(code).rstrip("\n")), Info.of(as_typed(opening["info"]))), after
        formulas = self.formulas()
        tex, after = _formula(opening["rest"], lines, at + 1, quote) if formulas else ("", at)
        if formulas is None or not tex.strip():
            return "", at + 1
        number = formulas.keep(as_typed(tex), block=True)
        return f'<div class="formula"><{FORMULA} class="{number}"></{FORMULA}></div>', after


def code_fence(line: str) -> str:
    """Give the fence that opens code in LINE; empty where none does."""
    opening = _OPENING.match(line) if "```" in line or "~~~" in line else None
    return opening["fence"] if opening else ""


def _before(lead: str) -> re.Pattern[str]:
    """Give what stands before each line of a block within the list or quote that LEAD belongs to."""
    depth = lead.count(">")
    return re.compile(rf"[ ]*(?:>[ ]?){{0,{depth}}}" if depth else rf"[ ]{{0,{len(lead)}}}")


def _code(lines: list[str], at: int, quote: re.Pattern[str], fence: str) -> tuple[list[str], int]:
    """Give the lines of the code that begins AT, and the line behind its closing fence."""
    closing = re.compile(rf"[ ]{{0,3}}{fence[0]}{{{len(fence)},}}[ ]*$")
    code: list[str] = []
    for number in range(at, len(lines)):
        text = _without(lines[number], quote)
        if closing.match(text):
            return code, number + 1
        code.append(text)
    return code, len(lines)


def _formula(begun: str, lines: list[str], at: int, quote: re.Pattern[str]) -> tuple[str, int]:
    """Give the formula that has BEGUN, and the line behind it; none where a paragraph ends first, or it goes on."""
    text, number = begun.rstrip(), at
    while "$$" not in text:
        more = _without(lines[number], quote).rstrip() if number < len(lines) else ""
        if not more or len(text) > LONGEST:
            return "", at
        text, number = f"{text}\n{more}", number + 1
    tex, _, rest = text.partition("$$")
    return ("", at) if rest.strip() else (tex, number)


def _without(line: str, quote: re.Pattern[str]) -> str:
    found = quote.match(line)
    return line[found.end() :] if found else line


def _set_off(lead: str, placeholder: str, before: str, *, within: bool) -> Iterator[str]:
    """Give PLACEHOLDER a paragraph of its own, unless it continues a list item that has no empty lines."""
    if ">" in lead:
        yield from (lead.rstrip(), lead + placeholder, lead.rstrip())
    elif within and lead and before.strip():
        yield lead + placeholder
    else:
        indent = " " * (-(-len(lead) // _BLOCK) * _BLOCK) if within else ""
        yield from ("", indent + placeholder, "", "")
