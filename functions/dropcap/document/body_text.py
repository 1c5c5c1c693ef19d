"""The body of a source ▶ sanitised HTML: Markdown, checks, sanitising, and what is inserted into the sanitised HTML."""

import re
from typing import NamedTuple

from dropcap.document.html.heading_links import with_heading_links
from dropcap.document.html.link_placeholders import with_sources
from dropcap.document.html.own_addresses import with_own_addresses
from dropcap.document.html.quotation_marks import Quotation
from dropcap.document.html.sanitise import sanitised
from dropcap.document.html.summary import without_title
from dropcap.document.html.table_of_contents import with_contents
from dropcap.document.html.typography import finished
from dropcap.document.markdown.context import RenderContext
from dropcap.document.markdown.limits import refuse_nesting
from dropcap.document.markdown.raw_html import tags
from dropcap.document.markdown.renderer import markdown_fragment
from dropcap.document.markdown.shortcodes import understood
from dropcap.document.paths.foreign_addresses import own_address
from dropcap.document.private_markup import MORE, MORE_MARK, as_typed
from dropcap.document.removed_html import report_removed
from dropcap.patterns import lazy_pattern

ADDRESSES = frozenset({"href", "src", "poster"})
"""Attributes of HTML that name a file or lead to another text."""

_MORE = lazy_pattern(r"<!--\s*more\s*-->", re.IGNORECASE)


class BodyText(NamedTuple):
    """HTML as it came out of the sanitiser, and the CONTEXT in which its Markdown was rendered."""

    html: str
    context: RenderContext

    def below(self, title: str, marks: Quotation) -> tuple[str, str]:
        """Return the text below TITLE with quotation MARKS, and the part of it before `<!--more-->`."""
        marked = finished(without_title(self.html, title), marks, self.context.formulas.at)
        more = MORE_MARK.search(marked)
        return with_contents(MORE_MARK.sub("", marked)), marked[: more.start()] if more else ""

    def lines(self, first: int) -> dict[str, int]:
        """Return the lines of links, pictures and files by address or placeholder, if the text begins on line FIRST."""
        places = self.context.places
        raw = ((at + tag.line, tag) for at, html in self.context.raw_html for tag in tags(html))
        for line, tag in raw:
            for name in tag.attributes.keys() & ADDRESSES:
                self.context.add_place(as_typed(tag.attributes[name]), line)
        return {own_address(target): first + line for target, line in places.items()}


def body_text(body: str, key: str, *, trusted: bool, has_formulas: bool) -> BodyText:
    """Return BODY of the source KEY as HTML. Without HAS_FORMULAS, `$` is a dollar; a TRUSTED one keeps frames."""
    context = RenderContext(key, has_formulas)
    rendered = markdown_fragment(understood(body, context.problems), context)
    refuse_nesting(rendered)
    report_removed(context, trusted=trusted)
    marked = _MORE.sub(f"<{MORE}></{MORE}>", rendered, count=1) if "<!--" in rendered else rendered
    clean = with_heading_links(sanitised(marked, trusted=trusted))
    return BodyText(with_sources(with_own_addresses(clean), key), context)
