"""One budget of time for all versions of a file: ten bad versions take no longer than a few."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from dropcap.aws.buckets import Version
from dropcap.errors import ContentError, Finding
from dropcap.site.settings.model import SiteSettings
from dropcap.steps import make_media, time_limit
from dropcap.steps.render import source
from dropcap.steps.render.source import SourceReader
from dropcap.steps.time_limit import TimeBudget

NOW = datetime(2026, 3, 16, 9, tzinfo=UTC)
VERSIONS = [Version(f"etag{number}", f"v{number}", NOW, 10) for number in range(11)]
SLOW = Finding("The text takes too long.", "Remove something.")


class Clock:
    """A clock that goes on only when something is read."""

    def __init__(self) -> None:
        self.now = 0.0
        self.reads = 0

    def read(self, *_: object, **__: object) -> Any:  # noqa: ANN401  # it never returns
        """Take five seconds, and fail as a text that is too slow does."""
        self.reads += 1
        self.now += 5
        raise ContentError(SLOW)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Replace the clock of the budget."""
    clock = Clock()
    monkeypatch.setattr(time_limit, "time", SimpleNamespace(monotonic=lambda: clock.now))
    return clock


def test_bad_versions_of_a_text_share_one_budget(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Render ends long before Lambda would kill it, and the report gives the reason for the newest version."""
    monkeypatch.setattr(source, "read_document", clock.read)
    sources: Any = SimpleNamespace(versions=lambda _: VERSIONS, read=lambda *_: b"text")
    site = SiteSettings.default("https://example.org")
    reader = SourceReader(sources, "posts/a.md", site, NOW, NOW.isoformat(), "", budget=TimeBudget(15))
    reading = reader.read(VERSIONS[0], None)
    assert 3 == clock.reads
    assert (SLOW,) == reading.errors


def test_bad_versions_of_a_picture_share_one_budget(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same holds for decoding."""
    monkeypatch.setattr(make_media, "_content", clock.read)
    sources: Any = SimpleNamespace(versions=lambda _: VERSIONS)
    tools: Any = SimpleNamespace(sources=sources, budget=TimeBudget(8))
    assert make_media._older(tools, "posts/a.jpg", VERSIONS[0]) is None  # noqa: SLF001  # the search for a good version
    assert 2 == clock.reads
