"""Alarms: whether somebody receives them, and which are on; and dead letters."""

from collections.abc import Iterator
from typing import Final

from dropcap_cli.diagnosis.results import CheckResult
from dropcap_cli.diagnosis.subject import Subject
from dropcap_cli.remote.queues import COUNTS, OTHERS

AT_A_TIME: Final = 100
"""DescribeAlarms takes so many names."""


def check_alarm_address(subject: Subject) -> Iterator[CheckResult]:
    """Check that somebody receives the alarms, and has confirmed that."""
    address = subject.parameters.get("AlarmEmail", "")
    topic = subject.names_of("AWS::SNS::Topic").get("AlarmTopic")
    if topic is None:
        if not address:
            yield _nobody(subject)
        return
    subscriptions = subject.account.client("sns").list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
    if not subscriptions:
        yield _nobody(subject)
    for subscription in subscriptions:
        if not subscription["SubscriptionArn"].startswith("arn:"):
            yield CheckResult(
                "alarm address",
                "error",
                f"{subscription['Endpoint']} has not confirmed its subscription and receives no alarms.",
                'Open the mail "AWS Notification - Subscription Confirmation", and follow its link.',
            )
        else:
            yield CheckResult("alarm address", "ok", f"Alarms go to {subscription['Endpoint']}.")


def _nobody(subject: Subject) -> CheckResult:
    remedy = f"Type: dropcap deploy --stack {subject.name} --alarm-email ADDRESS"
    return CheckResult("alarm address", "warning", "Nobody receives the alarms.", remedy)


def check_alarms(subject: Subject) -> Iterator[CheckResult]:
    """Check that no alarm is on, and that none was switched off."""
    names = sorted(subject.names_of("AWS::CloudWatch::Alarm").values())
    if not names:
        return
    client, quiet = subject.account.client("cloudwatch"), True
    for start in range(0, len(names), AT_A_TIME):
        answer = client.describe_alarms(AlarmNames=names[start : start + AT_A_TIME], AlarmTypes=["MetricAlarm"])
        for alarm in answer["MetricAlarms"]:
            if alarm["StateValue"] == "ALARM":
                quiet = False
                reason, _, remedy = alarm.get("AlarmDescription", "").partition(". ")
                yield CheckResult(
                    "alarms", "error", f"{alarm['AlarmName']}: {reason}.", remedy or "Read docs/runbook/."
                )
            elif not alarm.get("ActionsEnabled", True):
                quiet = False
                remedy = f"Type: aws cloudwatch enable-alarm-actions --alarm-names {alarm['AlarmName']}"
                yield CheckResult("alarms", "warning", f"{alarm['AlarmName']} is switched off.", remedy)
    if quiet:
        yield CheckResult("alarms", "ok", f"None of the {len(names)} alarms is in the state ALARM.")


def check_dead_letters(subject: Subject) -> Iterator[CheckResult]:
    """Check that no message was given up."""
    queues = {name: url for name, url in subject.names_of("AWS::SQS::Queue").items() if name.endswith("DeadLetters")}
    if not queues:
        return
    client, total = subject.account.client("sqs"), 0
    for name, url in sorted(queues.items()):
        counts = client.get_queue_attributes(QueueUrl=url, AttributeNames=list(COUNTS))["Attributes"]
        if number := sum(map(int, counts.values())):
            total += number
            yield _dead_letters(subject.name, name, number)
    if not total:
        yield CheckResult("dead letters", "ok", "No message was given up.")


def _dead_letters(stack: str, queue: str, number: int) -> CheckResult:
    """Return that QUEUE of STACK has so many messages, and the remedy, which `dropcap redrive` must not refuse."""
    if queue in OTHERS:
        page = f"docs/runbook/{queue.removesuffix('DeadLetters').lower()}-dead-letters-waiting.md"
        remedy = f"read {page}. The messages cannot be redriven: {OTHERS[queue]}."
    else:
        remedy = f"type: dropcap redrive --stack {stack} {queue}"
    return CheckResult(
        "dead letters",
        "error",
        f"{queue} has {number} messages.",
        f"Fix the cause (the function's log has it), then {remedy}",
    )
