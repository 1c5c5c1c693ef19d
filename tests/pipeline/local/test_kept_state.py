"""`dropcap dev` goes on where its last run of the same folder ended; here without servers and in one process."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import pytest

from dropcap_cli.dev.eager_cloud import EagerCloud
from dropcap_cli.dev.folder_files import FEW, FIRST, FolderFiles, newest_first
from dropcap_cli.dev.folder_watch import FolderWatch
from dropcap_cli.dev.kept_state import KeptState
from dropcap_cli.dev.narration import Narration
from dropcap_cli.site_folder import SiteFolder
from dropcap_local.edge.http_api import HttpRequest
from dropcap_local.edge.http_response import HttpResponse
from dropcap_local.saved_state.cloud_state import put_state, state_of
from dropcap_local.saved_state.folder import state_folder
from dropcap_local.server.kept_site import KeptSite
from support.site_folders import GOOD, site_folder

LATER = "---\ntitle: Later\ndate: 2026-03-10\ntags: [rest]\n---\nWritten while nobody served the folder.\n"


class Run:
    """One run of `dropcap dev` on the folder SITE, up to the moment when nothing is left to do."""

    def __init__(self, site: Path, output: TextIO) -> None:
        """Print to OUTPUT."""
        self._folder = SiteFolder(site)
        self._narration = Narration(output, verbose=False)
        self.lines: list[str] = []
        self.cloud = EagerCloud()
        self.files = FolderFiles(self.cloud, self._narration, self.work)

    def work(self, *, enough: Callable[[], object] = bool) -> None:
        """Run the event loop until nothing is left to do, or until it is ENOUGH."""
        while not enough() and self.cloud.step():
            pass

    @contextmanager
    def started(self) -> Iterator[EagerCloud]:
        """Start it, and save its state at the end of the block."""
        with KeptState.of(self._folder, self.lines.append) as state, self.cloud as cloud:
            stamps = state.put_into(cloud)
            self.files.published.update(stamps or {})
            changes = FolderWatch(self._folder, stamps).look()
            self.uploaded = [source.key for source in changes.saved]
            if stamps is None:
                changes = self.files.publish_newest(changes, "http://localhost")
            self.files.publish_at_start(changes, self._folder.path, "http://localhost", is_warm=stamps is not None)
            yield cloud
            state.save(cloud, self.files.published)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a site folder, with a cache folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return site_folder(tmp_path, *GOOD)


@pytest.fixture
def output(tmp_path: Path) -> Iterator[TextIO]:
    """Return a stream for what is printed."""
    with (tmp_path / "output").open("w") as stream:
        yield stream


def test_a_start_after_edits_makes_the_site_of_a_cold_start(site: Path, output: TextIO, tmp_path: Path) -> None:
    """A file was changed, one added, one removed, while no `dropcap dev` ran; all else is not touched again."""
    with Run(site, output).started():
        pass
    walks = site / "posts/walks.md"
    walks.write_text(walks.read_text().replace("Slowly", "Briskly"))
    (site / "posts/later.md").write_text(LATER)
    (site / "posts/naps.md").unlink()
    warm = Run(site, output)
    with warm.started() as cloud:
        warm_site = _pages(cloud)
        assert 410 == cloud.page("/naps/").status
    assert ["posts/later.md", "posts/walks.md"] == sorted(warm.uploaded)
    (tmp_path / "elsewhere").mkdir()
    copy = tmp_path / "elsewhere" / site.name
    site.rename(copy)
    cold = Run(copy, output)
    with cold.started() as cloud:
        cold_site = _pages(cloud)
    assert len(cold.uploaded) > len(warm.uploaded)
    assert {key: body for key, body in warm_site.items() if not key.startswith("naps")} == cold_site


def test_a_start_without_edits_does_nothing(site: Path, output: TextIO) -> None:
    """No function runs, nor for files that were only touched, and the whole state is what it was."""
    (site / "site.yaml").unlink()  # a walk of all pages follows it, in parts that are seconds apart
    with Run(site, output).started() as cloud:
        before = state_of(cloud)
    for path in site.rglob("*.md"):
        os.utime(path, ns=(1, 1))
    again = Run(site, output)
    with again.started() as cloud:
        calls = cloud.calls.copy()
        after = state_of(cloud)
    assert before == after
    assert not calls
    assert again.lines == []


def test_repeating_the_newest_file_loads_what_a_save_needs_and_changes_nothing(site: Path, output: TextIO) -> None:
    """Render and publish work, and no object or item is written; a file without a page is left alone."""
    (site / "site.yaml").unlink()  # a walk of all pages would follow it
    with Run(site, output).started():
        pass
    again = Run(site, output)
    with again.started() as cloud:
        newest, before = again.files.newest(), cloud.site()
        worked: list[str] = []
        cloud.on_hop.append(lambda function, *_: worked.append(function))
        cloud.repeat(newest)
        again.work()
        assert {"RenderFunction", "PublishFunction"} <= {*worked}
        assert before == cloud.site()
        assert not {"PutObject", "PutItem", "TransactWriteItems"} & {operation for _, operation in cloud.calls}
        worked.clear()
        cloud.repeat("site.yaml")
        cloud.repeat("")
        again.work()
        assert [] == worked
    assert newest.endswith(".md")


def test_the_kept_site_is_what_the_cloud_serves(site: Path, output: TextIO) -> None:
    """Before the cloud is there: pages, redirects, errors, compressed answers, with their headers."""
    with Run(site, output).started():
        pass
    requests = [
        HttpRequest("GET", path, {"accept-encoding": coding})
        for path in ("/", "/walks/", "/walks", "/naps/", "/never/", "/feed.xml", "/sitemap.xml")
        for coding in ("gzip", "")
    ]
    with KeptState.of(SiteFolder(site), print) as state:
        saved = state.site()
    assert saved
    kept = KeptSite(saved)
    answers = [_but_for_its_age(kept.answer(request)) for request in requests]
    kept.close()
    with Run(site, output).started() as cloud:
        assert answers == [_but_for_its_age(cloud.page(request.url, request.headers)) for request in requests]


def test_an_interrupted_run_is_carried_on(site: Path) -> None:
    """Messages and stream records that waited are in the state, and the pages follow."""
    with EagerCloud() as cloud:
        for path in (site / "posts").glob("*.md"):
            cloud.upload(f"posts/{path.name}", path.read_bytes())
        for _ in range(4):
            assert cloud.step()
        state = state_of(cloud)
    with EagerCloud() as cloud:
        put_state(cloud, *state)
        while cloud.step():
            pass
        assert "Slowly" in cloud.page("/walks/").text
        assert not cloud.event_loop.errors


def test_a_damaged_state_is_told_in_a_line_and_not_used(site: Path, output: TextIO) -> None:
    """So is the state of another version."""
    with Run(site, output).started():
        pass
    state = state_folder(SiteFolder(site).path) / "state"
    state.write_bytes(state.read_bytes()[:-1])
    run = Run(site, output)
    with run.started() as cloud:
        assert 200 == cloud.page("/walks/").status
    assert ["The saved state is damaged. All files are published again."] == run.lines


def test_a_deleted_cache_folder_is_made_again(site: Path, output: TextIO) -> None:
    """Also while `dropcap dev` runs."""
    state = state_folder(SiteFolder(site).path) / "state"
    with Run(site, output).started():
        (state.parent / "lock").unlink()
        state.parent.rmdir()
    assert state.exists()


def test_a_second_run_of_the_folder_keeps_no_state(site: Path) -> None:
    """It serves the folder, and leaves the state to the first one."""
    folder, lines = SiteFolder(site), list[str]()
    with KeptState.of(folder, lines.append) as first, EagerCloud() as cloud:
        cloud.upload("posts/later.md", LATER)
        while cloud.step():
            pass
        with KeptState.of(folder, lines.append) as second:
            second.save(cloud, {})
            second.discard()
        assert not (state_folder(folder.path) / "state").exists()
        first.save(cloud, {})
    assert (state_folder(folder.path) / "state").exists()
    assert 1 == len(lines)


def test_a_discarded_state_is_a_cold_start(site: Path, output: TextIO) -> None:
    """`--fresh` asks for it."""
    with Run(site, output).started():
        pass
    with KeptState.of(SiteFolder(site), print) as state:
        state.discard()
    run = Run(site, output)
    with run.started():
        assert "posts/walks.md" in run.uploaded


def test_the_page_of_the_file_saved_last_is_live_before_others_are_uploaded(site: Path, output: TextIO) -> None:
    """With the site's settings; the other files are left to be published."""
    os.utime(site / "posts/walks.md", ns=(2**62, 2**62))
    run = Run(site, output)
    with run.cloud as cloud:
        changes = FolderWatch(SiteFolder(site)).look()
        others = run.files.publish_newest(changes, "http://localhost:4000")
        assert {"site.yaml", "posts/walks.md"} == run.files.published.keys()
        assert len(changes.saved) - 2 == len(others.saved)
        assert "The Quiet Hour" in cloud.page("/walks/").text
        assert cloud.report("posts/naps.md") is None
        run.files.publish_at_start(others, site, "http://localhost:4000", is_warm=False)
        assert 200 == cloud.page("/naps/").status
    output.flush()
    assert "The newest file is at http://localhost:4000/walks/" in Path(output.name).read_text()


