"""Texts of front matter that are lost without being an error: values that are no text, and comments of YAML.

In YAML `title: [Review]` is a list, and `title: Part #2` is the text `Part` with a comment behind it.
"""

from collections.abc import Iterator

from dropcap.document.front_matter import field_names as names
from dropcap.document.front_matter.fields import FrontMatter
from dropcap.document.front_matter.values import known_as
from dropcap.errors import Finding
from dropcap.patterns import lazy_pattern

MAXIMUM_COMMENTS = 5
"""Most comments in the warnings of one file."""

_TEXTS = (
    *names.TITLE, *names.SUMMARY, *names.DESCRIPTION, *names.SLUG, *names.TRANSLATION, *names.ID, *names.DISCLAIMER,
    *names.IMAGE_ALT, *names.IMAGE_CAPTION,
)  # fmt: skip
"""Fields of which only a text is read."""

_COMMENTED = frozenset(
    map(known_as, (*_TEXTS, *names.TAGS, *names.KEYWORDS, *names.AUTHORS, *names.SERIES, *names.ALIASES))
)
"""Fields whose texts may have a number sign."""

_FIELD = lazy_pattern(r"[\"']?([^\W\d][\w -]{0,40}+)[\"']?[ \t]*:(?=[ \t]|$)")
_BLOCK = lazy_pattern(r"[ \t]*[|>]")
_VALUE = lazy_pattern(r"(?:[ \t]*+-)?[ \t]++(?![\"'\[{|>&!*])(?:[^#]|(?<![ \t])#)*+(#[^\s#].*)")


def lost_values(front: FrontMatter) -> Iterator[Finding]:
    """Yield a warning for each field of FRONT that is to be a text and is a list or a table."""
    for field in front.filled(*dict.fromkeys(map(known_as, _TEXTS))):
        if not isinstance(field.value, str):
            kind = "list" if isinstance(field.value, list) else "table"
            yield field.finding(
                f"`{field.name}` is a {kind} and no text; it is ignored.",
                f'Put a text that begins with a bracket or a brace in quotes, as in {field.name}: "[1] Naps".',
            )


def comments(block: str, first: int) -> tuple[Finding, ...]:
    """Return warnings about comments in BLOCK, YAML from line FIRST on, that are probably meant as text.

    A comment has a space behind its number sign; a hashtag and a number have none.
    """
    findings = []
    name = ""
    for number, line in enumerate(block.split("\n"), first):
        field = _FIELD.match(line)
        if field or line[:1] not in {" ", "\t", "-"}:
            name = field[1] if field and not _BLOCK.match(line, field.end()) else ""
        comment = _VALUE.fullmatch(line, field.end() if field else 0) if known_as(name) in _COMMENTED else None
        if comment and (field or line.lstrip().startswith("- ")):
            message = f"`{comment[1][:60]}` is a comment in YAML, and no part of `{name}`."
            remedy = "If it is meant as text, put the value in quotes; else write a space behind the `#`."
            findings.append(Finding(message, remedy, number, comment.start(1) + 1))
    return tuple(findings[:MAXIMUM_COMMENTS])
