"""Make the addresses in a body absolute, for feeds and mails."""

from dropcap.html_tags import ANY_ADDRESS, SOURCES, START_TAG
from dropcap.site.theme import href
from dropcap.web_addresses import joined


def absolute(html: str, base: str) -> str:
    """Return HTML, which is the sanitiser's output, with every address in a tag absolute against BASE."""
    return START_TAG.sub(lambda tag: _absolute_tag(tag[0], base), html)


def _absolute_tag(tag: str, base: str) -> str:
    if '="' not in tag:
        return tag
    tag = ANY_ADDRESS.sub(lambda match: f'{match[1]}="{joined(base, match[2])}"', tag)
    return SOURCES.sub(lambda match: f' srcset="{_absolute_choices(match[1], base)}"', tag)


def _absolute_choices(choices: str, base: str) -> str:
    """Return the srcset CHOICES, `/a.webp 480w, /b.webp 960w`, with absolute addresses."""
    parted = (choice.strip().partition(" ") for choice in choices.split(", "))
    return ", ".join(f"{joined(base, address)}{gap}{width}" for address, gap, width in parted)


def absolute_url(site_url: str, path: str) -> str:
    """Return the full URL of PATH on the site at SITE_URL, percent-encoded."""
    return path if path.startswith(("http://", "https://")) else site_url + href(path)
