"""The first line of every test run, the extent and figures of explorations, and the command line."""

import pytest

from support import exploration
from support.site_folders import CommandLine


@pytest.fixture
def dropcap(capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """Return the command line, run in this process."""
    return CommandLine(capsys)


def pytest_report_header() -> str:
    """Name the seed of today's explorations, so that a failure can be repeated."""
    repeat = f"a sample; {exploration.SEED}={exploration.seed()} repeats it"
    extent = "everything" if exploration.takes_all() else repeat
    return f"explorations: {extent}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests explored, and the growth that they recorded."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, lines in report.user_properties:
            if name in {exploration.GROWTH, exploration.EXPLORED}:
                terminalreporter.write_line(f"{report.nodeid}\n{lines}")
