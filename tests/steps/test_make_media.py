"""An uploaded file becomes a state of the Catalog, whatever happens to the upload meanwhile."""

from typing import Any

import pytest

from dropcap.aws import catalog_keys as keys
from dropcap.aws.media import MediaItems
from dropcap.contracts import Cause, UploadSeen
from dropcap.errors import ServiceError
from dropcap.site.media import READY
from dropcap.site.post import FAILED, REFUSED, REMOVED
from dropcap.steps import make_media as step
from dropcap.steps.make_media import MediaTools, make_media
from dropcap.steps.optimistic import ROUNDS
from support.memory_table import MemoryTable
from support.render_bench import NOW, MemorySources

TALK = "files/talk.pdf"


class Store:
    """The renditions, of which only the names are kept; OTHERS upload again before each of so many copies."""

    def __init__(self, sources: MemorySources, others: int = 0) -> None:
        self.kept: list[tuple[str, str]] = []
        self._sources, self._others = sources, others

    def keep(self, key: str, version: str, etag: str, kind: str) -> str:
        """Return a digest for a version of KEY."""
        self.kept.append((version, kind))
        if self._others:
            self._others -= 1
            self._sources.upload(key, f"other {self._others}")
        return f"digest of {etag}"


class Making:
    """The collaborators of `make_media`, in memory."""

    def __init__(self, others: int = 0) -> None:
        self.sources, self.table = MemorySources(), MemoryTable()
        self.store = Store(self.sources, others)
        self.items = MediaItems(self.table)

    def make(self, text: str | None = "", *, failed: str | None = None, key: str = TALK) -> str:
        """Upload TEXT, or remove the file for None, unless it is empty; return the outcome."""
        if text != "":
            self.sources.upload(key, text)
        sources: Any = self.sources
        store: Any = self.store
        tools = MediaTools(sources, store, self.items, str)
        return make_media(tools, UploadSeen(key, Cause(key, "", NOW.isoformat())), failed=failed)


def test_a_file_is_ready_after_one_round() -> None:
    """And the same event again changes nothing."""
    making = Making()
    assert READY == making.make("a talk")
    media = making.items.get(TALK)
    assert media
    assert media.content
    assert ("application/pdf", True) == (media.content.renditions[0].kind, media.content.inline)
    assert [("v0", "application/pdf")] == making.store.kept
    before = dict(making.table.items)
    assert READY == making.make()
    assert (1, before) == (len(making.store.kept), making.table.items)


def test_a_file_is_found_under_its_name() -> None:
    """And under similar ones, in the report on a text; no longer when it is removed."""
    making = Making()
    making.make("a talk")
    assert ["files/talk.pdf"] == [item["sk"].partition("#")[0] for item in making.items.files("talk.pdf")]
    assert ["files/talk.pdf"] == making.items.alike("talk.pfd")
    assert REMOVED == making.make(None)
    assert {} == making.table.items
    assert REMOVED == making.make()


def test_an_upload_meanwhile_is_made_too() -> None:
    """The last of several overlapping runs sees the newest version; without end it is tried again later."""
    making = Making(others=2)
    assert READY == making.make("a talk")
    media, version = making.items.get(TALK), making.sources.head(TALK)
    assert media
    assert version
    assert ("v2", media.etag) == (version.version, version.etag)
    assert ["v0", "v1", "v2"] == [name for name, _ in making.store.kept]
    with pytest.raises(ServiceError, match=TALK):
        Making(others=ROUNDS).make("a talk")


def test_a_failure_keeps_the_good_version() -> None:
    """With its reason; another event tries again."""
    making = Making()
    making.make("a talk")
    before = making.items.get(TALK)
    making.sources.upload(TALK, "another talk")
    assert FAILED == making.make(failed="out of memory")
    after = making.items.get(TALK)
    assert before
    assert after
    assert before.content == after.content
    assert "out of memory" in after.errors[0].message
    assert READY == making.make()


def test_a_bad_version_keeps_the_newest_good_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless a deletion lies between them."""
    making = Making()
    making.make("good")
    good = making.items.get(TALK)
    monkeypatch.setattr(step, "MAXIMUM_FILE", 5)
    assert REFUSED == making.make("too long")
    bad = making.items.get(TALK)
    assert good
    assert bad
    assert (good.content, 1) == (bad.content, len(bad.errors))
    making.sources.upload(TALK, None)
    assert REFUSED == making.make("too long again")
    assert (making.table.get(keys.media_key(TALK)) or {})["content"] is None
