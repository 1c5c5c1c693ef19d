"""The text of a block ▶ elements: what stands within a paragraph, a heading, a cell or a term."""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.util import AMP_SUBSTITUTE, ETX, STX, AtomicString
from markdown_it import MarkdownIt
from markdown_it.token import Token

from dropcap.document.html.sanitise import is_readable
from dropcap.document.markdown.addresses import AUTO
from dropcap.document.markdown.context import Environment, context_of
from dropcap.document.markdown.embedded_files import embedded_file
from dropcap.document.markdown.figures import alternative_text, without_size
from dropcap.document.markdown.limits import MAXIMUM_DEPTH, too_deep
from dropcap.document.markdown.notes import Notes
from dropcap.document.markdown.problems import LINK_ADDRESS, PICTURE_ADDRESS, PICTURE_DATA, SCHEME, SHORTCODE, Kind
from dropcap.document.markdown.raw_html import cleaned
from dropcap.document.markdown.shortcodes import shortcodes_in
from dropcap.document.paths.url_schemes import is_allowed
from dropcap.document.private_markup import FORMULA, as_typed, straight
from dropcap.patterns import lazy_pattern

_STRAIGHT = frozenset("\"'-.")
_TAGS = {"s": "del"}
_MARKUP = lazy_pattern(r"[\n\\`*_\[<&$=~^@{]|://|www\.", re.IGNORECASE)
"""Signs without which a text is only that: most cells and items of long tables and lists are."""

_ADDRESS = lazy_pattern(r"(?:\b\w{1,20}://|\bwww\.)(?:[^\s\"'<>]|'(?=\w))+|(?<![\w.+-])[\w.+-]{1,64}@[^\s\"'<>]+")
"""An address that is shown, whose hyphens and dots are not typography."""

_BREAKS = frozenset({"softbreak", "hardbreak"})