def test_a_refused_newest_file_is_not_said_to_be_live(site: Path, output: TextIO) -> None:
    """The start goes on, and its report is printed."""
    worst = site / "posts/worst.md"
    worst.write_text("---\ndate: [\n---\nNo.\n")
    os.utime(worst, ns=(2**62, 2**62))
    with Run(site, output).started() as cloud:
        assert 200 == cloud.page("/naps/").status
    output.flush()
    assert "The newest file is at" not in Path(output.name).read_text()


def test_the_files_saved_last_are_published_first(site: Path) -> None:
    """After `site.yaml`, which is in force for all of them."""
    for number in range(FEW):
        path = site / f"posts/new-{number}.md"
        path.write_text(LATER)
        os.utime(path, ns=(2**62 + number, 2**62 + number))
    first, others = newest_first(FolderWatch(SiteFolder(site)).look())
    newest = [f"posts/new-{number}.md" for number in reversed(range(FEW - FIRST, FEW))]
    settings = ["site.yaml"] if (site / "site.yaml").exists() else []
    assert [*settings, *newest] == [source.key for source in first]
    assert "posts/walks.md" in [source.key for source in others]


def _pages(cloud: EagerCloud) -> dict[str, bytes]:
    """Return the bytes of the site's objects by key."""
    return {key: body for key, (body, _) in cloud.site().items()}


def _but_for_its_age(answer: HttpResponse | None) -> object:
    """Return ANSWER without its age in the cache."""
    assert answer
    return answer.status, answer.body, {**answer.headers, "age": "", "x-cache": ""}
