"""A deployment from another checkout takes what it does not know from the stack that exists."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from dropcap_cli.cli import main
from support.stack_by_sam import SENDER, Deploy, StackBySam


def test_another_checkout_is_asked_nothing(
    stack: StackBySam, deploying: Deploy, answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Enter at a question would remove the domain or the newsletter of the stack that exists."""
    deploying("--domain", "journal.example.org", *SENDER)
    before = dict(stack.parameters or {})
    answers.unlink()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("builtins.input", lambda _: "")
    assert 0 == main(["deploy"])
    assert before == stack.parameters


def test_a_deployment_without_any_value_passes_none(deploying: Deploy, stack: StackBySam) -> None:
    """The SAM CLI refuses the option without a value; all parameters keep their values."""
    deploying("--domain", "journal.example.org")
    assert 0 == deploying(elsewhere=True)
    assert stack.parameters is not None
    assert "journal.example.org" == stack.parameters["SiteDomain"]
