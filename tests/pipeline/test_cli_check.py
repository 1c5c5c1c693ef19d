"""`dropcap check` validates files without uploading them."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dropcap.steps.render import source
from support.crash_points import PATIENCE
from support.site_folders import CommandLine, site_folder


def test_a_valid_file_gets_its_url(dropcap: CommandLine, tmp_path: Path) -> None:
    """The URL is that of the site above the file."""
    ran = dropcap("check", site_folder(tmp_path) / "posts/naps.md")
    assert 0 == ran.code
    assert "https://quiet.example/naps/" in ran.output


def test_an_invalid_file_gets_an_error_with_its_line(dropcap: CommandLine, tmp_path: Path) -> None:
    """And exit code 1."""
    ran = dropcap("check", site_folder(tmp_path) / "posts/broken.md")
    assert 1 == ran.code
    assert "posts/broken.md:3" in ran.output


def test_a_mail_that_gmail_would_cut_is_a_warning(
    dropcap: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its size and the remedy, which then holds: an excerpt is short."""
    monkeypatch.setattr(source, "SECONDS", PATIENCE)
    file = site_folder(tmp_path) / "posts/long.md"
    text = "---\ntitle: Long\ndate: {}\n{}---\n" + "A sentence, and another one.\n\n" * 3_000
    file.write_text(text.format(f"{datetime.now(UTC):%Y-%m-%d}", ""))
    ran = dropcap("check", file)
    assert 0 == ran.code
    assert re.search(r"The mail of this post has about 1\d\d KB\. Gmail cuts mails after 102 KB\.", ran.output)
    file.write_text(text.format(f"{datetime.now(UTC):%Y-%m-%d}", "newsletter: excerpt\n"))
    assert "Gmail" not in dropcap("check", file).output


def test_json_has_the_shape_of_a_build(dropcap: CommandLine, tmp_path: Path) -> None:
    """Also for settings, drafts and ignored files."""
    site = site_folder(tmp_path)
    files = [site / "site.yaml", site / "posts/idea.md", site / "posts/photo.xyz", site / "posts/broken.md"]
    ran = dropcap("check", "--json", *files)
    assert ["published", "draft", "ignored", "refused"] == [file["outcome"] for file in ran.account["files"]]
    assert 1 == ran.account["refused"]


def test_a_missing_file_is_wrong_use(dropcap: CommandLine, tmp_path: Path) -> None:
    """A mistyped name is not a refused file; a similar name is suggested."""
    (tmp_path / "nothings.md").touch()
    ran = dropcap("check", tmp_path / "nothing.md")
    assert 2 == ran.code
    assert "nothing.md does not exist" in ran.error
    assert f"Did you mean {tmp_path}/nothings.md?" in ran.error


def test_now_decides_between_scheduled_published_and_expired(dropcap: CommandLine, tmp_path: Path) -> None:
    """In the time zone of the site."""
    site = site_folder(tmp_path)
    (site / "posts/sale.md").write_text("---\ntitle: Sale\ndate: 2026-07-01 09:00\nexpires: 2026-08-01\n---\nBuy.\n")
    reports = {
        day: dropcap("check", "--now", day, site / "posts/sale.md")
        for day in ("2026-06-30", "2026-07-02", "2026-09-01")
    }
    assert [0, 0, 0] == [ran.code for ran in reports.values()]
    assert "it appears on 1 July 2026 at 09:00 (Europe/Berlin)" in reports["2026-06-30"].output
    assert "Address: https://quiet.example/sale/\nIt expires on 1 August 2026" in reports["2026-07-02"].output
    assert "Expired on 1 August 2026 at 00:00 (Europe/Berlin)" in reports["2026-09-01"].output
    ran = dropcap("check", "--json", "--now", "2026-06-30", site / "posts/sale.md")
    assert ("scheduled", "2026-07-01T09:00:00+02:00") == (
        ran.account["files"][0]["outcome"],
        ran.account["files"][0]["publishes"],
    )


def test_a_folder_is_checked_as_a_site(dropcap: CommandLine, tmp_path: Path) -> None:
    """Every file that a build would upload, with the settings of the folder; the text explains the refused ones."""
    site = site_folder(tmp_path)
    ran = dropcap("check", "--json", site)
    outcomes = {Path(file["path"]).relative_to(site).as_posix(): file["outcome"] for file in ran.account["files"]}
    assert {"posts/naps.md": "published", "posts/broken.md": "refused", "posts/idea.md": "draft"}.items() <= (
        outcomes.items()
    )
    assert 1 == ran.code
    text = dropcap("check", site)
    assert (1, True) == (text.code, "posts/broken.md: refused" in text.output)


def test_a_file_of_a_folder_that_is_not_uploaded_is_ignored(dropcap: CommandLine, tmp_path: Path) -> None:
    """By a check and a dry run as by a build, with the reason."""
    site = site_folder(tmp_path)
    for command in (("check",), ("publish", "--dry-run")):
        account = dropcap(*command, "--json", site).account
        reasons = {file["path"]: file["warnings"] for file in account["files"] if file["outcome"] == "ignored"}
        assert "starts with a dot" in str(reasons[str(site / ".hidden")])
        assert len(reasons) == account["ignored"]
    assert f"{site / '.hidden'}: ignored" in dropcap("check", site).output


def test_a_dry_run_of_publish_needs_no_bucket(dropcap: CommandLine, tmp_path: Path) -> None:
    """It prints the keys and the reports, and uploads nothing."""
    site = site_folder(tmp_path)
    ran = dropcap("publish", "--dry-run", "--json", site)
    assert {"site.yaml", "posts/naps.md", "posts/broken.md"} <= {file["path"] for file in ran.account["files"]}
    assert 1 == ran.code
    idea = dropcap("publish", "--dry-run", "--to", "drafts/", "--json", site / "posts/naps.md")
    assert [("drafts/naps.md", "draft")] == [(file["path"], file["outcome"]) for file in idea.account["files"]]
