"""`dropcap deploy`: what it asks, checks, saves, runs and prints. The SAM CLI is replaced by a stack in moto."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace

import boto3
import pytest
from moto import mock_aws

from dropcap_cli.cli import main
from dropcap_cli.commands import deploy
from dropcap_cli.deployment.account import AwsAccount
from dropcap_cli.deployment.answers import saved_answers
from dropcap_cli.deployment.parameters import parameters
from dropcap_cli.deployment.sam import deploy_command
from dropcap_local.usage_error import UsageError
from support.template import ROOT

OUTPUTS = {
    "ContentBucket": "content-bucket",
    "SiteUrl": "https://journal.example.org",
    "CdnDomain": "d111.cloudfront.net",
    "DnsRecords": 'a._domainkey CNAME a.dkim; _dmarc TXT "v=DMARC1; p=none"',
}
ANSWERS = ["journal.example.org", "news@example.org", "1 Main Street"]


class Terminal(SimpleNamespace):
    """The surroundings of `dropcap deploy`: questions and commands in their order, and a file for the answers."""

    questions: list[str]
    commands: list[list[str]]
    answers: list[str]
    file: Path

    @property
    def overrides(self) -> dict[str, str]:
        """Return the parameters of the last deployment."""
        command = self.commands[-1]
        pairs = (item.split("=", 1) for item in command[command.index("--parameter-overrides") + 1 :])
        return {name: json.loads(value) for name, value in pairs}


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """Provide an empty account, a terminal with ANSWERS, and a SAM CLI that creates the stack."""
    world = Terminal(questions=[], commands=[], answers=list(ANSWERS), file=tmp_path / "deploy.toml")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setattr(deploy, "ANSWERS", world.file)
    monkeypatch.setattr(deploy, "sam_program", lambda: Path("/sam"))
    monkeypatch.setattr(deploy, "run_sam", _sam(world))
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("builtins.input", _input(world))
    monkeypatch.setattr(AwsAccount, "may_mail_anyone", lambda _: False)  # moto does not know GetAccount
    with mock_aws():
        yield world


def _sam(world: Terminal) -> Callable[[Sequence[str], str | None], int]:
    def run(command: Sequence[str], _profile: str | None) -> int:
        world.commands.append(list(command))
        cloudformation = boto3.client("cloudformation")
        if command[1] == "deploy" and not cloudformation.describe_stacks()["Stacks"]:
            outputs = {name: {"Value": value} for name, value in OUTPUTS.items()}
            body = {"Resources": {"Q": {"Type": "AWS::SQS::Queue"}}, "Outputs": outputs}
            cloudformation.create_stack(StackName=command[3], TemplateBody=json.dumps(body))
        return 0

    return run


def _input(world: Terminal) -> Callable[[str], str]:
    def answer(question: str) -> str:
        world.questions.append(question)
        return world.answers.pop(0)

    return answer


def test_three_answers_are_enough(terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    """Account and region come first; the parameters reach SAM, and the remaining steps are numbered."""
    assert 0 == main(["deploy"])
    assert 3 == len(terminal.questions)
    answers = dict(zip(["SiteDomain", "MailFrom", "PostalAddress"], ANSWERS, strict=True))
    secret = terminal.overrides["OriginSecret"]
    secrets = {"OriginSecret": secret, "OriginSecretsAccepted": secret}
    assert {**answers, "MailIdentity": "create", **secrets} == terminal.overrides
    assert re.fullmatch("[0-9a-f]{64}", secret)
    assert [["build"], ["deploy"]] == [command[1:2] for command in terminal.commands]
    output = capsys.readouterr().out
    assert output.startswith("Account 123456789012, region eu-central-1, stack dropcap.")
    steps = re.findall(r"^(\d)\. (.*)", output, re.MULTILINE)
    assert ["1", "2", "3", "4", "5", "6"] == [number for number, _ in steps]
    for detail in (
        "s3://content-bucket/content",
        "acm request-certificate",
        "CNAME d111.cloudfront.net",
        '_dmarc TXT "v=DMARC1; p=none"',
    ):
        assert detail in output
    assert "production access" in output


def test_the_second_deployment_asks_nothing(terminal: Terminal) -> None:
    """The answers are in a file that only its owner can read, and that git ignores."""
    main(["deploy"])
    assert 0 == main(["deploy"])
    assert 3 == len(terminal.questions)
    assert ANSWERS == list(terminal.overrides.values())[:3]
    assert 0o600 == terminal.file.stat().st_mode & 0o777
    assert "deploy.toml" in (ROOT / ".gitignore").read_text().split()


def test_enter_three_times_deploys_a_site_without_domain_and_newsletter(terminal: Terminal) -> None:
    """The postal address is not asked without a newsletter."""
    terminal.answers = ["", ""]
    assert 0 == main(["deploy"])
    assert {"SiteDomain": "", "MailFrom": ""} == terminal.overrides


def test_a_wrong_answer_is_asked_again(terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    """The template's own pattern decides, and the message has an example."""
    terminal.answers = ["https://example.org/", *ANSWERS]
    assert 0 == main(["deploy"])
    assert "such as journal.example.org" in capsys.readouterr().out
    assert "journal.example.org" == terminal.overrides["SiteDomain"]