class InlineBuilder:
    """Adds the texts of one document to its blocks."""

    def __init__(self, md: Markdown, parser: MarkdownIt, environment: Environment, notes: Notes) -> None:
        """Parse with PARSER; keep HTML with MD, and references to footnotes with NOTES."""
        self.md, self.parser, self.environment, self.notes = md, parser, environment, notes
        self.context = context_of(environment)
        self.texts: dict[str, Callable[[Token], str]] = {
            "text": self._text, "softbreak": _line_end, "text_special": _special, "html_inline": self._html,
            "attributes": self._text,
        }  # fmt: skip
        self.elements: dict[str, Callable[[Element, Token], object]] = {
            "hardbreak": _break, "code_inline": _code, "image": self._image, "formula": _formula,
            "element": self._element, "footnote_reference": self._reference,
        }  # fmt: skip

    def add(self, parent: Element, token: Token) -> None:
        """Add the text of the inline TOKEN to PARENT, behind what it holds."""
        self.context.line = token.map[0] if token.map else 0
        if len(parent) or parent.text:
            append_text(parent, "\n")
        if token.meta:
            SubElement(parent, "span", {"class": "task-box"}).text = AtomicString(token.meta["box"])
            append_text(parent, " ")
        if not _MARKUP.search(token.content):
            append_text(parent, self._text(token))
            return
        stack, text, first = [parent], list[str](), self.context.line
        for part in self.parser.inline.parse(token.content, self.parser, self.environment, []):
            self.context.line = (first + part.map[0] if part.map else self.context.line) + (part.type in _BREAKS)
            if shown := self.texts.get(part.type):
                text.append(shown(part))
                continue
            if text:  # joined only here: a long paragraph would be copied for each piece
                append_text(stack[-1], "".join(text))
                text.clear()
            if part.nesting == 1:
                self._check_link(part)
                stack.append(SubElement(stack[-1], _TAGS.get(part.tag, part.tag), attributes_of(part)))
                if len(stack) > MAXIMUM_DEPTH:
                    raise too_deep()
            elif part.nesting == -1:
                stack.pop()
            else:
                self.elements[part.type](stack[-1], part)
        append_text(stack[-1], "".join(text))

    def add_plain(self, parent: Element, text: str, line: int) -> bool:
        """Return whether TEXT on LINE has no markup; if so, set it as the text of PARENT, which is empty."""
        if _MARKUP.search(text):
            return False
        self.context.line = line
        self._report_shortcodes(text)
        parent.text = text
        return True

    def _text(self, token: Token) -> str:
        text = token.content
        self._report_shortcodes(text)
        if "://" in text or "@" in text or "www." in text:
            text = _ADDRESS.sub(lambda address: straight(address[0]), text)
        return literal(text)

    def _report_shortcodes(self, text: str) -> None:
        for shortcode in shortcodes_in(text):
            self._report(SHORTCODE, shortcode)

    def _check_link(self, token: Token) -> None:
        address = str(token.attrs.get("href", ""))
        self._report_shortcodes(address)
        self.context.add_place(as_typed(address), self.context.line)
        if not is_allowed(as_typed(address)):
            self._report(SCHEME, address)
        elif token.info != AUTO and not is_readable(as_typed(address)):
            self._report(LINK_ADDRESS, address)

    def _image(self, parent: Element, token: Token) -> None:
        self._report_shortcodes(str(token.attrs["src"]))
        address = as_typed(str(token.attrs["src"]))
        self.context.add_place(address, self.context.line)
        if address.lower().startswith("data:"):
            self._report(PICTURE_DATA, address.split(";", 1)[0][:60])
        elif not is_allowed(address) or not is_readable(address):
            self._report(PICTURE_ADDRESS, address)
        alternative, size = without_size(alternative_text(token.children or []))
        attributes = attributes_of(token) | {"alt": literal(alternative)} | size
        element = embedded_file(attributes) if is_allowed(address) else None
        parent.append(Element("img", attributes) if element is None else element)

    def _html(self, token: Token) -> str:
        self._report_shortcodes(token.content)
        html = token.content if token.content.startswith("</") else cleaned(token.content)[0]
        self.context.raw_html.append((self.context.line, html))
        self.context.line += html.count("\n")
        return str(self.md.htmlStash.store(html))

    def _element(self, parent: Element, token: Token) -> None:
        element: Element = token.meta["element"]
        for target in (element.attrib[name] for name in {"src", "href", "names"} & element.attrib.keys()):
            self.context.add_place(target, self.context.line)
        parent.append(element)

    def _reference(self, parent: Element, token: Token) -> None:
        parent.append(self.notes.referred(token))

    def _report(self, kind: Kind, sign: str) -> None:
        self.context.problems.add(kind, as_typed(sign)[:60], self.context.line)


def append_text(parent: Element, text: str) -> None:
    """Add TEXT to PARENT, behind its last child."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def literal(text: str) -> str:
    """Return TEXT so that Python-Markdown's serialiser takes no reference like `&amp;` in it for one."""
    return text.replace("&", f"{AMP_SUBSTITUTE}amp;") if "&" in text else text


def attributes_of(token: Token) -> dict[str, str]:
    """Return the attributes of TOKEN for the tree: a cell's alignment is no style."""
    attributes = {name: literal(str(value)) for name, value in token.attrs.items()}
    style = attributes.pop("style", "") if token.tag in {"th", "td"} else ""
    if style:
        attributes["align"] = style.removeprefix("text-align:")
    return attributes


def _line_end(_token: Token) -> str:
    return "\n"


def _break(parent: Element, _token: Token) -> None:
    SubElement(parent, "br")


def _special(token: Token) -> str:
    """Return a character reference, or an escaped sign, which nothing reads any more."""
    sign = token.content
    if token.info != "escape" or len(sign) > 1 or sign == "&":
        return literal(sign)
    return straight(sign) if sign in _STRAIGHT else f"{STX}{ord(sign)}{ETX}"


def _code(parent: Element, token: Token) -> None:
    SubElement(parent, "code").text = AtomicString(literal(as_typed(token.content)))


def _formula(parent: Element, token: Token) -> None:
    SubElement(parent, FORMULA, {"class": token.content})
