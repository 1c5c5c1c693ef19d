"""Lines for a terminal: characters in the names and texts of others must not act on it."""

from dropcap.patterns import lazy_pattern

_ACTING = lazy_pattern("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Control characters but the tab, line ends, and what turns the direction of the text that follows it."""


def visible(line: str) -> str:
    r"""Return LINE with an escape, as Python and JSON write it, for each character that a terminal would obey.

    >>> visible("posts/a\x1b[31m.md\n")
    'posts/a\\x1b[31m.md\\n'
    """
    return _ACTING.sub(lambda match: match[0].encode("unicode_escape").decode(), line)
