"""`dropcap publish`, `status`, `restore` and `issues`, in another terminal while `dropcap dev` runs."""

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
    """Give the command line of another terminal of the same user, who has no credentials for AWS."""
    for name in [name for name in os.environ if name.startswith(("AWS_", "DROPCAP_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(dev.runtime))
    return CommandLine(capsys)


def aws(dev: Running, *arguments: str | Path) -> None:
    """Run the real AWS CLI as the line says that `dropcap dev` prints."""
    words = shlex.split(dev.copy_command)
    program = next(number for number, word in enumerate(words) if "=" not in word)
    command = ["env", *words[: program + 1], "--endpoint-url", dev.endpoint, *map(str, arguments)]
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}
    subprocess.run(command, check=True, env=environment, capture_output=True, timeout=60)  # noqa: S603  # our own line


def test_publish_finds_the_bucket_and_waits_for_the_answer(dropcap: CommandLine, dev: Running, tmp_path: Path) -> None:
    """No option is needed: the page stands when the command ends, and nothing but the answer is printed."""
    (tmp_path / "morning.md").write_text(TODAY.format(title="A morning"))
    ran = dropcap("publish", "--to", "posts/", tmp_path / "morning.md")
    assert (0, "") == (ran.code, ran.error)
    assert ran.output.startswith(f"posts/morning.md: It is published.\nIt is here: {dev.site}/morning/\n")
    assert "newsletter" in ran.output
    assert "Good morning." in get(f"{dev.site}/morning/").text
    again = dropcap("publish", "--to", "posts/", tmp_path / "morning.md")
    assert (0, ran.output) == (again.code, again.output)


def test_publish_tells_what_is_wrong_and_where(dropcap: CommandLine, tmp_path: Path) -> None:
    """Several files at once, as JSON: the good ones are published, and the exit code says that one is not."""
    (tmp_path / "good.md").write_text(TODAY.format(title="Good"))
    (tmp_path / "bad.md").write_text("---\ntitle: [\n---\nNever closed.\n")
    ran = dropcap("publish", "--json", "--to", "posts/", tmp_path / "bad.md", tmp_path / "good.md")
    told = {Path(one["path"]).name: one for one in ran.account["files"]}
    assert (1, 1, 1) == (ran.code, ran.account["published"], ran.account["refused"])
    assert {"good.md": "published", "bad.md": "refused"} == {name: one["outcome"] for name, one in told.items()}
    assert ("---", 1) == (told["bad.md"]["errors"][0]["source"], told["bad.md"]["errors"][0]["caret"])
    assert "posts/bad.md:3:1: error:" in dropcap("publish", "--to", "posts/", tmp_path / "bad.md").output


def test_publish_places_a_file_by_its_folder(dropcap: CommandLine, dev: Running, folder: Path) -> None:
    """Within a site no option says where it goes: a draft stays a draft, with a link to show to a friend."""
    (folder / "drafts").mkdir()
    (folder / "drafts/idea.md").write_text(TODAY.format(title="An idea"))
    ran = dropcap("publish", folder / "drafts/idea.md")
    assert (0, True) == (ran.code, ran.output.startswith("drafts/idea.md: It is a draft"))
    (preview,) = re.findall(rf"{dev.site}(/preview/\S+)", ran.output)
    assert "Good morning." in get(f"{dev.site}{preview}").text


def test_publish_says_who_has_the_address(dropcap: CommandLine, tmp_path: Path) -> None:
    """That is an answer too, and not a good one."""
    (tmp_path / "other.md").write_text("---\ntitle: Other\ndate: 2025-03-20\nslug: naps\n---\nText.\n")
    ran = dropcap("publish", "--to", "posts/", tmp_path / "other.md")
    assert (1, True) == (ran.code, "posts/naps.md has its address" in ran.output)


def test_status_lists_what_became_of_everything(dropcap: CommandLine, dev: Running, tmp_path: Path) -> None:
    """One line a source; a prefix, an outcome or a single name narrow it down."""
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
    one = dropcap("status", "status/wrong.md")
    assert (1, True) == (one.code, "status/wrong.md:3:1: error:" in one.output)
    assert (1, "Nothing in the bucket is called posts/none.md.\n") == (
        (gone := dropcap("status", "posts/none.md")).code,
        gone.output,
    )


def test_restore_brings_back_what_a_wrong_sync_removed(dropcap: CommandLine, dev: Running, tmp_path: Path) -> None:
    """Shown before; then the pages stand again, and what exists by now is left alone."""
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
    assert (0, True) == (done.code, "Brought back: 2 of 2." in done.output)
    soon(lambda: 200 == get(f"{dev.site}/one/").status)
    assert "Nothing that was removed is left" in dropcap("restore", "lost").output


def test_a_held_newsletter_is_listed_and_let_go(dropcap: CommandLine, tmp_path: Path) -> None:
    """A copy of a post is held; its author reads why, the operator lets it go by the source's name, and once."""
    assert (0, "0 held.\n") == ((listed := dropcap("issues")).code, listed.output)
    post = f"---\ntitle: News\ndate: {datetime.now(ZoneInfo('Europe/Berlin')).date()}\nslug: {{}}\n---\nGood news.\n"
    for name in ("first", "copy"):
        (tmp_path / f"{name}.md").write_text(post.format(name))
    assert "Its newsletter goes out on" in dropcap("publish", "--to", "news/", tmp_path / "first.md").output
    held = dropcap("publish", "--to", "news/", tmp_path / "copy.md").output
    assert "Its newsletter is held until the operator has looked at it: it has the same text as news/first.md" in held
    assert ["news/copy.md"] == [one["key"] for one in dropcap("issues", "--json").account["issues"]]
    assert (0, "news/copy.md: its newsletter goes out now.\n") == (
        (let := dropcap("issues", "release", "news/copy.md")).code,
        let.output,
    )
    soon(lambda: "Its newsletter went to nobody" in dropcap("status", "news/copy.md").output)
    assert 1 == dropcap("issues", "release", "news/copy.md").code
    assert 2 == dropcap("issues", "release").code


def test_a_local_cloud_is_forgotten_when_it_ends(tmp_path: Path) -> None:
    """Nothing is left in the runtime folder."""
    with running("dev", site_folder(tmp_path, *GOOD)) as served:
        assert 1 == len(list((served.runtime / "dropcap").iterdir()))
        assert (0, "") == served.end(signal.SIGTERM)
        assert [] == list((served.runtime / "dropcap").iterdir())
