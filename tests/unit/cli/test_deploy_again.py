"""`dropcap deploy` on a stack that exists: after changes, from another checkout, and after deployments that failed."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest

from dropcap_cli.cli import INTERRUPTED, main
from dropcap_cli.commands import deploy
from dropcap_cli.deployment.account import AwsAccount
from dropcap_cli.deployment.answers import save_answers, saved_answers
from dropcap_cli.deployment.live_stack import API_FUNCTION, SECRET_HEADER
from dropcap_cli.deployment.parameters import parameters
from support.stack_by_sam import StackBySam
from support.template import environment_of, nested, resources

SENDER = ("--sender", "news@example.org", "--postal-address", "1 Main Street")
DECLARED = cache(parameters)
Deploy = Callable[..., int]


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


def identity_of(stack: StackBySam) -> str:
    """Return the parameter MailIdentity."""
    assert stack.parameters is not None
    return stack.parameters["MailIdentity"]


def copy_of_secrets(answers: Path) -> tuple[str, list[str]]:
    """Return the secrets that an older version would continue from."""
    saved = saved_answers("dropcap", answers)
    return saved["OriginSecret"], saved["OriginSecretsAccepted"].split()


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_sender_that_comes_back_uses_the_identity_that_stayed(
    stack: StackBySam, deploying: Deploy, *, elsewhere: bool
) -> None:
    """CloudFormation has left it in SES, and would fail to create it again; later deployments use it, too."""
    assert 0 == deploying(*SENDER)
    assert 0 == deploying("--sender", "", elsewhere=elsewhere)
    assert 0 == deploying(*SENDER, elsewhere=elsewhere)
    assert "existing" == identity_of(stack)
    assert 0 == deploying(elsewhere=elsewhere)
    assert "existing" == identity_of(stack)


def test_a_first_sender_uses_the_identity_that_ses_has(stack: StackBySam, deploying: Deploy) -> None:
    """It is added to a stack that has been deployed without a newsletter."""
    stack.mail_domains.add("example.org")
    assert 0 == deploying()
    assert 0 == deploying(*SENDER)
    assert "existing" == identity_of(stack)


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_stack_goes_on_to_own_the_identity_that_it_created(
    stack: StackBySam, deploying: Deploy, answers: Path, *, elsewhere: bool
) -> None:
    """With `existing`, CloudFormation would let go of it; a saved `existing` of earlier times does not count."""
    deploying(*SENDER)
    assert 0 == deploying(elsewhere=elsewhere)
    save_answers("dropcap", {"MailFrom": "news@example.org", "MailIdentity": "existing"}, answers)
    assert 0 == deploying()
    assert "example.org" == stack.own_domain


@pytest.mark.parametrize(("known", "expected"), [(True, "existing"), (False, "create")])
def test_a_sender_of_another_domain_asks_ses_again(
    stack: StackBySam, deploying: Deploy, *, known: bool, expected: str
) -> None:
    """The stack owns an identity, or uses one, but of the domain before."""
    stack.mail_domains |= {"example.org"} | ({"example.net"} if known else set())
    assert 0 == deploying(*SENDER)
    assert 0 == deploying("--sender", "news@example.net")
    assert expected == identity_of(stack)
    stack.mail_domains.add("example.com")
    assert 0 == deploying("--sender", "news@example.com")
    assert "existing" == identity_of(stack)


@pytest.mark.parametrize("elsewhere", [False, True])
def test_an_identity_of_a_parent_domain_stays_in_use(stack: StackBySam, deploying: Deploy, *, elsewhere: bool) -> None:
    """SES does not find it under the sender's domain; the operator has said that there is one."""
    assert 0 == deploying("--sender", "news@mail.example.org", *SENDER[2:], "--set", "MailIdentity=existing")
    assert 0 == deploying(elsewhere=elsewhere)
    assert "existing" == identity_of(stack)


def test_an_identity_that_was_let_go_is_not_taken_for_the_stack_s_own(stack: StackBySam, deploying: Deploy) -> None:
    """CloudFormation still lists it in the nested stack, as skipped."""
    deploying(*SENDER)
    assert 0 == deploying("--set", "MailIdentity=existing")
    assert "" == stack.own_domain
    assert 0 == deploying(elsewhere=True)
    assert "existing" == identity_of(stack)


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


def test_the_secrets_are_where_they_are_read() -> None:
    """The names of the variable, of the header and of the function are those of the template."""
    assert {"Ref": "OriginSecretsAccepted"} == environment_of(API_FUNCTION)["ORIGIN_SECRETS"]
    (distribution,) = resources("CloudFront::Distribution", nested("cdn")).values()
    assert f"'HeaderName': '{SECRET_HEADER}', 'HeaderValue': {{'Ref': 'OriginSecret'}}" in str(distribution)
