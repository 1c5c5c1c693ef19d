"""Places of a body that will probably not look as intended ▶ warnings, one per line."""

from collections.abc import Iterator

from dropcap.document.body_text import BodyText
from dropcap.document.html.link_placeholders import MAXIMUM_LINKS, left_text
from dropcap.document.markdown.problems import Problem
from dropcap.errors import Finding


def body_warnings(body: str, text: BodyText, first: int) -> tuple[Finding, ...]:
    """Return the warnings about TEXT, which was made of BODY, whose first line is line FIRST of the file."""
    lines = body.split("\n")
    problems = (_finding(problem, lines, first) for problem in text.context.problems.listed())
    return (*problems, *_left_text(text.html))


def _finding(problem: Problem, lines: list[str], first: int) -> Finding:
    line = first + problem.line
    if problem.more:
        lines_word = "line" if problem.more == 1 else "lines"
        return Finding(f"The same applies to {problem.more} more {lines_word}.", problem.kind.remedy, line)
    written = lines[problem.line] if problem.line < len(lines) else ""
    column = written.find(problem.signs[0].removesuffix(">")) + 1
    signs = ", ".join(f"`{sign}`" for sign in problem.signs)
    return Finding(problem.kind.message.format(signs), problem.kind.remedy, line, column or None)


def _left_text(html: str) -> Iterator[Finding]:
    if number := left_text(html):
        message = f"This text links to more than {MAXIMUM_LINKS} others; the last {number} links are shown as text."
        yield Finding(message, "Split it into two texts.")
