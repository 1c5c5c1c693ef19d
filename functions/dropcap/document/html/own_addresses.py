"""Sanitised HTML ▶ the same with the addresses of Pelican and Ghost as Dropcap writes them."""

import re
from html import escape, unescape

from dropcap.document.paths.foreign_addresses import GHOST, own_address
from dropcap.html_tags import ADDRESS, ANY_TAG

_SIGNS = ("{", "|", "%7b", "%7c", GHOST.lower())


def with_own_addresses(html: str) -> str:
    """Return sanitised HTML with the addresses of Pelican and Ghost as Dropcap writes them."""
    lower = html.lower()
    return ANY_TAG.sub(_with_own_addresses, html) if any(sign in lower for sign in _SIGNS) else html


def _with_own_addresses(tag: re.Match[str]) -> str:
    return ADDRESS.sub(lambda match: f"{match[1]}{escape(own_address(unescape(match[2])))}{match[3]}", tag[0])
