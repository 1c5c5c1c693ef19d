"""Shortcodes of Jekyll, Eleventy, Hugo and kramdown ▶ Markdown or HTML; unsupported ones are shown as they were typed.

Nothing in code is read, with one exception: Liquid's `raw` is written there to protect what it encloses. A line stays a
line, so that warnings name the lines of the file.
"""

import re
from collections.abc import Callable, Iterator

from dropcap.document.markdown.code_regions import Regions, code_fence
from dropcap.document.markdown.problems import REMARK, Problems
from dropcap.document.markdown.raw_html import CODE
from dropcap.document.markdown.shortcode_meanings import meaning
from dropcap.document.private_markup import plain, typed
from dropcap.patterns import lazy_pattern

SHORTCODE = r"\{(?:\{[^\n]{0,1000}?\}\}|%[^\n]{0,1000}?%\})"
"""Tags of Liquid and shortcodes of Hugo, on one line."""

_RAW = lazy_pattern(
    r"\{%-?\s*raw\s*-?%\}((?:(?!\{%-?\s*raw\b).)*?\{[{%](?:(?!\{%-?\s*raw\b).)*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL
)
_OPENS_CODE = lazy_pattern(
    r"([ ]*(?:>[ ]?)*)(?:\{%-?\s*highlight\s+([^%\n]*?)\s*-?%\}|\{\{[<%]\s*highlight\s+([^\n]*?)\s*[%>]\}\})[ ]*$"
)
_CLOSES_CODE = lazy_pattern(r"[ ]*(?:>[ ]?)*(?:\{%-?\s*endhighlight\s*-?%\}|\{\{[<%]\s*/\s*highlight\s*[%>]\}\})[ ]*$")
_FENCE = "``````"
_SIGN = lazy_pattern(
    r"\\[`{%<\\]|(?P<ticks>`+)|(?P<code><(?P<element>(?i:pre|code|kbd|samp|tt))\b[^<>]*>)"
    r"|(?P<comment>\{%-?\s*comment\s*-?%\})|(?P<hugo>\{\{/\*)|(?P<kramdown>\{::comment\})"
    r"|(?P<obsidian>(?<![\w%\\])%%(?!%))"
    r"|(?P<option>\{::(?:options|nomarkdown)[^}\n]*\}|\{:/(?:nomarkdown|options)?\}"
    r"|(?m:^)\{:[\w-]+:[^}\n]*\}[ ]*(?m:$))"
    r"|(?P<tag>\{(?:\{(?:[^\n]|\n(?![ ]*\n)){0,1500}?\}\}|%(?:[^\n]|\n(?![ ]*\n)){0,1500}?%\}))"
)
_ENDS = {
    "comment": lazy_pattern(r"\{%-?\s*endcomment\s*-?%\}"),
    "hugo": lazy_pattern(r"\*/\}\}"),
    "kramdown": lazy_pattern(r"\{:/(?:comment)?\}"),
    "obsidian": lazy_pattern(r"%%(?!%)"),
}
_LONGEST_OBSIDIAN = 5_000
_ELEMENT_TAGS = {name: lazy_pattern(rf"</?{name}\b", re.IGNORECASE) for name in CODE}
_HUGO_SIGNS = "{{" + plain("<"), plain(">") + "}}"
"""The signs of Hugo's shortcodes in an element of code, where they neither begin nor end an element of HTML."""
_PROTECTED_SIGN = typed("{")
_PROTECTED = lazy_pattern(
    f"{typed('{')}(?:{typed('{')}[^\n]*?{typed('}')}{{2}}|{typed('%')}[^\n]*?{typed('%}')}|[{typed('{%')}][^\n{{}}]*$)",
    re.MULTILINE,
)
"""A shortcode, or the first line of one that has more."""


def understood(body: str, problems: Problems | None = None) -> str:
    """Return BODY with the supported shortcodes as Markdown or HTML, and the others protected.

    Add to PROBLEMS the remarks that are perhaps none.
    """
    if "{{" not in body and "{%" not in body and "%%" not in body and "{:" not in body:
        return body
    if "endraw" in body:
        body = _RAW.sub(lambda match: match[1].replace("{", plain("{")), body)
    if "highlight" in body:
        body = "\n".join(_with_fences(body.split("\n")))
    return "".join(_ShortcodeParser(body, problems).pieces())


def shortcodes_in(text: str) -> list[str]:
    """Return the protected shortcodes in TEXT, which are shown as they were typed."""
    return _PROTECTED.findall(text) if _PROTECTED_SIGN in text else []


