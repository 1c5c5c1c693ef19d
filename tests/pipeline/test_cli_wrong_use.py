"""Wrong use of `dropcap`: exit code 2, a sentence that says what to correct, and nothing changed."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from dropcap_cli.arguments import COMMANDS
from dropcap_cli.cli import LOCAL_PACKAGES
from support.site_folders import GOOD, CommandLine, site_folder


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("publish",),
        ("build", "only-one"),
        ("build", "a", "b", "--now", "soon"),
        ("build", "a", "b", "--inject-faults", "x"),
        ("dev", ".", "--port", "70000"),
        ("status", "--endpoint-url", "http://["),
        ("status", "--endpoint-url", "127.0.0.1:4002"),
        ("status", "--endpoint-url", "http://127.0.0.1:port"),
        ("import", "ghost", "export.json", "notes", "--old-url", "example.org"),
    ],
)
def test_arguments_that_cannot_be_parsed_are_wrong_use(dropcap: CommandLine, arguments: tuple[str, ...]) -> None:
    """No command, a missing argument, or a value that is not a time."""
    ran = dropcap(*arguments)
    assert 2 == ran.code
    assert "usage: dropcap" in ran.error


def test_version_prints_the_installed_version(dropcap: CommandLine) -> None:
    """As package metadata has it."""
    assert (0, f"dropcap {version('dropcap')}\n") == ((ran := dropcap("--version")).code, ran.output)


@pytest.mark.parametrize(
    ("arguments", "needs"), [(("demo",), True), (("build", ".", "out"), True), (("check", "."), False)]
)
def test_a_missing_extra_is_explained(tmp_path: Path, arguments: tuple[str, ...], *, needs: bool) -> None:
    """Without the packages of the extra `local`, its commands name it; the others work."""
    hide = "; ".join(f"sys.modules[{name!r}] = None" for name in (*sorted(LOCAL_PACKAGES), "rich"))
    code = f"import sys; {hide}; from dropcap_cli.cli import main; sys.exit(main({list(arguments)!r}))"
    (tmp_path / "naps.md").write_text("Twenty are enough.\n")
    ran = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": ":".join(sys.path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ((2, True) if needs else (0, False)) == (ran.returncode, "constraints.txt 'dropcap[local]'" in ran.stderr)
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_the_help_of_every_command_has_an_example(dropcap: CommandLine, command: str) -> None:
    """A line that can be typed."""
    ran = dropcap(command, "--help")
    assert 0 == ran.code
    assert f"  dropcap {command}" in ran.output


def test_a_missing_site_folder_is_wrong_use(dropcap: CommandLine, tmp_path: Path) -> None:
    """Nothing is written."""
    assert 2 == dropcap("build", tmp_path / "nowhere", tmp_path / "out").code
    assert not (tmp_path / "out").exists()


def test_a_folder_with_other_files_is_not_written_to(dropcap: CommandLine, tmp_path: Path) -> None:
    """A mistyped name must not cost a folder of photographs."""
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/one.jpg").write_bytes(b"jpg")
    ran = dropcap("build", site_folder(tmp_path, *GOOD), tmp_path / "photos")
    assert 2 == ran.code
    assert "not empty" in ran.error
    assert ["one.jpg"] == [path.name for path in (tmp_path / "photos").iterdir()]


@pytest.mark.parametrize("out", ["site", "site/public", "."])
def test_a_site_is_not_built_into_itself(dropcap: CommandLine, tmp_path: Path, out: str) -> None:
    """The next build would publish its output."""
    site = site_folder(tmp_path / "parent", *GOOD)
    assert 2 == dropcap("build", site, site.parent / out).code


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("email\nada@example.org\n\nnot an address\n", ":4: 'not an address' is not a mail address"),
        ('email\n"a@example.org, b@example.org"\n', ":2:"),
        ("mail\nada@example.org\n", ":1: there is no column `email`"),
        ("", ":1: there is no column `email`"),
    ],
)
def test_a_bad_line_in_the_subscriber_list_is_named(dropcap: CommandLine, tmp_path: Path, text: str, says: str) -> None:
    """By its number."""
    subscribers = tmp_path / "readers.csv"
    subscribers.write_text(text)
    ran = dropcap("build", site_folder(tmp_path, *GOOD), tmp_path / "out", "--subscribers", subscribers)
    assert 2 == ran.code
    assert says in ran.error


@pytest.mark.parametrize(
    ("arguments", "suggestion"),
    [
        (("buidl", "a", "b"), "Did you mean build?"),
        (("build", "a", "b", "--jsno"), "Did you mean --json?"),
        (("status", "--bukcet", "notes"), "Did you mean --bucket?"),
    ],
)
def test_a_mistyped_word_gets_a_suggestion(dropcap: CommandLine, arguments: tuple[str, ...], suggestion: str) -> None:
    """For commands and for options."""
    ran = dropcap(*arguments)
    assert (2, True) == (ran.code, suggestion in ran.error), ran.error


def test_a_mistyped_folder_gets_a_suggestion(dropcap: CommandLine, tmp_path: Path) -> None:
    """Among the names beside it."""
    site = site_folder(tmp_path, *GOOD)
    ran = dropcap("build", site.with_name("stie"), tmp_path / "out")
    assert (2, True) == (ran.code, f"Did you mean {site}?" in ran.error), ran.error


def test_an_output_folder_that_cannot_be_written_is_refused_before_the_build(
    dropcap: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is built first."""
    monkeypatch.setattr("dropcap_cli.commands.build.build_site", None)
    (tmp_path / "file").touch()
    ran = dropcap("build", site_folder(tmp_path, *GOOD), tmp_path / "file/out")
    assert (2, True) == (ran.code, "cannot be written" in ran.error)


@pytest.mark.parametrize(
    "command",
    [
        ("issues",), ("newsletter", "status", "posts/naps.md"), ("subscribers", "count"), ("trace", "posts/naps.md"),
        ("logs",), ("rebuild",), ("redrive",), ("desk",),
    ],
)  # fmt: skip
def test_every_command_for_a_local_cloud_lets_one_of_several_be_named(
    dropcap: CommandLine, command: tuple[str, ...]
) -> None:
    """The message about several local clouds gives this remedy."""
    ran = dropcap(*command, "--endpoint-url", "http://127.0.0.1:9")
    message = "dropcap: No local cloud is running at http://127.0.0.1:9. Name one that `dropcap dev` prints.\n"
    assert (2, message) == (ran.code, ran.error)
