"""Blocks and links of a body that is written as plain text, and the marks that its lines begin with."""

from dataclasses import dataclass

LINES = frozenset({"li", "tr", "dt", "dd"})
"""Blocks on a line of their own."""
APART = frozenset(
    {"address", "article", "aside", "blockquote", "caption", "details", "div", "dl", "figcaption", "figure", "footer"}
    | {
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "ul",
    }
)
"""Blocks with an empty line before and after them."""
SILENT = frozenset({"script", "style", "template", "svg", "math", "object"})
UNDERLINES = {"h1": "=", "h2": "=", "h3": "-", "h4": "-", "h5": "-", "h6": "-"}
INDENTED = {"blockquote": "> ", "pre": "    ", "dd": "  "}
CALLOUT = "| "
RULE = "* * *"


@dataclass(slots=True, eq=False)
class Block:
    """An open block that indents what is in it: FIRST stands before its first line, REST before the others."""

    tag: str
    first: str
    rest: str
    number: int = 0
    notes: bool = False


@dataclass(slots=True)
class Link:
    """An open link to TARGET, whose words begin at START of the current line."""

    target: str
    start: int
    is_note: bool = False
    hidden: bool = False
