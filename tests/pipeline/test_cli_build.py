"""`dropcap build`: every file is accounted for, and the site stands in a folder."""

from email import message_from_bytes, policy
from pathlib import Path

import pytest

from dropcap_cli.outcomes import MORE
from support.site_folders import GOOD, OUTCOMES, CommandLine, files_in, site_folder

DAY = "2025-03-20"


def test_every_file_has_its_outcome_in_the_account(dropcap: CommandLine, tmp_path: Path) -> None:
    """The JSON names each file once, with what became of it, and standard output holds nothing else."""
    ran = dropcap("build", site_folder(tmp_path), tmp_path / "out", "--json", "--now", DAY)
    assert OUTCOMES == {one["path"]: one["outcome"] for one in ran.account["files"]}
    contract = {"path", "outcome", "url", "errors", "warnings"}
    assert [] == [one["path"] for one in ran.account["files"] if contract | set(MORE) != one.keys()]


def test_the_account_counts_every_outcome(dropcap: CommandLine, tmp_path: Path) -> None:
    """A program reads how many there are of each, those of which there are none too."""
    counted = dropcap("build", site_folder(tmp_path), tmp_path / "out", "--json", "--now", DAY).account
    names = ("published", "draft", "scheduled", "expired", "waiting", "refused", "failed", "ignored")
    assert [3, 1, 0, 0, 1, 1, 0, 2] == [counted[name] for name in names]


def test_the_clock_decides_what_a_build_shows(dropcap: CommandLine, tmp_path: Path) -> None:
    """What is yet to come and what is over are counted as such, say when, and are not in the site."""
    site = site_folder(tmp_path, *GOOD)
    (site / "posts/soon.md").write_text("---\ntitle: Soon\ndate: 2025-04-01\n---\nWait.\n")
    (site / "posts/over.md").write_text("---\ntitle: Over\ndate: 2025-01-01\nexpires: 2025-02-01\n---\nGone.\n")
    ran = dropcap("build", site, tmp_path / "out", "--json", "--now", DAY)
    told = {one["path"]: (one["outcome"], one["publishes"], one["expires"]) for one in ran.account["files"]}
    assert (0, 1, 1) == (ran.code, ran.account["scheduled"], ran.account["expired"])
    assert ("scheduled", "2025-04-01T00:00:00+02:00", None) == told["posts/soon.md"]
    assert ("expired", None, "2025-02-01T00:00:00+01:00") == told["posts/over.md"]
    assert not (tmp_path / "out/soon").exists()
    assert (
        "posts/soon.md: scheduled, appears 2025-04-01T00:00:00+02:00"
        in dropcap("build", site, tmp_path / "out", "--now", DAY).output
    )


def test_a_file_that_is_not_published_has_a_reason(dropcap: CommandLine, tmp_path: Path) -> None:
    """Whoever waits, was refused or was ignored learns why, and a refusal names the line."""
    files = dropcap("build", site_folder(tmp_path), tmp_path / "out", "--json", "--now", DAY).account["files"]
    told = {one["path"]: one for one in files}
    assert "https://quiet.example/naps/" == told["posts/naps.md"]["url"]
    assert told["posts/broken.md"]["errors"][0]["line"]
    for path in ("posts/later.md", "posts/photo.xyz", ".hidden"):
        assert told[path]["warnings"][0]["remedy"], path


def test_a_bad_file_makes_the_exit_code_one(dropcap: CommandLine, tmp_path: Path) -> None:
    """A script sees that something was refused, and people read what and why."""
    ran = dropcap("build", site_folder(tmp_path), tmp_path / "out", "--now", DAY)
    assert 1 == ran.code
    assert "posts/broken.md: refused" in ran.output


def test_good_files_make_the_exit_code_zero(dropcap: CommandLine, tmp_path: Path) -> None:
    """The site stands in OUT, an address a file."""
    ran = dropcap("build", site_folder(tmp_path, *GOOD), tmp_path / "out", "--now", DAY)
    assert 0 == ran.code, ran.output
    assert b"<strong>enough</strong>" in (tmp_path / "out/naps/index.html").read_bytes()
    assert b"Why naps work" in (tmp_path / "out/2025/03/index.html").read_bytes()


def test_a_folder_without_settings_is_a_site(dropcap: CommandLine, tmp_path: Path) -> None:
    """A folder of posts only is published as it is."""
    ran = dropcap("build", site_folder(tmp_path, "posts/naps.md") / "posts", tmp_path / "out", "--json", "--now", DAY)
    assert [("naps.md", "published")] == [(one["path"], one["outcome"]) for one in ran.account["files"]]


