"""`dropcap` used in a wrong way: exit code 2, a sentence that says what to do, and nothing touched."""

from pathlib import Path

import pytest

from dropcap_cli.arguments import COMMANDS
from support.site_folders import GOOD, CommandLine, site_folder


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("publish",),
        ("build", "only-one"),
        ("build", "a", "b", "--now", "soon"),
        ("build", "a", "b", "--unkind", "x"),
    ],
)
def test_what_cannot_be_parsed_is_wrong_use(dropcap: CommandLine, arguments: tuple[str, ...]) -> None:
    """A command that does not exist, an argument too few, a time that is none."""
    ran = dropcap(*arguments)
    assert 2 == ran.code
    assert "usage: dropcap" in ran.error


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_helps_with_an_example(dropcap: CommandLine, command: str) -> None:
    """`--help` shows a line to type."""
    ran = dropcap(command, "--help")
    assert 0 == ran.code
    assert f"  dropcap {command}" in ran.output


def test_a_site_that_is_no_folder_is_wrong_use(dropcap: CommandLine, tmp_path: Path) -> None:
    """Nothing is written for it."""
    assert 2 == dropcap("build", tmp_path / "nowhere", tmp_path / "out").code
    assert not (tmp_path / "out").exists()


def test_a_folder_of_somebody_else_is_not_written_to(dropcap: CommandLine, tmp_path: Path) -> None:
    """A slip of the hand must not cost a folder of photographs."""
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/one.jpg").write_bytes(b"jpg")
    ran = dropcap("build", site_folder(tmp_path, *GOOD), tmp_path / "photos")
    assert 2 == ran.code
    assert "not empty" in ran.error
    assert ["one.jpg"] == [place.name for place in (tmp_path / "photos").iterdir()]


@pytest.mark.parametrize("out", ["site", "site/public", "."])
def test_a_site_is_not_built_into_itself(dropcap: CommandLine, tmp_path: Path, out: str) -> None:
    """What is written would be published by the next build."""
    site = site_folder(tmp_path / "parent", *GOOD)
    assert 2 == dropcap("build", site, site.parent / out).code


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("email\nada@example.org\n\nnot an address\n", ":4: 'not an address'"),
        ('email\n"a@example.org, b@example.org"\n', ":2:"),
        ("mail\nada@example.org\n", ":1: there is no column `email`"),
        ("", ":1: there is no column `email`"),
    ],
)
def test_a_bad_line_among_the_readers_is_named(dropcap: CommandLine, tmp_path: Path, text: str, says: str) -> None:
    """Whoever keeps the list finds the line at once."""
    readers = tmp_path / "readers.csv"
    readers.write_text(text)
    ran = dropcap("build", site_folder(tmp_path, *GOOD), tmp_path / "out", "--subscribers", readers)
    assert 2 == ran.code
    assert says in ran.error
