"""The README is true: its commands run, its example is published, and its links lead to files."""

import re
import subprocess
from pathlib import Path

import pytest

from dropcap_local.cloud import LocalCloud

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
COMMANDS = [line.removeprefix("$ .venv/bin/") for line in README.splitlines() if line.startswith("$ .venv/bin/dropcap")]
ROWS = [[cell.strip() for cell in row.strip("|").split("|")] for row in re.findall(r"^\| \d .*", README, re.MULTILINE)]


def test_the_example_post_is_published_at_the_url_in_the_readme() -> None:
    """The README's post, uploaded as it says, is at `/naps/`, and in the list of its tag."""
    (example,) = re.findall(r"```markdown\n(.*?)```", README, re.DOTALL)
    with LocalCloud() as cloud:
        cloud.upload("posts/naps.md", example)
        cloud.settle()
        assert 200 == cloud.page("/naps/").status
        assert b"Why naps work" in cloud.page("/tags/sleep/").body


@pytest.mark.parametrize("command", [command for command in COMMANDS if " dev " not in command])
def test_a_command_of_the_readme_succeeds(command: str, tmp_path: Path) -> None:
    """Each command line runs unchanged, except that it writes to a folder of the test."""
    line = command.replace("build/site", str(tmp_path / "site")).replace("dropcap", "python -m dropcap_cli", 1)
    done = subprocess.run(  # noqa: S602  # the README's own line, with its shell pattern
        f".venv/bin/{line}" if (ROOT / ".venv").exists() else line,
        shell=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stderr


def test_links_and_paths_in_the_readme_exist() -> None:
    """Relative links, and paths in code."""
    links = re.findall(r"\]\(([^)#]+)\)", README)
    paths = re.findall(r"`((?:functions|tests|infra|docs|examples|templates)/[\w./-]+)`", README)
    assert links
    assert [] == [path for path in {*links, *paths} if not (ROOT / path).exists()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row[0]))
def test_a_row_of_the_table_agrees_with_the_function(row: list[str]) -> None:
    """The step's name, file, trigger, rule and tests are those of the code."""
    step, function, trigger, _, rules, tests = row
    docstring = (ROOT / function.strip("`")).read_text().split('"""')[1]
    assert docstring.startswith(f"{step}:")
    woken = re.search(r"Trigger: +(.*)", docstring)
    assert woken
    assert trigger.removeprefix("the ").split()[0].removesuffix("'s") in woken[1]
    for rule in re.findall(r"`(.+?)`", rules):
        assert [*(ROOT / "functions" / "dropcap").glob(rule.rstrip("/")), *ROOT.glob(rule.rstrip("/"))], rule
    assert [*(ROOT / tests.strip("`")).rglob("test_*.py")]
