"""Fill deferred texts of a fragment from a message catalogue, for pages, feeds and mails alike.

A catalogue names callouts by their kinds, `callout.note`; one of another kind has its kind as title.
"""

import re
from html import escape, unescape

from dropcap.document.private_markup import CALLOUT_TITLE, TITLE, WORD
from dropcap.html_tags import CLASS, START_TAG
from dropcap.patterns import lazy_pattern
from dropcap.site.messages import Messages

_TITLE = lazy_pattern(rf'(?<=\s)title="{TITLE}(\w+)(?::(\d{{1,9}}))?"')


def localised(html: str, interface: Messages, text: Messages) -> str:
    """Return HTML with its deferred texts: titles in the language of the INTERFACE, callouts in that of the TEXT."""
    if f'"{TITLE}' in html:
        html = START_TAG.sub(lambda tag: _TITLE.sub(lambda match: _title(match, interface), tag[0]), html)
    return CALLOUT_TITLE.sub(lambda match: _callout(match, text), html) if WORD in html else html


def _title(match: re.Match[str], messages: Messages) -> str:
    message = messages.messages.get(f"body.{match[1]}")
    if not isinstance(message, str):
        return 'title=""'
    return f'title="{escape(message.format(n=messages.number(int(match[2] or 0))))}"'


def _callout(match: re.Match[str], messages: Messages) -> str:
    kind = CLASS.search(match[1] or "")
    message = messages.messages.get(f"callout.{unescape(kind[1])}") if kind else None
    return escape(message, quote=False) if isinstance(message, str) else match[2] or ""
