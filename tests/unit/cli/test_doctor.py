"""`dropcap doctor` finds planted misconfigurations, each with a remedy, and nothing in a sound account."""

import json
import re
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from dropcap.release import Release
from dropcap_cli.cli import main
from dropcap_cli.commands import doctor
from dropcap_cli.deployment.account import AwsAccount
from dropcap_cli.diagnosis.checks import CHECKS
from dropcap_cli.remote.queues import OTHERS
from dropcap_local.project import PROJECT
from support.aws_answers import Answers, answering_session

DOMAIN, MAIL, CDN = "journal.example.org", "example.org", "d111.cloudfront.net"
ARN = "arn:aws:acm:us-east-1:123456789012:certificate/1"
TOPIC = "arn:aws:sns:eu-central-1:123456789012:alarms"
NOW = datetime.now(UTC)
RECORDS = {
    "k1._domainkey.example.org CNAME": ["k1.dkim.amazonses.com"],
    "bounce.example.org MX": ["10 feedback-smtp.eu-central-1.amazonses.com"],
    "bounce.example.org TXT": ["v=spf1 include:amazonses.com ~all"],
    "_dmarc.example.org TXT": ["v=dmarc1; p=reject"],
    f"{DOMAIN} CNAME": [CDN],
    f"{DOMAIN} A": ["192.0.2.1"],
    f"{CDN} A": ["192.0.2.1"],
}
OUTPUT = (
    "k1._domainkey.example.org CNAME k1.dkim.amazonses.com; bounce.example.org MX 10 "
    'feedback-smtp.eu-central-1.amazonses.com; bounce.example.org TXT "v=spf1 include:amazonses.com ~all"; '
    '_dmarc.example.org TXT "v=DMARC1; p=none"'
)
PARAMETERS = {
    "SiteDomain": DOMAIN,
    "MailFrom": f"news@{MAIL}",
    "CertificateArn": ARN,
    "AlarmEmail": "ops@example.org",
    "Concurrency": "3",
}
RESOURCES = {
    "CatalogTable": ("AWS::DynamoDB::Table", "catalog"),
    "AlarmTopic": ("AWS::SNS::Topic", TOPIC),
    "EdgeDeadLetters": ("AWS::SQS::Queue", "https://sqs.eu-central-1.amazonaws.com/1/letters"),
    "EdgeDeadLettersWaiting": ("AWS::CloudWatch::Alarm", "dropcap-EdgeDeadLettersWaiting"),
}


class World(SimpleNamespace):
    """The account and the DNS that the command meets; a test changes one thing."""

    region: str
    answers: Answers
    records: dict[str, list[str]]
    parameters: dict[str, str]
    stack: dict[str, Any]

    @property
    def session(self) -> Any:  # noqa: ANN401  # a boto3 session
        """Return the session whose clients answer so."""
        entries = [{"ParameterKey": name, "ParameterValue": value} for name, value in self.parameters.items()]
        if self.stack:
            stacks: dict[str, Any] = {"Stacks": [{**self.stack, "Parameters": entries}]}
            self.answers["cloudformation", "DescribeStacks"] = stacks
        return answering_session(self.answers, self.region)


