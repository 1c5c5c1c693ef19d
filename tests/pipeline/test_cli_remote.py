"""`dropcap publish`, `status`, `restore` and `issues` in another terminal while `dropcap dev` runs."""

import os
import re
import shlex
import signal
import subprocess
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from support.command_line import Running, get, running, soon
from support.site_folders import GOOD, CommandLine, site_folder

TODAY = "---\ntitle: {title}\ndate: 2025-03-18\n---\nGood morning.\n"


@pytest.fixture
def dropcap(dev: Running, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """Return the command line of another terminal of the same user, who has no AWS credentials."""
    for name in [name for name in os.environ if name.startswith(("AWS_", "DROPCAP_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(dev.runtime))
    return CommandLine(capsys)


def aws(dev: Running, *arguments: str | Path) -> None:
    """Run the real AWS CLI as in the line that `dropcap dev` prints."""
    words = shlex.split(dev.copy_command)
    program = next(number for number, word in enumerate(words) if "=" not in word)
    command = ["env", *words[: program + 1], "--endpoint-url", dev.endpoint, *map(str, arguments)]
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}
    subprocess.run(command, check=True, env=environment, capture_output=True, timeout=60)  # noqa: S603  # our own line


def test_publish_finds_the_bucket_and_waits_for_the_report(dropcap: CommandLine, dev: Running, tmp_path: Path) -> None:
    """Without an option: the page is live when the command ends, and only the report is printed."""
    (tmp_path / "morning.md").write_text(TODAY.format(title="A morning"))
    ran = dropcap("publish", "--to", "posts/", tmp_path / "morning.md")
    assert (0, "") == (ran.code, ran.error)
    assert ran.output.startswith(f"posts/morning.md: Published.\nAddress: {dev.site}/morning/\n")
    assert "newsletter" in ran.output
    assert "Good morning." in get(f"{dev.site}/morning/").text
    again = dropcap("publish", "--to", "posts/", tmp_path / "morning.md")
    assert (0, ran.output) == (again.code, again.output)


def test_publish_prints_errors_with_their_place(dropcap: CommandLine, tmp_path: Path) -> None:
    """Of several files, the valid ones are published, and the exit code is 1."""
    (tmp_path / "good.md").write_text(TODAY.format(title="Good"))
    (tmp_path / "bad.md").write_text("---\ntitle: [\n---\nNever closed.\n")
    ran = dropcap("publish", "--json", "--to", "posts/", tmp_path / "bad.md", tmp_path / "good.md")
    by_name = {Path(file["path"]).name: file for file in ran.account["files"]}
    assert (1, 1, 1) == (ran.code, ran.account["published"], ran.account["refused"])
    assert {"good.md": "published", "bad.md": "refused"} == {name: file["outcome"] for name, file in by_name.items()}
    assert ("---", 1) == (by_name["bad.md"]["errors"][0]["source"], by_name["bad.md"]["errors"][0]["caret"])
    assert "posts/bad.md:3:1: error:" in dropcap("publish", "--to", "posts/", tmp_path / "bad.md").output


def test_publish_takes_the_key_from_the_folder(dropcap: CommandLine, dev: Running, folder: Path) -> None:
    """A file in `drafts/` stays a draft, with a preview link."""
    (folder / "drafts").mkdir()
    (folder / "drafts/idea.md").write_text(TODAY.format(title="An idea"))
    ran = dropcap("publish", folder / "drafts/idea.md")
    assert (0, True) == (ran.code, ran.output.startswith("drafts/idea.md: Draft"))
    (preview,) = re.findall(rf"{dev.site}(/preview/\S+)", ran.output)
    assert "Good morning." in get(f"{dev.site}{preview}").text


def test_publish_names_the_post_that_has_the_url(dropcap: CommandLine, tmp_path: Path) -> None:
    """The exit code is 1."""
    (tmp_path / "other.md").write_text("---\ntitle: Other\ndate: 2025-03-20\nslug: naps\n---\nText.\n")
    ran = dropcap("publish", "--to", "posts/", tmp_path / "other.md")
    assert (1, True) == (ran.code, "posts/naps.md has its address" in ran.output)


def test_status_lists_every_upload(dropcap: CommandLine, dev: Running, tmp_path: Path) -> None:
    """One line per source; a prefix, an outcome or a name selects some."""
    (tmp_path / "wrong.md").write_text("---\ntitle: [\n---\n")
    dropcap("publish", "--to", "status/", tmp_path / "wrong.md")
    ran = dropcap("status")
    assert 1 == ran.code
    assert f"published  posts/walks.md  {dev.site}/walks/\n" in ran.output
    assert "https://quiet.example/walks/" == dropcap("status", "--json", "posts/walks.md").account["url"]
    assert "refused    status/wrong.md  This is not valid YAML" in ran.output
    assert "published" not in dropcap("status", "--only", "refused").output.replace("0 published", "")
    assert 1 == dropcap("status", "--json", "status/").account["refused"]
    assert 0 == dropcap("status", "posts/naps.md", "--endpoint-url", dev.endpoint).code
    single = dropcap("status", "status/wrong.md")
    assert (1, True) == (single.code, "status/wrong.md:3:1: error:" in single.output)
    assert (1, "There is no file posts/none.md in the bucket.\n") == (
        (missing := dropcap("status", "posts/none.md")).code,
        missing.output,
    )


def test_restore_undoes_a_wrong_sync(dropcap: CommandLine, dev: Running, tmp_path: Path) -> None:
    """It lists the files first; then the pages are live again."""
    for name in ("one", "two"):
        (tmp_path / f"{name}.md").write_text(TODAY.format(title=f"Lost {name}"))
    dropcap("publish", "--to", "lost/", tmp_path / "one.md", tmp_path / "two.md")
    assert 200 == get(f"{dev.site}/one/").status
    (tmp_path / "empty").mkdir()
    aws(dev, "s3", "sync", "--delete", tmp_path / "empty", "s3://dropcap-contentbucket/content/lost")
    soon(lambda: 410 == get(f"{dev.site}/one/").status)
    shown = dropcap("restore", "lost")
    assert (0, 2, True) == (shown.code, shown.output.count(" bytes, removed "), "add --yes" in shown.output)
    assert 410 == get(f"{dev.site}/one/").status
    assert 1 == len(dropcap("restore", "--json", "lost/two.md").account["files"])
    done = dropcap("restore", "lost", "--since", "1h", "--yes")
    assert (0, True) == (done.code, "Restored: 2 of 2." in done.output)
    soon(lambda: 200 == get(f"{dev.site}/one/").status)
    again = dropcap("restore", "lost")
    assert (1, True) == (again.code, again.error.startswith("No removed file is lost or in that folder."))
    assert 1 == dropcap("restore", "--json", "lost").code


def test_restore_writes_the_file_into_the_served_folder(dropcap: CommandLine, dev: Running, folder: Path) -> None:
    """A file that was removed there comes back there, and its page too."""
    path = folder / "regret.md"
    path.write_text(TODAY.format(title="Regret"))
    soon(lambda: 200 == get(f"{dev.site}/regret/").status)
    path.unlink()
    soon(lambda: 410 == get(f"{dev.site}/regret/").status)
    assert 0 == dropcap("restore", path, "--yes").code
    assert TODAY.format(title="Regret") == path.read_text()
    soon(lambda: 200 == get(f"{dev.site}/regret/").status)


def test_publish_works_in_a_served_folder_without_settings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The keys are the paths in that folder."""
    notes = site_folder(tmp_path, "posts/naps.md") / "posts"
    with running("dev", notes, "--port", "0") as served:
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(served.runtime))
        ran = CommandLine(capsys)("publish", notes / "naps.md")
        assert (0, True) == (ran.code, ran.output.startswith("naps.md: ")), ran.error
        assert 200 == get(f"{served.site}/naps/").status


def test_a_held_newsletter_is_listed_and_released(dropcap: CommandLine, tmp_path: Path) -> None:
    """The copy of a post is held with a reason, and the operator releases it once, by the path of its post."""
    assert (0, "0 held.\n") == ((listed := dropcap("issues")).code, listed.output)
    post = f"---\ntitle: News\ndate: {datetime.now(ZoneInfo('Europe/Berlin')).date()}\nslug: {{}}\n---\nGood news.\n"
    for name in ("first", "copy"):
        (tmp_path / f"{name}.md").write_text(post.format(name))
    assert "Its newsletter goes out on" in dropcap("publish", "--to", "news/", tmp_path / "first.md").output
    output = dropcap("publish", "--to", "news/", tmp_path / "copy.md").output
    assert "Its newsletter is held until the operator releases it: it has the same text as news/first.md" in output
    assert ["news/copy.md"] == [issue["key"] for issue in dropcap("issues", "--json").account["issues"]]
    assert (0, "news/copy.md: its newsletter is being sent now.\n") == (
        (released := dropcap("issues", "release", "news/copy.md")).code,
        released.output,
    )
    soon(lambda: "Its newsletter went to nobody" in dropcap("status", "news/copy.md").output)
    assert 1 == dropcap("issues", "release", "news/copy.md").code
    assert 2 == dropcap("issues", "release").code


def test_a_local_cloud_leaves_no_file_when_it_ends(tmp_path: Path) -> None:
    """In the runtime folder."""
    with running("dev", site_folder(tmp_path, *GOOD)) as served:
        assert 1 == len(list((served.runtime / "dropcap").iterdir()))
        assert (0, "") == served.end(signal.SIGTERM)
        assert [] == list((served.runtime / "dropcap").iterdir())
