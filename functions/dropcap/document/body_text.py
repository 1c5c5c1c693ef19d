"""The body of a source ▶ sanitised HTML: Markdown, checks, sanitising, and what is put in once nothing can do harm."""

import re
from dataclasses import dataclass

from dropcap.document.html.link_placeholders import with_sources
from dropcap.document.html.quotation_marks import quotation
from dropcap.document.html.sanitise import sanitised
from dropcap.document.html.summary import without_title
from dropcap.document.html.table_of_contents import with_contents
from dropcap.document.html.typography import finished
from dropcap.document.markdown.limits import refuse_nesting
from dropcap.document.markdown.math import Formulas
from dropcap.document.markdown.renderer import Reading, markdown_fragment
from dropcap.document.markdown.shortcodes import understood
from dropcap.document.private_markup import MORE

_MORE = re.compile(r"<!--\s*more\s*-->", re.IGNORECASE)
_MARK = re.compile(rf"<{MORE}[^>]*></{MORE}>")


@dataclass(frozen=True, slots=True)
class BodyText:
    """HTML as it came out of the sanitiser, and the FORMULAS that its placeholders stand for.

    SOURCE is the Markdown it was made of: the body, line for line, without the shortcodes that are understood.
    """

    source: str
    html: str
    formulas: Formulas

    def below(self, title: str, language: str) -> tuple[str, str]:
        """Give the text as it stands below TITLE, in LANGUAGE, and what of it stands before `<!--more-->`."""
        marked = finished(without_title(self.html, title), quotation(language), self.formulas.at)
        more = _MARK.search(marked)
        return with_contents(_MARK.sub("", marked)), marked[: more.start()] if more else ""


def body_text(body: str, key: str, *, trusted: bool, has_formulas: bool) -> BodyText:
    """Read BODY of the source KEY. HAS_FORMULAS is false where `$` is a dollar; TRUSTED ones keep frames and forms."""
    reading = Reading(key, has_formulas)
    source = understood(body)
    rendered = markdown_fragment(source, reading)
    refuse_nesting(rendered)
    marked = _MORE.sub(f"<{MORE}></{MORE}>", rendered, count=1) if "<!--" in rendered else rendered
    return BodyText(source, with_sources(sanitised(marked, trusted=trusted), key), reading.formulas)
