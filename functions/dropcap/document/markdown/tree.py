"""markdown-it's tokens ▶ the element tree that Python-Markdown goes on with."""

from collections.abc import Callable, Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.util import AtomicString
from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from dropcap.document.markdown.attributes import ATTRIBUTES
from dropcap.document.markdown.callouts import with_callouts
from dropcap.document.markdown.code import EACH, LONGEST_IN_ALL, Info, code_block
from dropcap.document.markdown.context import Environment, context_of
from dropcap.document.markdown.inline_tree import InlineBuilder, attributes_of, literal
from dropcap.document.markdown.notes import Note, Notes, add_links_back
from dropcap.document.markdown.plain_lists import Item, add_items
from dropcap.document.markdown.problems import BLOCK_TAG, BROKEN_TAG, NEVER_CLOSED, SHORTCODE, UNKNOWN_ELEMENT
from dropcap.document.markdown.raw_html import cleaned
from dropcap.document.markdown.shortcodes import shortcodes_in
from dropcap.document.private_markup import CONTENTS, FORMULA, WORD, as_typed
from dropcap.patterns import lazy_pattern

_TASK = lazy_pattern(r"\[([ xX])\][ \t\n]+(?=\S)")
_BROKEN = lazy_pattern(r"<[^<\n]*")
_CONTENTS_MARKS = frozenset({"[toc]", "[[toc]]", "[[_toc_]]", "[table of contents]"})


