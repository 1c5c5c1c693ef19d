"""Addresses of pages in ASCII, which the headers of a mail are, for a site at a domain such as `müller.example`."""

from urllib.parse import quote, urlsplit, urlunsplit

from dropcap.newsletter.address import ascii_domain

KEPT = "/%:@!$&'()*+,;=~?"
"""Signs of a path and a query that stay as they are."""


def ascii_url(url: str) -> str:
    """Return URL with its host in IDNA and the rest percent-encoded; one in ASCII is returned as it is."""
    if url.isascii():
        return url
    scheme, netloc, path, query, _ = urlsplit(url)
    host, colon, port = netloc.partition(":")
    return urlunsplit((scheme, f"{ascii_host(host)}{colon}{port}", quote(path, KEPT), quote(query, KEPT), ""))


def ascii_host(host: str) -> str:
    """Return HOST in IDNA 2008; a label that it does not allow, such as an emoji, is encoded as browsers do."""
    return ascii_domain(host) or ".".join(map(_label, host.lower().split(".")))


def _label(label: str) -> str:
    return label if label.isascii() else f"xn--{label.encode('punycode').decode('ascii')}"
