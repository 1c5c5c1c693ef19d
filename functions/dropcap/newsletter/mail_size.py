"""The size of a mail, estimated from the text of its post: Gmail cuts a long mail and hides the rest behind a link.

A mail is written when its issue is frozen; by then its author can no longer shorten it. So the size is estimated when
the post is read: its HTML, the addresses that become absolute, and the styles that each element gets.
"""

from collections import Counter

from dropcap.html_tags import PREFORMATTED, SPAN_TAG, START_TAG
from dropcap.patterns import lazy_pattern

LONGEST = 100_000
"""Bytes of HTML that a mail should not exceed. After about 102,000, Gmail cuts it and shows "[Message clipped]"."""
LETTER = 4_600
"""Bytes of an empty letter: its head, the rules for dark screens, the preview line, its foot."""

STYLES = {
    "a": 24, "blockquote": 98, "caption": 116, "code": 67, "dd": 30, "dl": 26, "dt": 27, "figcaption": 116,
    "figure": 24, "h1": 63, "h2": 63, "h3": 63, "h4": 61, "h5": 61, "h6": 61, "hr": 64, "img": 48, "kbd": 67,
    "mark": 50, "ol": 46, "p": 26, "pre": 208, "sub": 40, "sup": 40, "table": 97, "td": 132, "th": 150, "ul": 46,
}  # fmt: skip
"""Bytes of the style attribute of each element in `templates/email/letter.css`."""
CLASSES = {"admonition": 126, "admonition-title": 76, "footnote": 42, "formula": 26}
"""Bytes of the style attribute for the first class of an element, besides those for the element."""

_CLASS = lazy_pattern(r'<[a-z]+ class="([a-z-]+)[ "]')
_LOCAL = lazy_pattern(r'\s(?:href|src)="[/#]')


def estimated_mail_size(html: str, site_url: str) -> int:
    """Return about how many bytes the HTML of a mail has whose post is HTML, on the site at SITE_URL."""
    text = PREFORMATTED.sub(lambda code: SPAN_TAG.sub("", code[0]), html)
    elements = Counter(START_TAG.findall(text))
    styles = sum(STYLES.get(element, 0) * number for element, number in elements.items())
    styles += sum(CLASSES.get(name, 0) for name in _CLASS.findall(text))
    addresses = len(site_url) * len(_LOCAL.findall(text))
    return LETTER + len(text.encode()) + styles + addresses
