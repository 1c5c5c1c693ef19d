"""`dropcap build` lists every file and writes the site to a folder."""

import re
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from dropcap_cli.outcomes import REPORT_FIELDS
from support.site_folders import GOOD, OUTCOMES, CommandLine, files_in, site_folder

DAY = "2025-03-20"


def test_json_lists_every_file_with_its_outcome(dropcap: CommandLine, tmp_path: Path) -> None:
    """Each file once, and nothing else on standard output."""
    ran = dropcap("build", site_folder(tmp_path), tmp_path / "out", "--json", "--now", DAY)
    assert OUTCOMES == {file["path"]: file["outcome"] for file in ran.account["files"]}
    contract = {"path", "outcome", "url", "errors", "warnings"}
    assert [] == [file["path"] for file in ran.account["files"] if contract | set(REPORT_FIELDS) != file.keys()]


def test_json_counts_every_outcome(dropcap: CommandLine, tmp_path: Path) -> None:
    """Outcomes without a file are counted too."""
    counted = dropcap("build", site_folder(tmp_path), tmp_path / "out", "--json", "--now", DAY).account
    names = ("published", "draft", "scheduled", "expired", "waiting", "refused", "failed", "ignored")
    assert [3, 1, 0, 0, 1, 1, 0, 2] == [counted[name] for name in names]


def test_now_decides_which_posts_are_published(dropcap: CommandLine, tmp_path: Path) -> None:
    """Scheduled and expired posts are listed with their time, and are not in the site."""
    site = site_folder(tmp_path, *GOOD)
    (site / "posts/soon.md").write_text("---\ntitle: Soon\ndate: 2025-04-01\n---\nWait.\n")
    (site / "posts/over.md").write_text("---\ntitle: Over\ndate: 2025-01-01\nexpires: 2025-02-01\n---\nGone.\n")
    ran = dropcap("build", site, tmp_path / "out", "--json", "--now", DAY)
    times = {file["path"]: (file["outcome"], file["publishes"], file["expires"]) for file in ran.account["files"]}
    assert (0, 1, 1) == (ran.code, ran.account["scheduled"], ran.account["expired"])
    assert ("scheduled", "2025-04-01T00:00:00+02:00", None) == times["posts/soon.md"]
    assert ("expired", None, "2025-02-01T00:00:00+01:00") == times["posts/over.md"]
    assert not (tmp_path / "out/soon").exists()
    assert (
        "posts/soon.md: scheduled, appears 2025-04-01T00:00:00+02:00"
        in dropcap("build", site, tmp_path / "out", "--now", DAY).output
    )


def test_a_file_that_is_not_published_has_a_reason(dropcap: CommandLine, tmp_path: Path) -> None:
    """A file that waits or is ignored has a warning, and a refused one an error with its line."""
    files = dropcap("build", site_folder(tmp_path), tmp_path / "out", "--json", "--now", DAY).account["files"]
    by_path = {file["path"]: file for file in files}
    assert "https://quiet.example/naps/" == by_path["posts/naps.md"]["url"]
    assert by_path["posts/broken.md"]["errors"][0]["line"]
    for path in ("posts/later.md", "posts/photo.xyz", ".hidden"):
        assert by_path[path]["warnings"][0]["remedy"], path


def test_a_refused_file_sets_exit_code_1(dropcap: CommandLine, tmp_path: Path) -> None:
    """And the output names the file."""
    ran = dropcap("build", site_folder(tmp_path), tmp_path / "out", "--now", DAY)
    assert 1 == ran.code
    assert "posts/broken.md: refused" in ran.output


def test_published_files_set_exit_code_0(dropcap: CommandLine, tmp_path: Path) -> None:
    """The site is in OUT, one file per page."""
    ran = dropcap("build", site_folder(tmp_path, *GOOD), tmp_path / "out", "--now", DAY)
    assert 0 == ran.code, ran.output
    assert b"<strong>enough</strong>" in (tmp_path / "out/naps/index.html").read_bytes()
    assert b"Why naps work" in (tmp_path / "out/2025/03/index.html").read_bytes()


def test_a_folder_without_settings_is_a_site(dropcap: CommandLine, tmp_path: Path) -> None:
    """Posts alone are published with the default settings."""
    ran = dropcap("build", site_folder(tmp_path, "posts/naps.md") / "posts", tmp_path / "out", "--json", "--now", DAY)
    assert [("naps.md", "published")] == [(file["path"], file["outcome"]) for file in ran.account["files"]]


