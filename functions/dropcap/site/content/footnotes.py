"""Roles and names of footnotes for screen readers: DPUB-ARIA 1.1, https://www.w3.org/TR/dpub-aria-1.1/."""

from collections.abc import Callable
from html import escape

from dropcap.html_tags import FOOTNOTE_BACKLINK, FOOTNOTE_LINK, FOOTNOTE_LIST


def named_footnotes(html: str, reference: Callable[[int], str], title: str) -> str:
    """Return HTML, a resolved body, with roles; REFERENCE names a mark by its number, TITLE the list of notes."""
    if 'class="footnote' not in html:
        return html
    html = FOOTNOTE_LINK.sub(
        lambda mark: (
            f'<a class="footnote-ref" {mark[1]} role="doc-noteref" aria-label="{escape(reference(int(mark[2])))}">'
            f"{mark[2]}</a>"
        ),
        html,
    )
    html = FOOTNOTE_LIST.sub(f'<div class="footnote" role="doc-endnotes" aria-label="{escape(title)}">', html)
    return FOOTNOTE_BACKLINK.sub(
        r'<a class="footnote-backref" \1 role="doc-backlink" title="\2" aria-label="\2">', html
    )
