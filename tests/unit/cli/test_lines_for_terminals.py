"""Names and texts of others, on a terminal: no character may move the cursor or colour a line."""

import json
from io import StringIO
from pathlib import Path

from dropcap.site.reports.report import Report
from dropcap.site.reports.report_text import finding_lines
from dropcap_cli.dev.narration import Narration
from dropcap_cli.progress import ProgressLines, Waiting
from dropcap_local.events.function_logs import LOG, functions_log_to
from support.site_folders import CommandLine

NAME = "a\x1b[31m\n.md"
SHOWN = "a\\x1b[31m\\n.md"


def test_control_characters_in_a_name_are_escaped_in_text_and_kept_in_json(
    dropcap: CommandLine, tmp_path: Path
) -> None:
    """The lines of `check` have escapes; programs get the true name, which JSON itself escapes."""
    (tmp_path / NAME).write_text("A note.\n")
    for arguments in (["check", tmp_path / NAME], ["check", tmp_path], ["build", tmp_path, tmp_path.with_name("out")]):
        ran = dropcap(*map(str, arguments))
        assert (True, False) == (f"{SHOWN}: error: The file's name has" in ran.output, "\x1b" in ran.output + ran.error)
    files = dropcap("check", "--json", tmp_path / NAME).account["files"]
    assert [NAME] == [Path(file["path"]).name for file in files]


def test_a_sentence_on_wrong_use_escapes_the_name(dropcap: CommandLine, tmp_path: Path) -> None:
    """It is one line, whatever was typed."""
    ran = dropcap("check", tmp_path / NAME)
    assert (2, 1) == (ran.code, ran.error.count("\n"))
    assert f"{SHOWN} does not exist." in ran.error


def test_a_quoted_line_is_escaped_and_its_caret_stays_below_the_column() -> None:
    """An escape is wider than the character."""
    finding = {"message": "No.", "remedy": "Do.", "line": 1, "column": 5, "source": "a\x1b\tb\x9bc", "caret": 4}
    assert ["n:1:5: error: No.", "  1 | a\\x1b\tb\\x9bc", "    |      \t^", "  Do."] == list(
        finding_lines("n", "error", finding)
    )


def test_joiners_marks_and_letters_of_any_script_stay() -> None:
    """Only what acts on a terminal is escaped: not the joiners of Persian and of emoji."""
    name = "posts/می‌روم 👩‍🚀 日本 é.md"
    assert f"{name}: Ignored.\n" == Report(name, "ignored", "etag").for_people()


def test_dev_progress_and_logs_escape_names() -> None:
    """The lines of `dev`, of a command that waits, and of a function's error."""
    stream = StringIO()
    Narration(stream, verbose=True).removed(NAME)
    waiting = Waiting(stream)
    waiting._lines = ProgressLines(stream, iter([0.0, 20.0, 20.0]).__next__)  # noqa: SLF001  # a clock of its own
    waiting.say(NAME)
    with functions_log_to(None):
        LOG.person = stream
        LOG.write(json.dumps({"level": "ERROR", "location": "x:1", "message": NAME}) + "\n")
    assert (3, 3, False) == (stream.getvalue().count(SHOWN), stream.getvalue().count("\n"), "\x1b" in stream.getvalue())