@pytest.mark.parametrize("seed", ["1", "20"])
def test_injected_faults_change_no_byte(dropcap: CommandLine, tmp_path: Path, seed: str) -> None:
    """Events that come twice, late and out of order make the same site, also the day of an undated note."""
    site = site_folder(tmp_path)
    (site / "posts/undated.md").write_text("Just a note.\n")
    dropcap("build", site, tmp_path / "plain", "--now", DAY)
    dropcap("build", site, tmp_path / "faults", "--now", DAY, "--inject-faults", seed)
    assert files_in(tmp_path / "plain") == files_in(tmp_path / "faults")


def test_a_scheduled_post_is_not_in_the_site(dropcap: CommandLine, tmp_path: Path) -> None:
    """It stays scheduled although mails advance the clock, and its preview is not written."""
    site, readers = site_folder(tmp_path, *GOOD), tmp_path / "readers.csv"
    readers.write_text("email\nada@example.org\n")
    (site / "posts/later.md").write_text("---\ndate: 2026-09-01 10:05 +02:00\n---\nNot yet.\n")
    ran = dropcap(
        "build", site, tmp_path / "out", "--json", "--now", "2026-09-01T10:00+02:00", "--subscribers", readers,
        "--mail", tmp_path / "mail",
    )  # fmt: skip
    assert ["posts/later.md"] == [file["path"] for file in ran.account["files"] if file["outcome"] == "scheduled"]
    assert [] == [name for name in files_in(tmp_path / "out") if "later" in name or "preview" in name]


def test_subscribers_get_the_posts_since_a_day_by_mail(dropcap: CommandLine, tmp_path: Path) -> None:
    """Each subscriber once, whatever the clock says; the mails are files that a mail program opens."""
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
        (mail["To"], mail["Subject"]) for mail in mails
    }
    assert 2 == ran.account["mails"]
    assert all(mail["List-Unsubscribe"].startswith("<https://quiet.example/api/unsubscribe") for mail in mails)


def test_a_mail_links_to_posts_that_were_uploaded_after_it(dropcap: CommandLine, tmp_path: Path) -> None:
    """As on a stack, where the grace period gives the other files their time."""
    site, readers = tmp_path / "site", tmp_path / "readers.csv"
    site.mkdir()
    (site / "a.md").write_text("---\ntitle: A\ndate: 2025-03-15\n---\nSee [[b]] and ![a drawing](z.svg).\n")
    (site / "b.md").write_text("---\ntitle: B\ndate: 2025-03-15\n---\nSee [a](a.md).\n")
    (site / "z.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>')
    readers.write_text("email\nada@example.org\n")
    mail = ("--subscribers", readers, "--mail-since", "2025-03-15", "--mail", tmp_path / "mail")
    assert 0 == dropcap("build", site, tmp_path / "out", "--now", DAY, *mail).code
    html = {}
    for place in (tmp_path / "mail").glob("*.eml"):
        *_, part = (sent := message_from_bytes(place.read_bytes(), policy=policy.default)).iter_parts()
        html[sent["Subject"]] = part.get_content()
    assert ["/b/", "/a/"] == [re.findall(r'href="https?://[^/"]*(/[ab]/)"[^>]*>[ab]<', html[of])[0] for of in "AB"]
    assert "z.svg" not in html["A"]


def test_a_second_build_removes_only_what_the_first_wrote(dropcap: CommandLine, tmp_path: Path) -> None:
    """A removed post is gone from OUT, and a file that the user added stays."""
    site, out = site_folder(tmp_path, *GOOD), tmp_path / "out"
    dropcap("build", site, out, "--now", DAY)
    (out / "CNAME").write_text("quiet.example\n")
    (site / "posts/walks.md").unlink()
    dropcap("build", site, out, "--now", DAY)
    assert not (out / "walks").exists()
    assert (out / "naps/index.html").is_file()
    assert "quiet.example\n" == (out / "CNAME").read_text()


def test_a_build_mails_more_posts_than_the_hourly_limit(dropcap: CommandLine, tmp_path: Path) -> None:
    """In a build all posts appear at once; a post that is like another one is held all the same."""
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


def test_a_new_site_is_built_without_an_error(dropcap: CommandLine, tmp_path: Path) -> None:
    """A post, a page and settings: every file is published, and no function logs an error."""
    dropcap("new", "site", tmp_path / "site")
    ran = dropcap("build", tmp_path / "site", tmp_path / "out")
    assert (0, "") == (ran.code, ran.error)
    assert "3 files: 3 published" in ran.output
    assert (tmp_path / "out/about/index.html").is_file()
