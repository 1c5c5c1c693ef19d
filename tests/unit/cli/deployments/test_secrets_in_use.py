"""The secret between CloudFront and the API: from another checkout, and after deployments that failed."""

from pathlib import Path

import pytest

from dropcap_cli.cli import INTERRUPTED
from dropcap_cli.commands import deploy
from dropcap_cli.deployment.answers import save_answers, saved_answers
from dropcap_cli.deployment.live_stack import API_FUNCTION, SECRET_HEADER
from support.stack_by_sam import SENDER, Deploy, StackBySam
from support.template import environment_of, nested, resources


def copy_of_secrets(answers: Path) -> tuple[str, list[str]]:
    """Return the secrets that an older version would continue from."""
    saved = saved_answers("dropcap", answers)
    return saved["OriginSecret"], saved["OriginSecretsAccepted"].split()


def test_another_checkout_keeps_the_secret(stack: StackBySam, deploying: Deploy) -> None:
    """A CI job has no saved answers; the API demands the same secret after each of its deployments."""
    deploying(*SENDER, elsewhere=True)
    secret, accepted = stack.secrets
    assert [secret] == accepted
    for options in ((), SENDER, ("--set", "GraceSeconds=60")):
        assert 0 == deploying(*options, elsewhere=True)
        assert (secret, [secret]) == stack.secrets


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_rotation_takes_three_deployments_from_any_checkout(
    stack: StackBySam, deploying: Deploy, *, elsewhere: bool
) -> None:
    """Also without `--sender`: the live stack has one."""
    deploying(*SENDER)
    old, _ = stack.secrets
    assert 0 == deploying("--rotate-origin-secret", elsewhere=elsewhere)
    _, (_, new) = stack.secrets
    assert (old, [old, new]) == stack.secrets
    deploying(elsewhere=elsewhere)
    assert (new, [old, new]) == stack.secrets
    deploying(elsewhere=elsewhere)
    assert (new, [new]) == stack.secrets


@pytest.mark.parametrize("command", ["build", "deploy"])
@pytest.mark.parametrize("step", [0, 1, 2])
def test_a_deployment_that_fails_does_not_advance_the_secret(
    stack: StackBySam, deploying: Deploy, command: str, step: int
) -> None:
    """The next one takes the step that failed; the stack checks that no request is refused."""
    deploying(*SENDER)
    for number, options in enumerate((("--rotate-origin-secret",), (), ())):
        before = stack.secrets
        if number == step:
            stack.fails = command
            assert 1 == deploying(*options)
            assert before == stack.secrets
        assert 0 == deploying(*options)
        assert before != stack.secrets


@pytest.mark.parametrize("step", [0, 1, 2, 3])
def test_a_process_that_dies_loses_no_secret(stack: StackBySam, deploying: Deploy, step: int) -> None:
    """AWS finishes what it was asked for, and the next deployment goes on from there."""
    for number, options in enumerate((SENDER, ("--rotate-origin-secret",), (), (), ())):
        stack.dies = number == step
        assert deploying(*options) == (INTERRUPTED if number == step else 0)
    sent, accepted = stack.secrets
    assert [sent] == accepted


def test_a_secret_that_an_older_version_saved_is_not_used(stack: StackBySam, deploying: Deploy, answers: Path) -> None:
    """Another checkout may have rotated it. The file gets a copy of those in use."""
    deploying(*SENDER)
    before = stack.secrets
    old = {"MailFrom": "news@example.org", "OriginSecret": "0" * 64, "OriginSecretsAccepted": "0" * 64}
    save_answers("dropcap", old, answers)
    assert 0 == deploying()
    assert before == stack.secrets
    assert copy_of_secrets(answers) == stack.secrets


def test_an_older_version_finds_the_secrets_in_use(
    stack: StackBySam, deploying: Deploy, answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is neither ahead of the stack nor behind it: after a step, a failure, or a declined change set."""
    deploying(*SENDER)
    for options in (("--rotate-origin-secret",), (), ()):
        stack.fails = "deploy"
        deploying(*options)
        assert copy_of_secrets(answers) == stack.secrets
        with monkeypatch.context() as patch:
            patch.setattr(deploy, "run_sam", lambda *_: 0)  # a person declines the change set
            deploying(*options, "--confirm")
        assert copy_of_secrets(answers) == stack.secrets
        deploying(*options)
        assert copy_of_secrets(answers) == stack.secrets


def test_a_stack_without_a_secret_gets_one_in_two_deployments(stack: StackBySam, deploying: Deploy) -> None:
    """As after an upgrade from the first versions: the CDN sends it before the API demands it."""
    deploying(*SENDER)
    assert stack.parameters is not None
    stack.parameters |= {"OriginSecret": "", "OriginSecretsAccepted": ""}
    assert 0 == deploying(elsewhere=True)
    secret, accepted = stack.secrets
    assert secret
    assert [] == accepted
    assert 0 == deploying(elsewhere=True)
    assert (secret, [secret]) == stack.secrets


def test_a_first_sender_of_a_stack_is_protected_at_once(stack: StackBySam, deploying: Deploy) -> None:
    """Its API is created in the same deployment; so is one that comes back, with a new secret."""
    deploying()
    deploying(*SENDER)
    first, accepted = stack.secrets
    assert [first] == accepted
    deploying("--sender", "")
    deploying(*SENDER)
    second, accepted = stack.secrets
    assert [second] == accepted
    assert first != second


@pytest.mark.parametrize("call", [("lambda", "GetFunctionConfiguration"), ("cloudfront", "GetDistributionConfig")])
def test_secrets_that_aws_does_not_show_stay_as_they_are(
    stack: StackBySam, deploying: Deploy, capsys: pytest.CaptureFixture[str], call: tuple[str, str]
) -> None:
    """The parameters are not passed; a rotation is refused with the right that it needs."""
    deploying(*SENDER)
    before = stack.secrets
    del stack.answers[call]
    assert 0 == deploying(elsewhere=True)
    assert before == stack.secrets
    assert "stays as it is" in capsys.readouterr().out
    assert 2 == deploying("--rotate-origin-secret")
    assert f"{call[0]}:{call[1]}" in capsys.readouterr().err
    assert before == stack.secrets


@pytest.mark.parametrize("name", ["OriginSecret", "OriginSecretsAccepted"])
def test_a_secret_cannot_be_set(deploying: Deploy, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """In one step, the API would refuse requests for minutes."""
    assert 2 == deploying(*SENDER, "--set", f"{name}={'0' * 64}")
    assert "--rotate-origin-secret" in capsys.readouterr().err


def test_the_secrets_are_where_they_are_read() -> None:
    """The names of the variable, of the header and of the function are those of the template."""
    assert {"Ref": "OriginSecretsAccepted"} == environment_of(API_FUNCTION)["ORIGIN_SECRETS"]
    (distribution,) = resources("CloudFront::Distribution", nested("cdn")).values()
    assert f"'HeaderName': '{SECRET_HEADER}', 'HeaderValue': {{'Ref': 'OriginSecret'}}" in str(distribution)
