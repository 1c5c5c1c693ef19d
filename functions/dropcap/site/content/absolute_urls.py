"""A fragment becomes the body that stands: wikilinks filled in, and made absolute where readers are elsewhere."""

import re
from urllib.parse import urljoin

from dropcap.site.theme import href

_RELATIVE = re.compile(r'(?<=\s)(href|src|poster|cite)="([^"]*)"')
_CHOICES = re.compile(r'(?<=\s)srcset="([^"]*)"')


def absolute(html: str, base: str) -> str:
    """Make every address in HTML absolute against BASE, for feeds and mails. HTML is the sanitiser's own output."""
    html = _RELATIVE.sub(lambda found: f'{found[1]}="{urljoin(base, found[2])}"', html)
    return _CHOICES.sub(lambda found: f'srcset="{_absolute_choices(found[1], base)}"', html)


def _absolute_choices(choices: str, base: str) -> str:
    """Make the address in each of CHOICES absolute: `/a.webp 480w, /b.webp 960w`."""
    parted = (choice.strip().partition(" ") for choice in choices.split(", "))
    return ", ".join(f"{urljoin(base, address)}{gap}{width}" for address, gap, width in parted)


def absolute_url(site_url: str, path: str) -> str:
    """Give the full URL of PATH on the site at SITE_URL, percent-encoded."""
    return site_url + href(path)
