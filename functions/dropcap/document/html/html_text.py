"""HTML ▶ plain text, without Markdown: the search uses it too."""

from html import unescape

from dropcap.document.html.sanitise import text_cleaner
from dropcap.document.private_markup import CALLOUT_TITLE, WORD, straight_as_html
from dropcap.html_tags import FOOTNOTE_MARK, FORMULA, WORD_END


def plain_text(html: str) -> str:
    """Return the author's words in sanitised HTML as one line; a formula appears as it was typed."""
    without_titles = CALLOUT_TITLE.sub("", html) if f"<{WORD}" in html else html  # no author has written them
    own = WORD_END.sub(" ", FORMULA.sub(r"\1", FOOTNOTE_MARK.sub("", without_titles)))
    return " ".join(unescape(straight_as_html(text_cleaner().clean(own))).split())