def sound_answers() -> Answers:
    """Return the answers of an account in which nothing is wrong."""
    release = Release.of(PROJECT / "templates", {})
    item = {"pk": {"S": "RELEASE"}, "sk": {"S": "RELEASE"}}
    item |= {"theme": {"S": release.theme}, "renderer": {"S": release.renderer}}
    summaries = [
        {
            "LogicalResourceId": name,
            "ResourceType": kind,
            "PhysicalResourceId": physical,
            "ResourceStatus": "CREATE_COMPLETE",
            "LastUpdatedTimestamp": NOW,
        }
        for name, (kind, physical) in RESOURCES.items()
    ]
    counts = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")
    subscription = {"SubscriptionArn": f"{TOPIC}:1", "Endpoint": "ops@example.org", "Protocol": "email"}
    alarm = {"AlarmName": "dropcap-EdgeDeadLettersWaiting", "StateValue": "OK", "ActionsEnabled": True}
    template = {"Resources": {name: {"Type": kind} for name, (kind, _) in RESOURCES.items()}}
    return {
        ("sesv2", "GetAccount"): {
            "ProductionAccessEnabled": True,
            "SendingEnabled": True,
            "EnforcementStatus": "HEALTHY",
            "SendQuota": {"Max24HourSend": 50_000.0, "MaxSendRate": 14.0, "SentLast24Hours": 10.0},
        },
        ("sesv2", "GetEmailIdentity"): {"VerifiedForSendingStatus": True, "DkimAttributes": {"Status": "SUCCESS"}},
        ("lambda", "GetAccountSettings"): {"AccountLimit": {"ConcurrentExecutions": 1_000}},
        ("acm", "DescribeCertificate"): {
            "Certificate": {
                "DomainName": "example.org",
                "SubjectAlternativeNames": ["*.example.org"],
                "Status": "ISSUED",
                "NotAfter": NOW + timedelta(days=200),
            }
        },
        ("cloudformation", "GetTemplate"): {"TemplateBody": json.dumps(template)},
        ("cloudformation", "ListStackResources"): {"StackResourceSummaries": summaries},
        ("cloudformation", "DetectStackDrift"): {"StackDriftDetectionId": "1"},
        ("cloudformation", "DescribeStackDriftDetectionStatus"): {
            "StackId": "1",
            "StackDriftDetectionId": "1",
            "DetectionStatus": "DETECTION_COMPLETE",
            "Timestamp": NOW,
        },
        ("cloudformation", "DescribeStackResourceDrifts"): {"StackResourceDrifts": []},
        ("sns", "ListSubscriptionsByTopic"): {"Subscriptions": [subscription]},
        ("cloudwatch", "DescribeAlarms"): {"MetricAlarms": [alarm]},
        ("sqs", "GetQueueAttributes"): {"Attributes": dict.fromkeys(counts, "0")},
        ("dynamodb", "GetItem"): {"Item": item},
    }


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """Provide a sound, deployed stack."""
    outputs = [
        {"OutputKey": "CdnDomain", "OutputValue": CDN},
        {"OutputKey": "DnsRecords", "OutputValue": OUTPUT},
    ]
    stack = {"StackName": "dropcap", "CreationTime": NOW, "StackStatus": "UPDATE_COMPLETE", "Outputs": outputs}
    sound = World(
        region="eu-central-1",
        answers=sound_answers(),
        records=deepcopy(RECORDS),
        parameters=dict(PARAMETERS),
        stack=stack,
    )
    monkeypatch.setattr(doctor, "account", lambda *_: AwsAccount(sound.session, "123456789012", sound.region))
    monkeypatch.setattr(doctor, "look_up", lambda name, kind: sound.records.get(f"{name} {kind}", []))
    monkeypatch.setattr(doctor, "saved_answers", lambda *_: sound.parameters)
    return sound


def examined(capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, dict[str, str]]]:
    """Run the command; return its exit code and the findings that are not `ok`, by their check."""
    code = main(["doctor", "--json"])
    checks = json.loads(capsys.readouterr().out)["checks"]
    findings = {entry["check"]: entry for entry in checks if entry["level"] != "ok"}
    assert all(entry["remedy"] for entry in findings.values())
    return code, findings


