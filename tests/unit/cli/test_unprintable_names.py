"""File names with bytes that are not UTF-8: Linux allows them, and no command may fail while it prints one."""

import os
from pathlib import Path

from support.site_folders import CommandLine

NAME = os.fsdecode(b"b\xff.md")


def test_a_name_that_is_not_utf8_is_printed_as_an_escape(dropcap: CommandLine, tmp_path: Path) -> None:
    """In the report and in JSON, where that is the escape of the same character."""
    (tmp_path / NAME).write_text("A note.\n")
    report = dropcap("check", tmp_path / NAME)
    assert (1, True) == (report.code, "b\\udcff.md: error: The file's name has an invisible character" in report.output)
    files = dropcap("check", "--json", tmp_path / NAME).account["files"]
    assert [NAME] == [Path(file["path"]).name for file in files]


def test_an_export_with_such_a_name_that_does_not_exist_is_wrong_use(dropcap: CommandLine, tmp_path: Path) -> None:
    """The sentence names it."""
    ran = dropcap("import", "wordpress", tmp_path / NAME, tmp_path / "site")
    assert (2, True) == (ran.code, f"{tmp_path}/b\\udcff.md does not exist." in ran.error)
