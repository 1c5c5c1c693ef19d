"""Places of a body that will probably not look as intended ▶ warnings, one per line."""

from collections.abc import Iterator

from dropcap.document.html.link_lines import LINE
from dropcap.document.html.link_placeholders import (
    MAXIMUM_EMBEDS,
    MAXIMUM_LINKS,
    left_links,
    left_text,
    link_attributes,
)
from dropcap.document.markdown.problems import Problem, Problems
from dropcap.errors import Finding


def body_warnings(body: str, first: int, problems: Problems, html: str) -> tuple[Finding, ...]:
    """Return the warnings about BODY, which begins on line FIRST of the file: its PROBLEMS, and limits of its HTML."""
    lines = body.split("\n")
    return (*(_finding(problem, lines, first) for problem in problems.listed()), *_beyond_limits(html))


def _finding(problem: Problem, lines: list[str], first: int) -> Finding:
    line = first + problem.line
    if problem.more:
        lines_word = "line" if problem.more == 1 else "lines"
        return Finding(f"The same applies to {problem.more} more {lines_word}.", problem.kind.remedy, line)
    written = lines[problem.line] if problem.line < len(lines) else ""
    column = written.find(problem.signs[0].removesuffix(">")) + 1
    signs = ", ".join(f"`{sign}`" for sign in problem.signs)
    return Finding(problem.kind.message.format(signs), problem.kind.remedy, line, column or None)


def _beyond_limits(html: str) -> Iterator[Finding]:
    if left := left_text(html):
        message = f"This text links to more than {MAXIMUM_LINKS} others; the last {len(left)} links are shown as text."
        yield Finding(message, "Split it into two texts.", _line(html, left[0]))
    if left := left_links(html):
        message = f"This text shows more than {MAXIMUM_EMBEDS} others; the last {len(left)} are links."
        yield Finding(message, "Split it into two texts, or write them as links.", _line(html, left[0]))


def _line(html: str, names: tuple[str, ...]) -> int | None:
    line = link_attributes(html, LINE).get(names)
    return int(line) if line else None
