"""What GFM and CommonMark know within a line and Python-Markdown does not: bare addresses, escapes, breaks, notes."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor, SubstituteTagInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, HTML_PLACEHOLDER_RE, INLINE_PLACEHOLDER_RE, STX, AtomicString

from dropcap.document.private_markup import straight

LONGEST_NOTE = 2_000
"""Most characters of a note within the text."""

_STRUCK = r"(~~)(?![\s~])((?:[^~]|~(?!~))+)(?<!\s)~~"
_MARKED = r"(==)(?![\s=])((?:[^=]|=(?!=))+)(?<!\s)=="
_BREAK = r"(?:  |\\)\n"
_ESCAPED = r"\\([!-/:-@\[-`{-~])"
_STRAIGHT = frozenset("\"'-.")
_ADDRESS = (
    r"(?<![\w/@.:+-])(?:(?P<url>(?:https?://|www\.)(?=[\w\[])[^\s<\x02\x03]{1,2000})"
    r"|(?P<mail>(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}(?<![-_])(?![\w@])))"
)
_TRAILING = re.compile(r"(?:[?!.,:*_~'\"”’]+|&[a-zA-Z0-9]{1,10};)$")
_ANCHOR = re.compile(r"<(/?)a[\s>]", re.IGNORECASE)
_NOTE = re.compile(r"(?<!`)(`+)(?!`)[^`]+(?<!`)\1(?!`)|\\.|\^\[", re.DOTALL)
_BRACKET = re.compile(r"\\.|[\[\]]|\n[ ]*\n", re.DOTALL)


class EscapeProcessor(InlineProcessor):
    """Reads a backslash before any punctuation as CommonMark does; escaped quotes stay straight."""

    def __init__(self, md: Markdown) -> None:
        """Take the Markdown instance that asks."""
        super().__init__(_ESCAPED, md)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | str | None, int | None, int | None]:  # type: ignore[override]  # noqa: ARG002, N802 -- Python-Markdown's name; its stubs promise less
        """Set the escaped character M aside."""
        char = m[1]
        return straight(char) if char in _STRAIGHT else f"{STX}{ord(char)}{ETX}", m.start(0), m.end(0)


class AddressProcessor(InlineProcessor):
    """Makes links of bare web and mail addresses, by the rules of GFM's autolinks."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown) -> None:
        """Take the Markdown instance that asks."""
        super().__init__(_ADDRESS, md)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | str | None, int | None, int | None]:  # type: ignore[override]  # noqa: N802 -- Python-Markdown's name; its stubs promise less
        """Give the link for the address M, unless it stands within a link that is written as HTML."""
        text = m["mail"] or _trimmed(m["url"])
        if "." not in text or self._within_link(data[: m.start(0)]):
            return None, None, None
        scheme = "mailto:" if m["mail"] else "http://" if text.startswith("www.") else ""
        link = Element("a", {"href": scheme + text})
        link.text = AtomicString(text)
        return link, m.start(0), m.start(0) + len(text)

    def _within_link(self, before: str) -> bool:
        opened = False
        for number in INLINE_PLACEHOLDER_RE.findall(before):
            node = self.md.treeprocessors["inline"].stashed_nodes.get(number)  # type: ignore[attr-defined]  # of its subclass
            found = HTML_PLACEHOLDER_RE.match(node) if isinstance(node, str) else None
            raw = self.md.htmlStash.rawHtmlBlocks[int(found[1])] if found else None
            tag = _ANCHOR.match(raw) if isinstance(raw, str) else None
            opened = not tag[1] if tag else opened
        return opened


class NotePreprocessor(Preprocessor):
    """Makes a footnote of each `^[note within the text]`."""

    def __init__(self, md: Markdown, footnotes: FootnoteExtension) -> None:
        """Keep the notes among FOOTNOTES."""
        super().__init__(md)
        self.footnotes = footnotes

    def run(self, lines: list[str]) -> list[str]:
        """Give LINES with a reference in the place of each note."""
        if not any("^[" in line for line in lines):
            return lines
        return "".join(self._referring("\n".join(lines))).split("\n")

    def _referring(self, text: str) -> Iterator[str]:
        begin = number = 0
        for found in _NOTE.finditer(text):
            if found.start() < begin or found[0] != "^[":
                continue
            end = _closing(text, found.end())
            if end and text[found.end() : end].strip():
                number += 1
                name = f"note-{number}"
                self.footnotes.setFootnote(name, " ".join(text[found.end() : end].split()))
                yield f"{text[begin : found.start()]}[^{name}]"
                begin = end + 1
        yield text[begin:]


def register(md: Markdown, footnotes: FootnoteExtension) -> None:
    """Teach MD all of it; notes go to FOOTNOTES."""
    md.preprocessors.register(NotePreprocessor(md, footnotes), "note", 23)
    md.inlinePatterns.register(EscapeProcessor(md), "escape", 180)
    md.inlinePatterns.register(SubstituteTagInlineProcessor(_BREAK, "br"), "linebreak", 181)
    md.inlinePatterns.register(AddressProcessor(md), "address", 70)
    md.inlinePatterns.register(SimpleTagInlineProcessor(_MARKED, "mark"), "marked", 66)
    md.inlinePatterns.register(SimpleTagInlineProcessor(_STRUCK, "del"), "struck", 65)


def _closing(text: str, begin: int) -> int:
    """Give where the bracket that opens before BEGIN closes; 0 if it does not within its paragraph."""
    depth = 1
    for found in _BRACKET.finditer(text, begin, begin + LONGEST_NOTE):
        depth += {"[": 1, "]": -1}.get(found[0], 0)
        if depth == 0:
            return found.start()
        if found[0].startswith("\n"):
            return 0
    return 0


def _trimmed(url: str) -> str:
    """Give URL without the signs at its end that belong to the sentence."""
    while True:
        shorter = _TRAILING.sub("", url)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == url:
            return url
        url = shorter
