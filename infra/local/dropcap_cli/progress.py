"""Progress of long work: a bar on a terminal, a line every ten seconds in a pipe or a log."""

from collections.abc import Callable
from time import perf_counter
from types import TracebackType
from typing import Self, TextIO

from dropcap.site.reports.visible import visible

try:
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
except ModuleNotFoundError:  # it is in the extra `local`; without it there are plain lines
    HAS_RICH = False
else:
    HAS_RICH = True

INTERVAL = 10.0
"""Seconds between two lines where there is no terminal."""


class ProgressLines:
    """Plain lines on a stream that is not a terminal, ten seconds apart; short work writes none."""

    def __init__(self, stream: TextIO, seconds: Callable[[], float] = perf_counter) -> None:
        """Write to STREAM; SECONDS is the clock."""
        self._stream = stream
        self._seconds = seconds
        self._last = seconds()

    def update(self, text: str) -> None:
        """Write TEXT, unless a line was written less than ten seconds ago."""
        if self._seconds() - self._last >= INTERVAL:
            self._last = self._seconds()
            print(text, file=self._stream, flush=True)


class BuildProgress:
    """The progress of a build: each file is uploaded, then rendered; the views follow, in batches."""

    def __init__(self, stream: TextIO, seconds: Callable[[], float] = perf_counter) -> None:
        """Write to STREAM; SECONDS is the clock for a stream that is not a terminal."""
        self._bar: Progress | None = None
        self._lines = ProgressLines(stream, seconds)
        if HAS_RICH and stream.isatty():
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
            self._bar = Progress(*columns, console=Console(file=stream), transient=True, redirect_stdout=False)
            self._task = self._bar.add_task("Uploading", total=None)
        self._phase = "Uploading"
        self._files = 0
        self._done = 0
        self._batches = 0

    def __enter__(self) -> Self:
        """Show the bar."""
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the bar."""
        if self._bar:
            self._bar.stop()

    def begin(self, files: int) -> None:
        """Set the number of FILES."""
        self._files = files
        self._show()

    def uploaded(self) -> None:
        """Count a file that was uploaded."""
        self._done += 1
        self._show()

    def rendering(self) -> None:
        """Start the second phase: every file was uploaded."""
        self._phase, self._done = "Rendering", 0
        self._show()

    def hop(self, function: str, _summary: str, _seconds: float) -> None:
        """Count a call of FUNCTION."""
        self._done += function == "RenderFunction" and self._phase == "Rendering"
        self._batches += function == "PublishFunction"
        self._show()

    def _show(self) -> None:
        done = min(self._done, self._files)
        batches = f", {self._batches} batches of pages made" if self._batches else ""
        if self._bar:
            self._bar.update(self._task, description=self._phase + batches, completed=done, total=self._files)
        else:
            self._lines.update(f"{self._phase}: {done} of {self._files} files{batches}")


class Waiting:
    """One line on a terminal that names what the command waits for; in a pipe, a line every ten seconds."""

    def __init__(self, stream: TextIO, seconds: Callable[[], float] = perf_counter) -> None:
        """Write to STREAM, nothing yet; SECONDS is the clock for a stream that is not a terminal."""
        self._status = Console(file=stream).status("…") if HAS_RICH and stream.isatty() else None
        self._lines = ProgressLines(stream, seconds)

    def __enter__(self) -> Self:
        """Show the line."""
        if self._status:
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the line."""
        if self._status:
            self._status.stop()

    def say(self, text: str) -> None:
        """Name what the command waits for."""
        text = visible(text)
        if self._status:
            self._status.update(escape(text))
        else:
            self._lines.update(text)
