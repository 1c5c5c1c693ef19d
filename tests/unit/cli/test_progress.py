"""Progress in a pipe or a log: a line every ten seconds."""

from io import StringIO

from dropcap_cli.progress import INTERVAL, BuildProgress, Waiting


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        """Return its time in seconds."""
        return self.now


def test_short_work_writes_nothing() -> None:
    """Less than ten seconds."""
    stream, clock = StringIO(), Clock()
    with BuildProgress(stream, clock) as progress:
        progress.begin(2)
        clock.now = INTERVAL - 0.1
        progress.uploaded()
    assert "" == stream.getvalue()


def test_long_work_writes_a_line_every_ten_seconds() -> None:
    """With the number of files."""
    stream, clock = StringIO(), Clock()
    with BuildProgress(stream, clock) as progress:
        progress.begin(3)
        for _ in range(3):
            clock.now += INTERVAL / 2
            progress.uploaded()
        progress.rendering()
        clock.now += INTERVAL
        progress.hop("PublishFunction", "1 from ViewQueue", 0.1)
        progress.hop("RenderFunction", "1 from UploadQueue", 0.1)
    assert ["Uploading: 2 of 3 files", "Rendering: 0 of 3 files, 1 batches of pages made"] == (
        stream.getvalue().splitlines()
    )


def test_waiting_writes_a_line_every_ten_seconds() -> None:
    """The newest text."""
    stream, clock = StringIO(), Clock()
    with Waiting(stream, clock) as waiting:
        for second in range(25):
            clock.now = float(second)
            waiting.say(f"Waiting, {second}")
    assert ["Waiting, 10", "Waiting, 20"] == stream.getvalue().splitlines()