def test_ci_is_never_asked(terminal: Terminal) -> None:
    """Options and `--yes` are enough; a second stack has answers of its own."""
    assert 0 == main(["deploy", "--yes", "--stack", "staging", "--domain", "s.example.org", "--set", "Concurrency=20"])
    assert [] == terminal.questions
    assert {"SiteDomain": "s.example.org", "Concurrency": "20"} == saved_answers("staging", terminal.file)
    assert {} == saved_answers("dropcap", terminal.file)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--sender", "news@example.org"], "postal address"),
        (["--sender", "news"], "is not a valid MailFrom"),
        (["--sender", "grüße@example.org"], "a mail address in ASCII"),
        (["--sender", "a,b@example.org"], "is not a valid MailFrom"),
        (["--set", "Concurrency=1"], "at least 2"),
        (["--set", "MailIdentity=mine"], "create or existing"),
        (["--set", "Colour=red"], "no parameter"),
        (["--stack", "s" * 61], "at most 60"),
        (["--region", "cn-north-1"], "cache tags"),
        (["--region", "ap-east-1", "--sender", "a@example.org", "--postal-address", "x"], "SES is not available"),
    ],
)
def test_what_would_fail_is_refused_before_anything_is_deployed(
    terminal: Terminal, capsys: pytest.CaptureFixture[str], arguments: list[str], reason: str
) -> None:
    """Exit code 2, a sentence with the reason, and no command has run."""
    assert 2 == main(["deploy", "--yes", *arguments])
    assert reason in capsys.readouterr().err
    assert [] == terminal.commands
    assert not terminal.file.exists()


@pytest.mark.parametrize(
    ("status", "remedy"),
    [
        ("ROLLBACK_COMPLETE", "aws cloudformation delete-stack --stack-name dropcap"),
        ("UPDATE_ROLLBACK_FAILED", "aws cloudformation continue-update-rollback --stack-name dropcap"),
        ("DELETE_FAILED", "dropcap destroy --stack dropcap"),
        ("UPDATE_IN_PROGRESS", "Wait until it has finished"),
    ],
)
def test_a_stack_that_cannot_be_updated_is_refused_with_the_way_out(
    terminal: Terminal,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    status: str,
    remedy: str,
) -> None:
    """CloudFormation's own message comes after the whole build, and names no command."""
    monkeypatch.setattr(AwsAccount, "stack", lambda *_: {"StackStatus": status})
    assert 2 == main(["deploy", "--yes"])
    assert remedy in capsys.readouterr().err
    assert [] == terminal.commands


def test_without_a_region_the_remedy_is_named(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The region of the profile counts, and no other is assumed."""
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    assert 2 == main(["deploy", "--yes"])
    assert "--region" in capsys.readouterr().err
    assert "AWS_DEFAULT_REGION" not in (ROOT / "Makefile").read_text()
    assert [] == terminal.commands


def test_a_mail_domain_that_ses_has_already_is_not_created(terminal: Terminal) -> None:
    """CloudFormation would roll the whole stack back."""
    boto3.client("sesv2").create_email_identity(EmailIdentity="example.org")
    assert 0 == main(["deploy"])
    assert "existing" == terminal.overrides["MailIdentity"]


def test_values_with_spaces_and_quotes_reach_the_sam_cli() -> None:
    """The SAM CLI reads a value in double quotes."""
    command = deploy_command(Path("sam"), "s", "eu-west-1", {"PostalAddress": 'The "House", 1 Main Street'})
    assert r'PostalAddress="The \"House\", 1 Main Street"' == command[-1]


def test_a_checkout_is_needed(tmp_path: Path) -> None:
    """The message names the file that is missing."""
    with pytest.raises(UsageError, match=r"template\.yaml"):
        parameters(tmp_path / "template.yaml")


def test_an_upgrade_deletes_no_messages(terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    """The stack has a queue that the template has no more: while it holds messages, nothing is deployed."""
    main(["deploy"])
    (url,) = boto3.client("sqs").list_queues()["QueueUrls"]
    boto3.client("sqs").send_message(QueueUrl=url, MessageBody="{}")
    terminal.commands.clear()
    assert 2 == main(["deploy"])
    assert "Q holds 1 messages" in capsys.readouterr().err
    assert [] == terminal.commands
    boto3.client("sqs").purge_queue(QueueUrl=url)
    assert 0 == main(["deploy"])


@pytest.mark.parametrize("confirm", [True, False])
def test_sam_asks_nothing_but_to_confirm_the_change_set(confirm: bool) -> None:  # noqa: FBT001  # a parameter of pytest
    """SAM shows the change set in any case; its guide would ask once a route whether it may be public."""
    command = deploy_command(Path("sam"), "s", "eu-west-1", {}, confirm=confirm)
    assert confirm is ("--confirm-changeset" in command)
    assert confirm is not ("--no-confirm-changeset" in command)
    assert "--guided" not in command


def test_the_stack_has_a_tag_for_its_cost() -> None:
    """CloudFormation passes the tags of a stack on to its resources."""
    command = deploy_command(Path("sam"), "staging", "eu-west-1", {})
    assert "dropcap:stack=staging" == command[command.index("--tags") + 1]
