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

_MARK = re.compile(r"\[!([\w-]{1,40})(?:\|[^\]\n]*)?\]([+-]?)[ ]*([^\n]*)(?:\n(.*))?\Z", re.DOTALL)
_CLOSED, _OPEN = "dropcap-closed", "dropcap-open"


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
        """Give the classes of the box in MATCH, and its title: its kind where none is written, None for none."""
        kinds, title = " ".join(match["kinds"].lower().split()), match["title"]
        shown = kinds.partition(" ")[0].capitalize() if title is None else title or None
        fold = {None: "", "???": f" {_CLOSED}", "???+": f" {_OPEN}"}[match["fold"]]
        return kinds + fold, shown


class CalloutTreeprocessor(Treeprocessor):
    """Makes boxes of quotes that begin with `[!note]`, and lets boxes fold."""

    def run(self, root: Element) -> None:
        """Change the tree under ROOT."""
        for element in root.iter():
            if element.tag == "blockquote":
                _callout(element)
            elif element.tag == "div" and "dropcap-" in element.get("class", ""):
                _folded(element)


def _callout(quote: Element) -> None:
    first = quote[0] if len(quote) else None
    mark = _MARK.match(first.text) if first is not None and first.tag == "p" and first.text else None
    if first is None or not mark:
        return
    kind, fold, title, rest = mark.groups()
    quote.set("class", f"admonition {kind.lower()}" + {"-": f" {_CLOSED}", "+": f" {_OPEN}"}.get(fold, ""))
    quote.tag = "div"
    if rest or len(first):
        text = Element("p")
        text.text, text[:], text.tail = rest, list(first), first.tail
        quote.insert(1, text)
    first[:] = []
    first.set("class", "admonition-title")
    first.text = title.strip() or kind.capitalize()
    if fold:
        _folded(quote)


def _folded(box: Element) -> None:
    """Make BOX an element that folds; without a title it takes its kind's."""
    kinds = box.get("class", "").split()
    box.tag = "details"
    if _OPEN in kinds:
        box.set("open", "")
    shown = [kind for kind in kinds if kind not in {_OPEN, _CLOSED}]
    box.set("class", " ".join(shown))
    title = box[0] if len(box) and box[0].get("class") == "admonition-title" else None
    if title is None:
        title = Element("p", {"class": "admonition-title"})
        title.text = shown[-1].capitalize()
        box.insert(0, title)
    title.tag = "summary"


def register(md: Markdown) -> None:
    """Teach MD both, and what a quote is."""
    md.parser.blockprocessors.register(QuoteProcessor(md.parser), "quote", 20)
    md.parser.blockprocessors.register(FoldableProcessor(md.parser), "admonition", 105)
    md.treeprocessors.register(CalloutTreeprocessor(md), "callout", 40)
