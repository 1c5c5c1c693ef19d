"""Every finding that tells a line shows it, and the caret stands under the column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropcap.document.source_excerpts import LONGEST, with_lines
from dropcap.errors import ContentError, Finding
from dropcap.site.reports.report_text import under
from dropcap.site.settings.reader import read_site
from support.documents import document, refusal

FRONT = (
    "---\n",
    "+++\n",
    "title: x\n",
    "date: soon\n",
    "tags: [\n",
    "\t- a\n",
    "*none\n",
    "lang: zz9x-\n",
    "title = 'a\n",
)
REST = (
    "{% include x %}\n",
    "<script>\n",
    "é漢字 ",
    "\r\n",
    "\0",
    "\x01",
    "\x85",
    "text\n",
    "\ufeff",
    " " * 150,
    '{"a": ,\n',
)
PIECES = st.sampled_from(FRONT + REST)
SOURCES = st.lists(PIECES, max_size=12).map("".join).map(str.encode) | st.binary(max_size=40)


def findings_of(source: bytes) -> tuple[Finding, ...]:
    """Return every error and warning of SOURCE, read as a post and as settings."""
    findings: list[Finding] = []
    try:
        read_site(source, "token", findings.append)
    except ContentError as error:
        findings += error.findings
    try:
        findings += document(source).warnings
    except ContentError as error:
        findings += error.findings
    return tuple(findings)


@given(SOURCES)
def test_a_finding_with_a_line_shows_that_line(source: bytes) -> None:
    """Line and column are within the file, what is shown is of that line, and the caret is within what is shown."""
    for warning in findings_of(source):
        if warning.line is None:
            continue
        assert warning.source is not None
        assert warning.caret is not None
        pointed_at = warning.source[warning.caret - 1 : warning.caret]
        assert warning.column is None or pointed_at in source.decode(errors="replace") + "\ufffd"
        assert 1 <= warning.line <= source.count(b"\n") + source.count(b"\r") + 1
        assert 1 <= warning.caret <= len(warning.source) + 1
        assert len(warning.source) <= LONGEST


@given(st.text("ab\t漢e\u0301", max_size=300), st.integers(1, 300))
def test_the_caret_is_under_the_column(line: str, column: int) -> None:
    """The caret points at the column of the problem, however long the line is."""
    (warning,) = with_lines([Finding("m", "r", 2, column)], f"first\n{line}\nlast".encode())
    assert warning.source is not None
    assert warning.caret is not None
    at = min(column, len(line) + 1)
    assert (line + "$")[at - 1] == (warning.source + "$")[warning.caret - 1]
    assert under(warning.source, warning.caret).count("\t") == warning.source[: warning.caret - 1].count("\t")


@pytest.mark.parametrize(
    ("source", "shown", "place"),
    [
        (b"---\ntitle: [\n---\n", "---", (3, 1)),
        (b"---\n  date: soon\n---\nText.\n", "  date: soon", (2, None)),
        ("Eins\nZwei \u00dcber".encode("latin-1"), "Zwei \ufffdber", (2, 6)),
    ],
)
def test_the_offending_line_is_shown(source: bytes, shown: str, place: tuple[int, int | None]) -> None:
    """As it was typed; where the column is known, it is told."""
    finding = refusal(source)
    assert (shown, place) == (finding.source, (finding.line, finding.column))


def test_a_warning_shows_its_line() -> None:
    """A file that is published all the same is told just as exactly."""
    (warning,) = document("---\ntitle: x\n---\nOne.\n{% include x %}\n").warnings
    assert (5, "{% include x %}") == (warning.line, warning.source)


def test_settings_show_the_line_that_is_no_yaml() -> None:
    """`site.yaml` is a file like any other."""
    with pytest.raises(ContentError) as refused:
        read_site(b"title: x\nabout: [\n", "token", lambda _warning: None)
    assert refused.value.findings[0].source is not None


def test_a_quoted_line_has_no_terminal_controls() -> None:
    """An invisible character is shown as a visible sign, and the caret keeps its place."""
    (warning,) = with_lines([Finding("m", "r", 1, 4)], "a\x9b\u202eb".encode())
    assert ("a\ufffd\ufffdb", 4) == (warning.source, warning.caret)


def test_a_long_line_is_shortened_around_the_column() -> None:
    """A long line is cut around the problem, with an ellipsis."""
    (warning,) = with_lines([Finding("m", "r", 1, 500)], b"x" * 499 + b"!" + b"y" * 500)
    assert warning.source is not None
    assert warning.caret is not None
    assert ("…", "…", "!") == (warning.source[0], warning.source[-1], warning.source[warning.caret - 1])


@pytest.mark.parametrize(
    ("source", "caret", "below"),
    [("ab", 2, " "), ("\ta", 2, "\t"), ("漢字x", 3, "    "), ("e\u0301x", 3, " "), ("a\u200bx", 3, " ")],
)
def test_the_caret_is_as_far_to_the_right_as_the_column_is_seen(source: str, caret: int, below: str) -> None:
    """A terminal gives two columns to a Chinese sign, none to an accent, and as many as it likes to a tab."""
    assert below == under(source, caret)
