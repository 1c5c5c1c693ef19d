"""One budget of time for all versions of a file: ten bad versions take no longer than a few."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

import images
import render
from dropcap.aws.buckets import Version
from dropcap.contracts import Cause, UploadSeen
from dropcap.errors import ContentError, Finding
from dropcap.settings import ImagesSettings, RenderSettings
from dropcap.site.settings.model import SiteSettings
from dropcap.steps import make_media, time_limit
from dropcap.steps.render import source
from dropcap.steps.render.source import SourceReader
from dropcap.steps.time_limit import TimeBudget
from dropcap.wiring import images as images_wiring
from dropcap.wiring import render as render_wiring

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
    """The same applies to decoding."""
    monkeypatch.setattr(make_media, "_content", clock.read)
    sources: Any = SimpleNamespace(versions=lambda _: VERSIONS)
    tools: Any = SimpleNamespace(sources=sources, budget=TimeBudget(8))
    assert make_media._older(tools, "posts/a.jpg", VERSIONS[0]) is None  # noqa: SLF001  # the search for a good version
    assert 2 == clock.reads


def record_of(key: str) -> Any:  # noqa: ANN401  # an SQS record
    """Return the message of an upload of KEY, at its first try."""
    body = UploadSeen(key, Cause(key, "", NOW.isoformat())).to_json()
    return SimpleNamespace(body=body, raw_event={})


def left(seconds: int) -> Any:  # noqa: ANN401  # a Lambda context
    """Return the context of a function that has SECONDS left."""
    return SimpleNamespace(get_remaining_time_in_millis=lambda: seconds * 1_000)


def test_rendering_may_take_half_of_the_time_that_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the 30 seconds that Lambda allows, the rest is for writing and for the report."""
    allowed: list[float] = []
    monkeypatch.setattr(RenderSettings, "from_environment", lambda: None)
    monkeypatch.setattr(render_wiring, "render_tools", lambda _: None)
    monkeypatch.setattr(render, "render_document", lambda *_, seconds, **__: allowed.append(seconds))
    render.render(record_of("posts/a.md"), left(30))
    assert [15.0] == allowed


def test_decoding_may_take_three_quarters_of_the_time_that_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest is for storing the renditions."""
    allowed: list[float] = []
    monkeypatch.setattr(ImagesSettings, "from_environment", lambda: None)
    monkeypatch.setattr(images_wiring, "media_tools", lambda _: None)
    monkeypatch.setattr(images, "make_media", lambda *_, seconds, **__: allowed.append(seconds))
    images.make(record_of("posts/a.jpg"), left(60))
    assert [45.0] == allowed
