"""Links within a text that name a heading as other systems do ▶ links to its id.

Obsidian writes the words of the heading (`#Next%20steps`), GitHub and Hugo keep a hyphen for each sign (`#a--b` for
`A & b`); here the ids are `next-steps` and `a-b`.
"""

import re
from html import escape, unescape
from urllib.parse import quote, unquote

from dropcap.document.paths.slugs import slug
from dropcap.patterns import lazy_pattern

_ID = lazy_pattern(r'\sid="([^"]*)"')
_LINK = lazy_pattern(r'(<a\s[^<>]*?href="#)([^"]+)(?=")')


def with_heading_links(html: str) -> str:
    """Return sanitised HTML in which a link to an id that it does not have leads to the heading that is meant."""
    if 'href="#' not in html:
        return html
    ids = {unescape(identifier) for identifier in _ID.findall(html)}

    def target(link: re.Match[str]) -> str:
        written = unquote(unescape(link[2]))
        meant = slug(written)
        known = written in ids or meant not in ids
        return link[0] if known else link[1] + escape(quote(meant))

    return _LINK.sub(target, html)
