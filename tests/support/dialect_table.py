"""The table of the dialect: Markdown and the HTML made of it; and the guide generated from it.

A file of `tests/golden/dialect/` is a group: a title, perhaps a sentence, and one section a feature with a line that
describes it, a block `markdown`, a block `html`, and a block `text` if there are warnings.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dropcap.document import Target, with_notes
from dropcap.document.html.file_references import MARK
from dropcap.site.content.localise import localised
from dropcap.site.messages import read_messages
from support.documents import document

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "tests" / "golden" / "dialect"
GUIDE = ROOT / "docs" / "writing.md"

WALKING = Target(
    "/walking/",
    "Walking",
    '<p id="^pace">Slowly.</p>\n<h2 id="the-first-hour">The first hour</h2>\n<p>Go out.</p>\n<h2 id="later">Later</h2>',
)
"""The only other post."""

_FEATURE = re.compile(
    r"## (?P<name>[^\n]+)\n\n(?P<description>[^\n]+)\n\n"
    r"`````markdown\n(?P<source>.*?)\n`````\n\n`````html\n(?P<html>.*?)\n`````\n"
    r"(?:\n`````text\n(?P<warnings>.*?)\n`````\n)?",
    re.DOTALL,
)
_GROUP = re.compile(r"# (?P<title>.+)\n(?:\n(?!## )(?P<description>.+)\n)?")
_BLOCK = re.compile(r"^`````.*?^`````$", re.MULTILINE | re.DOTALL)
_HEAD = """\
# Writing

This page lists the Markdown that Dropcap supports. Each example shows the source and the resulting HTML. The tests
render every example after each change, and `make docs` generates this page from `tests/golden/dialect/`. [Front
matter and folders](front-matter.md) are described on another page. After each upload, read the report in `reports/`: it
lists errors and warnings with their lines.
"""


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature: its title, its description, SOURCE, and the HTML made of it."""

    group: str
    name: str
    description: str
    source: str
    html: str
    warnings: tuple[str, ...]


def features() -> Iterator[Feature]:
    """Return the whole table, group by group."""
    for file in sorted(TABLE.glob("*.md")):
        text = file.read_text()
        for match in _FEATURE.finditer(text):
            warnings = tuple((match["warnings"] or "").splitlines())
            yield Feature(file.stem, match["name"], match["description"], match["source"], match["html"], warnings)


def outcome(source: str) -> tuple[str, list[str]]:
    """Return the HTML made of SOURCE on a site with one other post, and the warnings for its author."""
    whole = source if source.startswith("---\n") else f"---\ntitle: A title\n---\n{source}"
    begins = 1 if source.startswith("---\n") else 4
    read = document(whole)
    html = with_notes(read.html.replace(MARK, ""), {"walking": WALKING, "posts/walking": WALKING}).strip()
    words = read_messages([ROOT / "templates" / "messages"], "en")
    warned = [f"{warning.line - begins + 1 if warning.line else '?'}: {warning.message}" for warning in read.warnings]
    return localised(html, words, words), warned


def guide() -> str:
    """Return the guide for authors: a table of contents, and one chapter per group."""
    chapters = "".join(_chapter(file.read_text()) for file in sorted(TABLE.glob("*.md")))
    return f"{_HEAD}\n{_contents(chapters)}{chapters}"


def _contents(chapters: str) -> str:
    """Return a list of links: one line per chapter with its sections."""
    lines: list[str] = []
    anchors = Counter({"writing": 1})
    for level, title in re.findall(r"^(##|###) (.+)$", _BLOCK.sub("", chapters), re.MULTILINE):
        link = f"[{title}](#{_anchor(title, anchors)})"
        if level == "##":
            lines.append(f"- **{link}**")
        else:
            lines[-1] += f"{',' if ': ' in lines[-1] else ':'} {link}"
    return "\n".join(lines) + "\n"


def _anchor(title: str, anchors: Counter[str]) -> str:
    """Return the id that GitHub gives the heading TITLE, if ANCHORS counts the headings before it."""
    name = re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
    anchors[name] += 1
    return name if anchors[name] == 1 else f"{name}-{anchors[name] - 1}"


def _chapter(text: str) -> str:
    group = _GROUP.match(text)
    assert group
    description = f"\n{group['description']}\n" if group["description"] else ""
    return f"\n## {group['title']}\n{description}" + "".join(map(_section, _FEATURE.finditer(text)))


def _section(match: re.Match[str]) -> str:
    warned = f"\n\nThe report warns: {match['warnings']}" if match["warnings"] else ""
    return (
        f"\n### {match['name']}\n\n{match['description']}\n\n`````markdown\n{match['source']}\n`````\n\n"
        f"<details><summary>HTML</summary>\n\n`````html\n{match['html']}\n`````{warned}\n\n</details>\n"
    )


if __name__ == "__main__":
    GUIDE.write_text(guide())
