"""A fragment becomes the body that stands: wikilinks filled in, and made absolute where readers are elsewhere."""

import re
from urllib.parse import urljoin

from dropcap.site.theme import href

_RELATIVE = re.compile(r'(?<=\s)(href|src)="([^"]*)"')


def absolute(html: str, base: str) -> str:
    """Make every address in HTML absolute against BASE, for feeds and mails. HTML is the sanitiser's own output."""
    return _RELATIVE.sub(lambda found: f'{found[1]}="{urljoin(base, found[2])}"', html)


def absolute_url(site_url: str, path: str) -> str:
    """Give the full URL of PATH on the site at SITE_URL, percent-encoded."""
    return site_url + href(path)