@pytest.mark.parametrize("seed", ["1", "20"])
def test_unkind_delivery_changes_no_byte(dropcap: CommandLine, tmp_path: Path, seed: str) -> None:
    """Twice, late and out of order: the same site comes of it, an undated note's day included."""
    site = site_folder(tmp_path)
    (site / "posts/undated.md").write_text("Just a note.\n")
    dropcap("build", site, tmp_path / "kind", "--now", DAY)
    dropcap("build", site, tmp_path / "unkind", "--now", DAY, "--unkind", seed)
    assert files_in(tmp_path / "kind") == files_in(tmp_path / "unkind")


def test_what_is_to_appear_later_is_not_in_a_build(dropcap: CommandLine, tmp_path: Path) -> None:
    """It stays scheduled although mails take the clock on, and no preview is handed out."""
    site, readers = site_folder(tmp_path, *GOOD), tmp_path / "readers.csv"
    readers.write_text("email\nada@example.org\n")
    (site / "posts/later.md").write_text("---\ndate: 2026-09-01 10:05 +02:00\n---\nNot yet.\n")
    ran = dropcap(
        "build", site, tmp_path / "out", "--json", "--now", "2026-09-01T10:00+02:00", "--subscribers", readers,
        "--mail", tmp_path / "mail",
    )  # fmt: skip
    assert ["posts/later.md"] == [one["path"] for one in ran.account["files"] if one["outcome"] == "scheduled"]
    assert [] == [name for name in files_in(tmp_path / "out") if "later" in name or "preview" in name]


def test_readers_get_the_posts_since_a_day_as_mail(dropcap: CommandLine, tmp_path: Path) -> None:
    """Posts since then are news whatever the clock says, for each reader of the file, as files a mail program opens."""
    readers = tmp_path / "readers.csv"
    readers.write_text("name,email\nAda,ada@example.org\nBob,Bob@Example.org\nBob again,bob@example.org\n")
    ran = dropcap(
        "build", site_folder(tmp_path, *GOOD), tmp_path / "out", "--json", "--now", "2026-09-01T10:00+02:00",
        "--subscribers", readers, "--mail-since", "2025-03-15", "--mail", tmp_path / "mail",
    )  # fmt: skip
    mails = [
        message_from_bytes(place.read_bytes(), policy=policy.default) for place in (tmp_path / "mail").glob("*.eml")
    ]
    assert {("ada@example.org", "Walks"), ("Bob@example.org", "Walks")} == {
        (one["To"], one["Subject"]) for one in mails
    }
    assert 2 == ran.account["mails"]
    assert all(one["List-Unsubscribe"].startswith("<https://quiet.example/api/unsubscribe") for one in mails)


def test_a_second_build_takes_away_only_what_the_first_wrote(dropcap: CommandLine, tmp_path: Path) -> None:
    """A removed post is gone from OUT, and a file that somebody put beside it stays."""
    site, out = site_folder(tmp_path, *GOOD), tmp_path / "out"
    dropcap("build", site, out, "--now", DAY)
    (out / "CNAME").write_text("quiet.example\n")
    (site / "posts/walks.md").unlink()
    dropcap("build", site, out, "--now", DAY)
    assert not (out / "walks").exists()
    assert (out / "naps/index.html").is_file()
    assert "quiet.example\n" == (out / "CNAME").read_text()


def test_more_posts_than_an_hour_may_have_are_all_mailed(dropcap: CommandLine, tmp_path: Path) -> None:
    """In a build they all appear at once; one that is like another is held all the same."""
    site = tmp_path / "site"
    site.mkdir()
    for number in range(5):
        text = f"---\ntitle: Number {number}\ndate: 2025-03-0{number + 1}\n---\nText {number}.\n"
        (site / f"post-{number}.md").write_text(text)
    (site / "copy.md").write_text("---\ntitle: Number 4\ndate: 2025-03-05\nslug: copy\n---\nAnother text.\n")
    (tmp_path / "readers.csv").write_text("email\nada@example.org\n")
    mail = ("--subscribers", tmp_path / "readers.csv", "--mail-since", "2025-03-01", "--mail", tmp_path / "mail")
    ran = dropcap("build", site, tmp_path / "out", "--json", "--now", DAY, *mail)
    assert 5 == ran.account["mails"]
    assert 5 == len(list((tmp_path / "mail").glob("*.eml")))
