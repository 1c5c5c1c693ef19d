"""What a fragment leaves to the interface to say: it is read once, and the language of its site may change.

`<dropcap-word class="note">Note</dropcap-word>` is the title of a callout that has none of its own, with what stands
there where no catalogue knows its kind; `title="dropcap-title:footnote:2"` is a title that a catalogue has.
"""

import re

WORD = "dropcap-word"
TITLE = "dropcap-title:"
UNRESOLVED = f"{TITLE}unresolved"
"""The title of what would be a link if its target stood."""
FOOTNOTE = f"{TITLE}footnote:"
"""The title of the link back from a footnote; its number follows."""

_WORD = re.compile(rf'<{WORD}(?:"[^"]*"|[^">])*>[^<]*</{WORD}>')


def without_words(html: str) -> str:
    """Give HTML without the titles that no author has written."""
    return _WORD.sub("", html) if WORD in html else html
