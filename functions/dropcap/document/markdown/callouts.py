"""Callouts `> [!note] Title` and admonitions `!!! note "Title"`, both also foldable, ▶ one kind of box.

A box is `<div class="admonition note">`, one that folds is `<details class="admonition note">`: `> [!note]- Title` and
`??? note "Title"` are closed at first, `> [!note]+ Title` and `???+ note "Title"` are open.
"""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockQuoteProcessor
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from dropcap.document.private_markup import WORD

_MARK = re.compile(r"\[!([\w-]{1,40})(?:\|[^\]\n]*)?\]([+-]?)[ ]*([^\n]*)(?:\n(.*))?\Z", re.DOTALL)
_CLOSED, _OPEN, _UNTITLED = "dropcap-closed", "dropcap-open", "dropcap-untitled"


class QuoteProcessor(BlockQuoteProcessor):
    """Reads two quotes with an empty line between them as two, as CommonMark does."""

    def lastChild(self, parent: Element) -> Element | None:  # noqa: N802 -- Python-Markdown's name
        """Give the last child of PARENT, to which the text of a quote may belong; no quote does."""
        child = super().lastChild(parent)
        return None if child is not None and child.tag == "blockquote" else child


class FoldableProcessor(AdmonitionProcessor):
    """Python-Markdown's admonitions, which also fold."""

    RE = re.compile(
        r'(?:^|\n)(?:!!!|(?P<fold>\?\?\?\+?)) ?(?P<kinds>[\w\-]+(?: +[\w\-]+)*)(?: +"(?P<title>.*?)")? *(?:\n|$)'
    )

    def get_class_and_title(self, match: re.Match[str]) -> tuple[str, str | None]:
        """Give the classes of the box in MATCH, and its title, None for none; without one it takes its kind's."""
        kinds, title = " ".join(match["kinds"].lower().split()), match["title"]
        fold = {None: "", "???": f" {_CLOSED}", "???+": f" {_OPEN}"}[match["fold"]]
        return kinds + fold + (f" {_UNTITLED}" if title is None else ""), title or None


class CalloutTreeprocessor(Treeprocessor):
    """Makes boxes of quotes that begin with `[!note]`, and lets boxes fold."""

    def run(self, root: Element) -> None:
        """Change the tree under ROOT."""
        for element in root.iter():
            if element.tag == "blockquote":
                _callout(element)
            elif element.tag == "div" and "dropcap-" in element.get("class", ""):
                _finished(element)


def _callout(quote: Element) -> None:
    first = quote[0] if len(quote) else None
    mark = _MARK.match(first.text) if first is not None and first.tag == "p" and first.text else None
    if first is None or not mark:
        return
    kind, fold, title, rest = mark.groups()
    quote.set("class", f"admonition {kind.lower()}")
    quote.tag = "div"
    if rest or len(first):
        text = Element("p")
        text.text, text[:], text.tail = rest, list(first), first.tail
        quote.insert(1, text)
    first[:] = []
    first.set("class", "admonition-title")
    first.text = title.strip() or None
    if first.text is None:
        first.append(_word(kind))
    if fold:
        _fold(quote, first, opened=fold == "+")


def _finished(box: Element) -> None:
    """Give BOX a title if it wants its kind's, and let it fold if it wants to."""
    kinds = box.get("class", "").split()
    shown = [kind for kind in kinds if kind not in {_OPEN, _CLOSED, _UNTITLED}]
    folds = _OPEN in kinds or _CLOSED in kinds
    box.set("class", " ".join(shown))
    title = box[0] if len(box) and box[0].get("class") == "admonition-title" else None
    if title is None and (folds or _UNTITLED in kinds):
        title = Element("p", {"class": "admonition-title"})
        title.append(_word(shown[1] if len(shown) > 1 else shown[0]))
        box.insert(0, title)
    if title is not None and folds:
        _fold(box, title, opened=_OPEN in kinds)


def _fold(box: Element, title: Element, *, opened: bool) -> None:
    """Let BOX, whose TITLE always shows, fold; OPENED says whether it is open at first."""
    box.tag, title.tag = "details", "summary"
    if opened:
        box.set("open", "")


def _word(kind: str) -> Element:
    """Give what a box of KIND is called by, until its page says it in a language."""
    word = Element(WORD, {"class": kind.lower()})
    word.text = AtomicString(kind.capitalize())
    return word


def register(md: Markdown) -> None:
    """Teach MD both, and what a quote is."""
    md.parser.blockprocessors.register(QuoteProcessor(md.parser), "quote", 20)
    md.parser.blockprocessors.register(FoldableProcessor(md.parser), "admonition", 105)
    md.treeprocessors.register(CalloutTreeprocessor(md), "callout", 40)
