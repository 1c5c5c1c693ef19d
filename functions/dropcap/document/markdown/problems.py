"""Places of a text that will probably not be shown as intended: their kinds, messages and remedies."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

MAXIMUM_NAMED = 5
"""Most lines of one kind that are named; the others are counted."""


class Kind(NamedTuple):
    """A kind of problem: its MESSAGE, with braces for the signs of one line, and the REMEDY."""

    message: str
    remedy: str


_ELEMENT_REMEDY = "Remove it, or link to what it shows; to show the HTML itself, put it between backticks."

SHORTCODE = Kind(
    "Shortcode of another system, shown as it was typed: {}.",
    "Write it as Markdown or HTML; if it is meant to be read, put it between backticks.",
)
ELEMENT = Kind("HTML element that is not allowed in a post, left out: {}.", _ELEMENT_REMEDY)
UNWRAPPED = Kind(
    "HTML element that is not allowed in a post; only its text is shown: {}.",
    "Write it as Markdown, or use an element such as <span class=…> that the theme styles.",
)
UNKNOWN_ELEMENT = Kind(
    "Not an HTML element, shown as it was typed: {}.",
    "If it is meant to be read, put it between backticks; if it is a typing error, correct the name.",
)
NEVER_CLOSED = Kind(
    "HTML element that is not allowed in a post and is never closed, shown as it was typed: {}.",
    "If it is meant to be read, put it between backticks; else remove it.",
)
BROKEN_TAG = Kind(
    "HTML tag that does not end, shown as it was typed: {}.",
    "Add the missing `>` or quotation mark; if `<` is meant to be read, write `&lt;`.",
)
BLOCK_TAG = Kind(
    "HTML tag that does not end, left out with all text up to the next empty line: {}.",
    "Add the missing `>` or quotation mark; if `<` is meant to be read, write `&lt;`.",
)
ATTRIBUTE = Kind(
    "HTML attribute that is not allowed in a post, left out: {}.",
    "Remove it. To style the element, give it a `class` that the theme knows.",
)
SCHEME = Kind(
    "Link left out, since a post may not use such an address: {}.",
    "Use a web address (https://…), a mail address (mailto:…), or the path of a file that you upload.",
)
LINK_ADDRESS = Kind(
    "Link left out, since its address is invalid: {}.",
    "Correct the host or the port of the address; if it is only an example, put it between backticks.",
)
PICTURE_ADDRESS = Kind(
    "Picture at an address that readers cannot reach, left out: {}.",
    "Upload the picture, and write its path from this file, with `/` between folders.",
)
PICTURE_DATA = Kind(
    "Picture embedded as a data: URI, left out: {}.",
    "Upload the picture as a file of its own, and name that file here.",
)
PICTURE_VERSION = Kind(
    "Other version of a picture, left out; only the one in `<img src=…>` is shown: {}.",
    "Upload the largest version and name that one in `src`: pages get its sizes and formats by themselves.",
)
FOOTNOTE = Kind(
    "Footnote that is not defined, shown as it was typed: {}.",
    "Add a line that begins with it and a colon, or put it between backticks.",
)
FOOTNOTE_TWICE = Kind(
    "Footnote defined twice; only its first definition is shown: {}.",
    "Give the second one a name of its own, or remove it.",
)
REFERENCE = Kind(
    "Link reference that is not defined, shown as it was typed: {}.",
    "Add a line with the label in brackets, a colon and the address, or put a backslash before the bracket.",
)
TAB = Kind(
    "Content tab of Material for MkDocs; its title and its text are shown one below the other: {}.",
    "Write a heading in its place.",
)
CONTAINER = Kind(
    "Container of another system, shown as it was typed: {}.",
    "Write it as a callout (`> [!note] Title`), or as HTML; remove the line of colons that closes it.",
)
SNIPPET = Kind(
    "Snippet of PyMdown Extensions, shown as it was typed: {}.",
    "Write the text of that file in its place, or show another post with `![[its name]]`.",
)
REMARK = Kind(
    "Text between two pairs of percent signs, left out as a comment of Obsidian: {}.",
    "To show it, put a backslash before the first percent sign, or put the text between backticks.",
)
COMMENT = Kind(
    "Comment that is never closed; all text below it is left out: {}.",
    "Add `-->` where the comment ends.",
)
CELLS = Kind(
    "Row with more cells than its table has columns; left out: {}.",
    "Add a column to the head of the table, or write `\\|` for a bar within a cell.",
)
FORMULA = Kind(
    "Formula that cannot be read, shown as code: {}.",
    "Check its braces and commands; if it is not a formula, write `\\$` for a dollar, or `math: false` at the top.",
)
FOREIGN_FORMULA = Kind(
    "Formula that is not between dollar signs, shown as text: {}.",
    "Write it between dollar signs (`$x^2$`), or between two pairs on lines of its own; or `math: false` at the top.",
)


class Problem(NamedTuple):
    """One line with signs of one KIND; LINE counts from 0 within the text. MORE lines like it are not named."""

    kind: Kind
    signs: tuple[str, ...]
    line: int
    more: int = 0


@dataclass(slots=True)
class Problems:
    """The problems of one text, as they are found."""

    lines: dict[Kind, dict[int, list[str]]] = field(default_factory=dict)

    def add(self, kind: Kind, sign: str, line: int) -> None:
        """Add the SIGN of a problem of KIND on LINE."""
        signs = self.lines.setdefault(kind, {}).setdefault(line, [])
        if sign not in signs and len(signs) < MAXIMUM_NAMED:
            signs.append(sign)

    def listed(self) -> Iterator[Problem]:
        """Yield at most `MAXIMUM_NAMED` problems of each kind by line, and one more that counts the others."""
        for kind, lines in self.lines.items():
            numbers = sorted(lines)
            for number in numbers[:MAXIMUM_NAMED]:
                yield Problem(kind, tuple(lines[number]), number)
            if others := numbers[MAXIMUM_NAMED:]:
                yield Problem(kind, tuple(lines[others[0]]), others[0], more=len(others))