class _ShortcodeParser:
    """A reader that goes from one sign to the next."""

    def __init__(self, text: str, problems: Problems | None) -> None:
        self.text, self.problems = text, problems
        self.regions = Regions(text)
        self.never_ends: set[str] = set()

    def pieces(self) -> Iterator[str]:
        """Yield the text piece by piece, each as it is or replaced."""
        begin = at = 0
        while match := _SIGN.search(self.text, at):
            if (code := self.regions.code_at(match.start())) > match.start():
                at = code
                continue
            at = match.end()
            kind = match.lastgroup or ""
            if kind == "ticks":
                at = self.regions.code_span_end(match.start(), match.end())
            elif kind == "code" and (end := self._end_of_element(match["element"].lower(), match.end())):
                yield self.text[begin : match.end()]
                yield self.text[match.end() : end].replace("{{<", _HUGO_SIGNS[0]).replace(">}}", _HUGO_SIGNS[1])
                begin = at = end
            elif kind in _ENDS and (end := self._end_of_remark(kind, match.end())):
                self._report_words(kind, match.start(), end)
                yield self.text[begin : match.start()]
                yield "\n" * self.text.count("\n", match.start(), end)
                begin = at = end
            elif kind in {"option", "tag"} or match[0].startswith("{"):
                yield self.text[begin : match.start()]
                yield "" if kind == "option" else _replaced(match[0])
                begin = at
        yield self.text[begin:]

    def _report_words(self, kind: str, begin: int, end: int) -> None:
        """Report Obsidian's remark from BEGIN to END if a word follows at once, as in `for %%i in … echo %%i`."""
        if kind == "obsidian" and self.problems and self.text[end : end + 1].isalnum():
            words = self.text[begin:end].split("\n")[0][:60]
            self.problems.add(REMARK, words, self.text.count("\n", 0, begin))

    def _end_of_element(self, name: str, begin: int) -> int:
        """Return the end of the text from BEGIN in the element NAME of code; 0 if it is not closed.

        Only `<pre>` holds empty lines: the others are in one paragraph.
        """
        tag = _ELEMENT_TAGS[name].search(self.text, begin)
        if not tag or not tag[0].startswith("</"):
            return 0
        return tag.start() if name == "pre" or "\n\n" not in self.text[begin : tag.start()] else 0

    def _end_of_remark(self, kind: str, begin: int) -> int:
        """Return the end of the remark of KIND whose text starts at BEGIN; 0 if it never ends."""
        if kind in self.never_ends:
            return 0
        last = begin + _LONGEST_OBSIDIAN if kind == "obsidian" else len(self.text)
        end = _ENDS[kind].search(self.text, begin, last)
        if not end and kind != "obsidian":
            self.never_ends.add(kind)
        return end.end() if end else 0


def _replaced(tag: str) -> str:
    """Return the replacement of TAG, with as many lines."""
    text = meaning(tag)
    return typed(tag) if text is None else text + "\n" * (tag.count("\n") - text.count("\n"))


def _with_fences(lines: list[str]) -> Iterator[str]:
    """Yield LINES with fences in the place of Liquid's and Hugo's `highlight`, outside of code."""
    closes: Callable[[str], object] | None = None
    for line in lines:
        if closes:
            done = closes(line)
            lead = re.match(r"[ ]*(?:>[ ]?)*", line)
            yield f"{lead[0] if lead else ''}{_FENCE}" if done and _CLOSES_CODE.match(line) else line
            closes = None if done else closes
            continue
        opens, fence = _OPENS_CODE.match(line), code_fence(line)
        if opens:
            closes = _CLOSES_CODE.match
            yield f"{opens[1]}{_FENCE}{_info(opens[2] or opens[3])}"
            continue
        if fence:
            closes = re.compile(rf"[ ]*(?:>[ ]?)*{fence[0]}{{{len(fence)},}}[ ]*$").match
        yield line


def _info(text: str) -> str:
    """Return the info string of a fence for the TEXT of a `highlight`: `go "hl_lines=2 4-5"`, `ruby mark_lines="1"`."""
    language, _, options = text.partition(" ")
    lines = re.search(r"(?:hl_lines|mark_lines)\s*=\s*[\"'\[]?([\d\s,-]+)", options)
    return language.strip("\"'") + (f' hl_lines="{lines[1].strip()}"' if lines else "")
