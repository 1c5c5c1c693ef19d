"""How far a build is, on a terminal only."""

from types import TracebackType
from typing import Self, TextIO

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn


class BuildProgress:
    """A bar over the files of a site: each is uploaded, then rendered; views come on top, as many as it takes.

    Nothing is written where STREAM is no terminal.
    """

    def __init__(self, stream: TextIO) -> None:
        """Write to STREAM."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self._bar = Progress(
            *columns, console=Console(file=stream), transient=True, disable=not stream.isatty(), redirect_stdout=False
        )
        self._task = self._bar.add_task("Uploading", total=None)
        self._calls: dict[str, int] = {}

    def __enter__(self) -> Self:
        """Show the bar."""
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away."""
        self._bar.stop()

    def begin(self, files: int) -> None:
        """Say how many FILES there are."""
        self._bar.update(self._task, total=files)

    def uploaded(self) -> None:
        """Say that one more file was uploaded."""
        self._bar.advance(self._task)

    def rendering(self) -> None:
        """Say that every file was uploaded."""
        self._bar.update(self._task, description="Rendering", completed=0)

    def hop(self, function: str, _summary: str, _seconds: float) -> None:
        """Say that FUNCTION was called once."""
        self._calls[function] = self._calls.get(function, 0) + 1
        if function == "RenderFunction":
            self._bar.advance(self._task)
        else:
            made = self._calls.get("PublishFunction", 0)
            self._bar.update(self._task, description=f"Rendering, {made} batches of views made")


class Waiting:
    """A line on STREAM that says what is being waited for, if somebody is looking; nothing is left of it."""

    def __init__(self, stream: TextIO) -> None:
        """Say nothing yet."""
        console = Console(file=stream)
        self._status = console.status("…") if stream.isatty() else None

    def __enter__(self) -> Self:
        """Show the line."""
        if self._status:
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away."""
        if self._status:
            self._status.stop()

    def say(self, what: str) -> None:
        """Say WHAT is being waited for."""
        if self._status:
            self._status.update(escape(what))