def test_a_sound_stack_has_no_finding(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """Every check says `ok`, and the exit code is 0."""
    assert (0, {}) == examined(capsys)
    assert 0 == main(["doctor"])
    output = capsys.readouterr().out
    assert output.startswith(f"Account 123456789012, region {world.region}, stack dropcap.")
    assert output.endswith(" ok\n")


def in_the_sandbox(world: World) -> None:
    """Put SES into its sandbox."""
    world.answers["sesv2", "GetAccount"] = {"ProductionAccessEnabled": False, "SendQuota": {"Max24HourSend": 200.0}}


def paused(world: World) -> None:
    """Pause sending."""
    world.answers["sesv2", "GetAccount"] = {
        "ProductionAccessEnabled": True,
        "SendingEnabled": False,
        "EnforcementStatus": "SHUTDOWN",
    }


def nearly_spent(world: World) -> None:
    """Send most of the day's quota."""
    world.answers["sesv2", "GetAccount"] = {
        "ProductionAccessEnabled": True,
        "SendQuota": {"Max24HourSend": 1_000.0, "SentLast24Hours": 900.0},
    }


def unverified(world: World) -> None:
    """Make SES wait for the DKIM records."""
    dkim = {"Status": "PENDING"}
    world.answers["sesv2", "GetEmailIdentity"] = {"VerifiedForSendingStatus": False, "DkimAttributes": dkim}


def without_dmarc(world: World) -> None:
    """Remove the DMARC record."""
    del world.records["_dmarc.example.org TXT"]


def wrong_dkim(world: World) -> None:
    """Point a DKIM record elsewhere."""
    world.records["k1._domainkey.example.org CNAME"] = ["k1.dkim.example.net"]


def leads_elsewhere(world: World) -> None:
    """Point the site's domain to another server."""
    world.records[f"{DOMAIN} CNAME"], world.records[f"{DOMAIN} A"] = [], ["198.51.100.7"]


def other_certificate(world: World) -> None:
    """Use a certificate for another domain."""
    world.parameters["SiteDomain"] = "deep.journal.example.org"
    world.records["deep.journal.example.org CNAME"] = [CDN]


def certificate_not_issued(world: World) -> None:
    """Use a certificate whose DNS record is missing."""
    record = {"Name": "_a.journal.example.org", "Type": "CNAME", "Value": "_b.acm-validations.aws"}
    options = [{"DomainName": DOMAIN, "ResourceRecord": record}]
    certificate = {"DomainName": DOMAIN, "Status": "PENDING_VALIDATION", "DomainValidationOptions": options}
    world.answers["acm", "DescribeCertificate"] = {"Certificate": certificate}


def without_certificate(world: World) -> None:
    """Deploy a domain without a certificate."""
    world.parameters["CertificateArn"] = ""


def changed_by_hand(world: World) -> None:
    """Change a queue in the console."""
    drift = {
        "StackId": "1",
        "LogicalResourceId": "UploadQueue",
        "ResourceType": "AWS::SQS::Queue",
        "StackResourceDriftStatus": "MODIFIED",
        "PropertyDifferences": [
            {
                "PropertyPath": "/VisibilityTimeout",
                "ExpectedValue": "180",
                "ActualValue": "1",
                "DifferenceType": "NOT_EQUAL",
            }
        ],
        "Timestamp": NOW,
    }
    world.answers["cloudformation", "DescribeStackResourceDrifts"] = {"StackResourceDrifts": [drift]}


def without_alarm_address(world: World) -> None:
    """Deploy without an address for alarms."""
    world.answers["sns", "ListSubscriptionsByTopic"] = {"Subscriptions": []}


def unconfirmed_address(world: World) -> None:
    """Do not confirm the address for alarms."""
    subscription = {"SubscriptionArn": "PendingConfirmation", "Endpoint": "ops@example.org"}
    world.answers["sns", "ListSubscriptionsByTopic"] = {"Subscriptions": [subscription]}


def alarm_on(world: World) -> None:
    """Put an alarm into the state ALARM."""
    alarm = {
        "AlarmName": "dropcap-EdgeDeadLettersWaiting",
        "StateValue": "ALARM",
        "AlarmDescription": "The CDN was not invalidated. Fix the cause, then redrive to EdgeQueue.",
    }
    world.answers["cloudwatch", "DescribeAlarms"] = {"MetricAlarms": [alarm]}


def dead_letters(world: World) -> None:
    """Leave a message in a dead-letter queue."""
    world.answers["sqs", "GetQueueAttributes"] = {"Attributes": {"ApproximateNumberOfMessages": "2"}}


def too_much_concurrency(world: World) -> None:
    """Ask for more concurrent executions than a new account has."""
    world.answers["lambda", "GetAccountSettings"] = {"AccountLimit": {"ConcurrentExecutions": 10}}
    world.parameters["Concurrency"] = "20"


def new_account(world: World) -> None:
    """Deploy in a new account with the default concurrency."""
    world.answers["lambda", "GetAccountSettings"] = {"AccountLimit": {"ConcurrentExecutions": 10}}


def expensive(world: World) -> None:
    """Add alarms that cost more than the whole stack should."""
    template: dict[str, Any] = {"Resources": {}}
    summaries = []
    for number in range(60):
        name = f"Alarm{number}"
        template["Resources"][name] = {"Type": "AWS::CloudWatch::Alarm"}
        summaries.append(
            {
                "LogicalResourceId": name,
                "ResourceType": "AWS::CloudWatch::Alarm",
                "PhysicalResourceId": name,
                "ResourceStatus": "CREATE_COMPLETE",
                "LastUpdatedTimestamp": NOW,
            }
        )
    world.answers["cloudformation", "GetTemplate"] = {"TemplateBody": json.dumps(template)}
    world.answers["cloudformation", "ListStackResources"] = {"StackResourceSummaries": summaries}


def failed_update(world: World) -> None:
    """Leave the stack after a failed deployment."""
    world.stack["StackStatus"] = "UPDATE_ROLLBACK_COMPLETE"


def failed_rollback(world: World) -> None:
    """Leave the stack after a rollback that failed, too: CloudFormation refuses every update."""
    world.stack["StackStatus"] = "UPDATE_ROLLBACK_FAILED"


def other_region(world: World) -> None:
    """Deploy a newsletter in a region without SES."""
    world.region = "ap-east-1"


def other_theme(world: World) -> None:
    """Change the theme after the deployment."""
    release = {"pk": {"S": "RELEASE"}, "sk": {"S": "RELEASE"}, "theme": {"S": "old"}}
    release["renderer"] = {"S": Release.of(PROJECT / "templates", {}).renderer}
    world.answers["dynamodb", "GetItem"] = {"Item": release}


PLANTED = [
    (in_the_sandbox, "sandbox", "warning", "production access"),
    (paused, "sending", "error", "AWS Support"),
    (nearly_spent, "quota", "warning", "higher sending quota"),
    (unverified, "mail identity", "error", "DNS records"),
    (without_dmarc, "mail records", "error", "_dmarc.example.org TXT"),
    (wrong_dkim, "mail records", "error", "CNAME k1.dkim.amazonses.com"),
    (leads_elsewhere, "site record", "error", f"{DOMAIN} CNAME {CDN}"),
    (other_certificate, "certificate", "error", "Request one for deep.journal.example.org"),
    (certificate_not_issued, "certificate", "error", "_a.journal.example.org CNAME"),
    (without_certificate, "certificate", "warning", "aws acm request-certificate"),
    (changed_by_hand, "drift", "warning", "Undo the change"),
    (without_alarm_address, "alarm address", "warning", "--alarm-email"),
    (unconfirmed_address, "alarm address", "error", "Open the mail"),
    (alarm_on, "alarms", "error", "redrive to EdgeQueue"),
    (dead_letters, "dead letters", "error", "dropcap redrive --stack dropcap EdgeDeadLetters"),
    (too_much_concurrency, "concurrency", "error", "Service Quotas"),
    (new_account, "concurrency", "note", "Concurrent executions"),
    (expensive, "idle cost", "warning", "Delete alarms"),
    (failed_update, "stack", "error", "events"),
    (failed_rollback, "stack", "error", "continue-update-rollback --stack-name dropcap"),
    (other_region, "region", "error", "eu-central-1"),
    (other_theme, "release", "note", "dropcap deploy"),
]


@pytest.mark.parametrize(("plant", "check", "level", "remedy"), PLANTED, ids=[row[0].__name__ for row in PLANTED])
def test_a_planted_misconfiguration_is_found(
    plant: Any,  # noqa: ANN401  # a function of World
    check: str,
    level: str,
    remedy: str,
    world: World,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It is the only finding, and its remedy names what to do."""
    plant(world)
    code, findings = examined(capsys)
    assert [check] == list(findings), findings
    assert (level, int(level != "note")) == (findings[check]["level"], code)
    assert remedy in findings[check]["remedy"]


@pytest.mark.parametrize("queue", OTHERS)
def test_the_remedy_for_dead_letters_is_one_that_redrive_does_not_refuse(
    queue: str, world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where a redrive is not possible, it is the other remedy, and a page of the runbook that exists."""
    monkeypatch.setitem(RESOURCES, queue, RESOURCES["EdgeDeadLetters"])
    monkeypatch.delitem(RESOURCES, "EdgeDeadLetters")
    world.answers |= sound_answers()
    dead_letters(world)
    _, findings = examined(capsys)
    remedy = findings["dead letters"]["remedy"]
    assert OTHERS[queue] in remedy
    assert "dropcap redrive" not in remedy
    page = re.search(r"docs/runbook/\S+\.md", remedy)
    assert page
    assert queue in (PROJECT / page[0]).read_text(encoding="utf-8")


def existing_identity(world: World, **dkim: object) -> None:
    """Deploy with an identity that existed, with these attributes of DKIM."""
    world.stack["Outputs"][1]["OutputValue"] = "those of the identity that SES has already"
    attributes = {"Status": "SUCCESS", "Tokens": ["k1"], **dkim}
    world.answers["sesv2", "GetEmailIdentity"] = {"VerifiedForSendingStatus": True, "DkimAttributes": attributes}


@pytest.mark.parametrize(
    ("dkim", "zone"),
    [
        ({"SigningAttributesOrigin": "AWS_SES", "SigningHostedZone": "eu.dkim.example"}, "eu.dkim.example"),
        ({"SigningAttributesOrigin": "AWS_SES_US_EAST_1", "SigningHostedZone": "us.dkim.example"}, "us.dkim.example"),
        ({"SigningAttributesOrigin": "AWS_SES"}, "dkim.amazonses.com"),
    ],
    ids=["own zone", "replica", "no zone"],
)
def test_dkim_records_lead_to_the_zone_of_the_identity(
    dkim: dict[str, str], zone: str, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    """As SES names it; without one, to the zone that SES had for all regions."""
    existing_identity(world, **dkim)
    world.records["k1._domainkey.example.org CNAME"] = [f"k1.{zone}"]
    assert (0, {}) == examined(capsys)
    world.records["k1._domainkey.example.org CNAME"] = []
    _, findings = examined(capsys)
    assert findings["mail records"]["remedy"].endswith(f": k1._domainkey.example.org CNAME k1.{zone}")


def test_a_dkim_key_of_the_domains_owner_is_not_checked(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """The token is the selector of a TXT record, whose key only the owner knows: a note says so."""
    existing_identity(world, SigningAttributesOrigin="EXTERNAL", Tokens=["mine"])
    code, findings = examined(capsys)
    assert (0, ["mail records"]) == (code, list(findings))
    assert "note" == findings["mail records"]["level"]
    assert "mine._domainkey.example.org" in findings["mail records"]["remedy"]
    without_dmarc(world)
    assert "_dmarc.example.org TXT" in examined(capsys)[1]["mail records"]["remedy"]


def test_before_the_first_deployment_the_answers_are_examined(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """The account, the certificate and SES; nothing is asked of a stack that does not exist."""
    world.stack = {}
    world.answers["cloudformation", "DescribeStacks"] = "ValidationError"
    world.answers["sesv2", "GetEmailIdentity"] = "NotFoundException"
    in_the_sandbox(world)
    other_certificate(world)
    world.parameters["AlarmEmail"] = ""
    code, findings = examined(capsys)
    assert {"stack", "sandbox", "certificate", "alarm address"} == set(findings)
    assert 1 == code


def test_a_check_that_is_not_permitted_is_unknown_and_stops_no_other(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    """The name of the refused call is in the message; the exit code stays 0."""
    del world.answers["lambda", "GetAccountSettings"]
    code, findings = examined(capsys)
    assert (0, ["concurrency"]) == (code, list(findings))
    assert ("unknown", "AWS refused GetAccountSettings: AccessDenied.") == (
        findings["concurrency"]["level"],
        findings["concurrency"]["message"],
    )


def test_without_a_newsletter_mail_is_not_examined(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """SES may refuse everything."""
    world.parameters["MailFrom"] = ""
    del world.answers["sesv2", "GetAccount"], world.answers["sesv2", "GetEmailIdentity"]
    assert (0, {}) == examined(capsys)


def test_every_check_is_named_in_its_documentation() -> None:
    """In docs/command-line.md."""
    docs = (PROJECT / "docs/command-line.md").read_text().partition("## dropcap doctor")[2].partition("\n## ")[0]
    assert all(name in docs for name in CHECKS)
