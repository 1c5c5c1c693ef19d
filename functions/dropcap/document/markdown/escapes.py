"""Characters that are to be read as themselves, whatever reads the text next.

They travel as characters of a private plane that nobody types, and are safe if somebody does: *plain* ones become
characters again before the sanitiser looks, *straight* ones after it, when a quote or a dot can do no harm.
"""

import re

_PLAIN, _STRAIGHT = 0x10F700, 0x10F600
_STRAIGHTS = "\"'-."
_MARKUP = {'"': "&quot;", "&": "&amp;", "<": "&lt;", ">": "&gt;"}
_PUNCTUATION = [chr(code) for code in range(0x21, 0x7F) if not chr(code).isalnum()]
_TO_PLAIN = {ord(char): chr(_PLAIN + ord(char)) for char in _PUNCTUATION}
_TO_STRAIGHT = {ord(char): chr(_STRAIGHT + ord(char)) for char in _STRAIGHTS}
_FROM_PLAIN = {_PLAIN + ord(char): char for char in _PUNCTUATION}
_AS_HTML = {_PLAIN + ord(char): _MARKUP.get(char, char) for char in _PUNCTUATION}
_STRAIGHT_AS_HTML = {_STRAIGHT + ord(char): _MARKUP.get(char, char) for char in _STRAIGHTS}
_ANY_PLAIN = re.compile("[\U0010f721-\U0010f77e]")
_ANY_STRAIGHT = re.compile("[\U0010f622-\U0010f62e]")


def plain(text: str) -> str:
    """Give TEXT with its punctuation kept from being read as Markdown, HTML, a formula or a shortcode."""
    return text.translate(_TO_PLAIN)


def straight(text: str) -> str:
    """Give TEXT with its quotes, hyphens and dots kept from being made typographic."""
    return text.translate(_TO_STRAIGHT)


def as_typed(text: str) -> str:
    """Give TEXT with plain characters as they were typed: for code, which is escaped by whoever shows it."""
    return text.translate(_FROM_PLAIN) if _ANY_PLAIN.search(text) else text


def plain_as_html(html: str) -> str:
    """Give HTML with plain characters as what they are in HTML; to be sanitised after this, not before."""
    return html.translate(_AS_HTML) if _ANY_PLAIN.search(html) else html


def straight_as_html(html: str) -> str:
    """Give sanitised HTML with straight characters as what they are in HTML."""
    return html.translate(_STRAIGHT_AS_HTML) if _ANY_STRAIGHT.search(html) else html
