"""`dropcap check`: what an upload would say, without one."""

from pathlib import Path

from support.site_folders import CommandLine, site_folder


def test_a_good_file_would_be_published(dropcap: CommandLine, tmp_path: Path) -> None:
    """The address is that of the site whose settings stand above the file."""
    ran = dropcap("check", site_folder(tmp_path) / "posts/naps.md")
    assert 0 == ran.code
    assert "https://quiet.example/naps/" in ran.output


def test_a_bad_file_is_told_with_its_line(dropcap: CommandLine, tmp_path: Path) -> None:
    """The exit code says so too."""
    ran = dropcap("check", site_folder(tmp_path) / "posts/broken.md")
    assert 1 == ran.code
    assert "posts/broken.md:3" in ran.output


def test_several_files_are_told_as_json(dropcap: CommandLine, tmp_path: Path) -> None:
    """In the shape of a build's account: settings, drafts and what is ignored included."""
    site = site_folder(tmp_path)
    files = [site / "site.yaml", site / "posts/idea.md", site / "posts/photo.xyz", site / "posts/broken.md"]
    ran = dropcap("check", "--json", *files)
    assert ["published", "draft", "ignored", "refused"] == [one["outcome"] for one in ran.account["files"]]
    assert 1 == ran.account["refused"]


def test_a_file_that_cannot_be_read_is_wrong_use(dropcap: CommandLine, tmp_path: Path) -> None:
    """A name with a slip in it is not a refused upload."""
    ran = dropcap("check", tmp_path / "nothing.md")
    assert 2 == ran.code
    assert "nothing.md cannot be read" in ran.error


def test_the_clock_decides_whether_a_post_appears(dropcap: CommandLine, tmp_path: Path) -> None:
    """Scheduled, published, expired: at the minute that the site's time zone says, and told in it."""
    site = site_folder(tmp_path)
    (site / "posts/sale.md").write_text("---\ntitle: Sale\ndate: 2026-07-01 09:00\nexpires: 2026-08-01\n---\nBuy.\n")
    told = {
        day: dropcap("check", "--now", day, site / "posts/sale.md")
        for day in ("2026-06-30", "2026-07-02", "2026-09-01")
    }
    assert [0, 0, 0] == [ran.code for ran in told.values()]
    assert "it appears on 1 July 2026 at 09:00 (Europe/Berlin)" in told["2026-06-30"].output
    assert "It is here: https://quiet.example/sale/\nIt goes on 1 August 2026" in told["2026-07-02"].output
    assert "It has expired on 1 August 2026 at 00:00 (Europe/Berlin)" in told["2026-09-01"].output
    ran = dropcap("check", "--json", "--now", "2026-06-30", site / "posts/sale.md")
    assert ("scheduled", "2026-07-01T09:00:00+02:00") == (
        ran.account["files"][0]["outcome"],
        ran.account["files"][0]["publishes"],
    )