class TreeBuilder:
    """Builds the tree of one text."""

    def __init__(self, md: Markdown, parser: MarkdownIt, environment: Environment) -> None:
        """Store raw HTML with MD, and parse the texts within blocks with PARSER."""
        self.md, self.context = md, context_of(environment)
        self.notes = Notes(environment.get("notes", {}))
        self.inline = InlineBuilder(md, parser, environment, self.notes)
        self.coloured = 0
        self.note_tokens: dict[str, list[Token]] = {}
        self.single: dict[str, Callable[[Element, Token], object]] = {
            "fence": self._fence, "code_block": self._code, "html_block": self._html, "formula_block": _formula,
            "hr": _rule, "attributes": _attributes, "word": _word, "plain_list": self._plain_list,
        }  # fmt: skip

    def build(self, root: Element, tokens: Sequence[Token]) -> None:
        """Add the blocks TOKENS to ROOT, and the footnotes they refer to behind them."""
        self._blocks(root, self._without_notes(tokens))
        for label, note in self.notes.by_label.items():
            note.tokens = self.note_tokens.get(label, [])
        self._list_notes(root)

    def _without_notes(self, tokens: Sequence[Token]) -> list[Token]:
        """Return TOKENS without the definitions of footnotes, which are kept by their labels."""
        open_runs: list[list[Token]] = [[]]
        labels: list[str] = []
        for token in tokens:
            if token.type == "footnote_open":
                open_runs.append([])
                labels.append(token.meta["label"])
            elif token.type == "footnote_close":
                self.note_tokens[labels.pop()] = open_runs.pop()
            else:
                open_runs[-1].append(token)
        return open_runs[0]

    def _list_notes(self, root: Element) -> None:
        if not self.notes.by_label and not self.notes.in_order:
            return
        box = Element("div", {"class": "footnote"})
        SubElement(box, "hr")
        items = SubElement(box, "ol")
        done = 0
        while done < len(self.notes.in_order):  # a note may refer to others
            self._note(items, self.notes.in_order[done])
            done += 1
        for note in self.notes.unreferred():
            self._note(items, note)
        for item, note in zip(items, (*self.notes.in_order, *self.notes.unreferred()), strict=False):
            add_links_back(item, note)
        root.append(box)

    def _note(self, items: Element, note: Note) -> None:
        item = SubElement(items, "li", {"id": f"fn:{note.name}"})
        self._blocks(item, note.tokens)

    def _blocks(self, root: Element, blocks: Iterable[Token]) -> None:
        stack = [root]
        tokens = list(with_callouts(list(blocks)))
        for at, token in enumerate(tokens):
            if token.type == "inline":
                self._inline(stack, token)
            elif token.nesting == 1:
                if not token.hidden:
                    stack.append(SubElement(stack[-1], token.tag, attributes_of(token)))
                if token.type == "list_item_open" and tokens[at + 1].type == "paragraph_open":
                    _begin_task(stack[-1], tokens[at + 2])
            elif token.nesting == -1:
                if not token.hidden:
                    stack.pop()
            else:
                self.single[token.type](stack[-1], token)

    def _inline(self, stack: list[Element], token: Token) -> None:
        parent = stack[-1]
        if parent.tag == "p" and not len(parent) and token.content.strip().lower() in _CONTENTS_MARKS:
            parent.tag = CONTENTS
            return
        self.inline.add(parent, token)

    def _plain_list(self, parent: Element, token: Token) -> None:
        add_items(parent, token.meta["items"], self._plain_item)

    def _plain_item(self, parent: Element, item: Item) -> None:
        if self.inline.add_plain(parent, item.text, item.line):
            return
        text = Token("inline", "", 0, content=item.text, map=[item.line, item.line + 1])
        _begin_task(parent, text)
        self.inline.add(parent, text)

    def _fence(self, parent: Element, token: Token) -> None:
        info = Info.of(as_typed(unescapeAll(token.info)))
        code = as_typed(token.content)
        self.coloured += len(code) + EACH if info.language else 0
        self._set_aside(parent, code_block(code, info, coloured=self.coloured <= LONGEST_IN_ALL))

    def _code(self, parent: Element, token: Token) -> None:
        self._set_aside(parent, code_block(as_typed(token.content), Info()))

    def _html(self, parent: Element, token: Token) -> None:
        line = token.map[0] if token.map else 0
        html, as_text = cleaned(token.content.rstrip("\n"), unclosed := token.meta.get("unclosed", frozenset()))
        self.context.raw_html.append((line, html))
        for tag in as_text:
            broken = _BROKEN.match(token.content, tag.begin) if tag.is_broken else None
            if broken:
                kind, source = BROKEN_TAG if html else BLOCK_TAG, broken[0]
            else:
                kind = NEVER_CLOSED if tag.name in unclosed else UNKNOWN_ELEMENT
                source = token.content[tag.begin : tag.end]
            self.context.problems.add(kind, " ".join(source.split())[:60], line + tag.line)
        for number, text in enumerate(token.content.split("\n"), line):
            for shortcode in shortcodes_in(text):
                self.context.problems.add(SHORTCODE, as_typed(shortcode)[:60], number)
        self._set_aside(parent, html)

    def _set_aside(self, parent: Element, html: str) -> None:
        """Add HTML to PARENT, as it is."""
        raw = SubElement(parent, "")
        raw.tag = None  # type: ignore[assignment]  # Python-Markdown's serialiser writes its text alone
        raw.text, raw.tail = AtomicString(self.md.htmlStash.store(html)), AtomicString("\n")


def _begin_task(item: Element, text: Token) -> None:
    """Turn ITEM into a task if the inline token TEXT in it begins with a box."""
    box = _TASK.match(text.content)
    if box:
        state, sign = ("open", "☐") if box[1] == " " else ("done", "☑")
        item.set("class", f"task {state}")
        text.content = text.content[box.end() :]
        text.meta = {"box": sign}


def _formula(parent: Element, token: Token) -> None:
    SubElement(SubElement(parent, "div", {"class": "formula"}), FORMULA, {"class": token.content})


def _rule(parent: Element, _token: Token) -> None:
    SubElement(parent, "hr")


def _attributes(parent: Element, token: Token) -> None:
    SubElement(parent, ATTRIBUTES, {"for": token.meta["for"]}).text = AtomicString(token.content)


def _word(parent: Element, token: Token) -> None:
    """Add the placeholder for the title of a box of the kind in TOKEN; the page fills it in, in its language."""
    word = SubElement(parent, WORD, {"class": token.content.lower()})
    word.text = AtomicString(literal(token.content.capitalize()))
