"""`dropcap deploy` on a stack that StackBySam deploys."""

from functools import cache
from pathlib import Path

import pytest

from dropcap_cli.cli import main
from dropcap_cli.commands import deploy
from dropcap_cli.deployment.account import AwsAccount
from dropcap_cli.deployment.parameters import parameters
from support.stack_by_sam import Deploy, StackBySam

DECLARED = cache(parameters)


@pytest.fixture
def stack() -> StackBySam:
    """Return an account without the stack."""
    return StackBySam()


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """Return the file of saved answers."""
    return tmp_path / "deploy.toml"


@pytest.fixture
def deploying(stack: StackBySam, answers: Path, monkeypatch: pytest.MonkeyPatch) -> Deploy:
    """Return `dropcap deploy` without a terminal, as a function of its options.

    With ELSEWHERE, there are no saved answers.
    """
    monkeypatch.setattr(deploy, "ANSWERS", answers)
    monkeypatch.setattr(deploy, "sam_program", lambda: Path("/sam"))
    monkeypatch.setattr(deploy, "run_sam", stack.sam)
    monkeypatch.setattr(deploy, "parameters", DECLARED)
    monkeypatch.setattr(deploy, "check_removed_queues", lambda *_: None)
    monkeypatch.setattr(stack.session, "client", cache(stack.session.client))
    monkeypatch.setattr(deploy, "account", lambda *_: AwsAccount(stack.session, "123456789012", "eu-central-1"))

    def run(*options: str, elsewhere: bool = False) -> int:
        if elsewhere:
            answers.unlink(missing_ok=True)
        return main(["deploy", "--yes", *options])

    return run
