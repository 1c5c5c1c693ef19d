"""An imported site is published with its old URLs as redirects, and its drafts stay private."""

from pathlib import Path

from support import exports
from support.site_folders import CommandLine, files_in


def test_an_imported_site_is_published(dropcap: CommandLine, tmp_path: Path) -> None:
    """WordPress: the post, its page, and a redirect from the old URL; no trace of the private post."""
    site, out = tmp_path / "site", tmp_path / "out"
    dropcap("import", "wordpress", exports.wordpress(tmp_path), site, "--no-download")
    ran = dropcap("build", site, out, "--json", "--now", "2026-01-01")
    outcomes = {file["path"]: (file["outcome"], file["url"]) for file in ran.account["files"]}
    assert 0 == ran.code, ran.output
    assert "published" == outcomes["posts/naps.md"][0]
    assert str(outcomes["posts/naps.md"][1]).endswith("/naps/")
    assert "draft" == outcomes["posts/private.md"][0]
    assert "Naps &amp; walks" in (out / "naps/index.html").read_text()
    assert (out / "2025/03/naps/index.html").is_file()
    assert [] == [name for name, body in files_in(out).items() if b"Only me." in body]


def test_imported_pictures_are_shown(dropcap: CommandLine, tmp_path: Path) -> None:
    """Ghost: the picture of the export is published with the post, without a warning."""
    site, out = tmp_path / "site", tmp_path / "out"
    dropcap("import", "ghost", exports.ghost(tmp_path), site)
    ran = dropcap("build", site, out, "--json", "--now", "2026-01-01")
    (post,) = [file for file in ran.account["files"] if file["path"] == "posts/naps.md"]
    assert ("published", []) == (post["outcome"], [warning["message"] for warning in post["warnings"]])
    assert "<figcaption>In winter</figcaption>" in (out / "naps/index.html").read_text()
