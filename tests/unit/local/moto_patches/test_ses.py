"""SES in the local cloud: its quota, and what it tells of each mail."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import time_machine
from botocore.exceptions import ClientError

from dropcap_local.clients import ACCOUNT, REGION, Clients, session
from dropcap_local.moto_patches.ses import SendingAccount, mail_service
from dropcap_local.resources.sent_mails import sent_mails
from support.bare_aws import bare_aws

SET = "dropcap-mail"
NOW = "2026-03-16T09:00:00Z"


@contextmanager
def _ses(
    account: SendingAccount, events: tuple[str, ...] = ("send", "delivery", "bounce", "complaint")
) -> Iterator[Clients]:
    """Create a configuration set with a topic to which a queue is subscribed, raw."""
    with bare_aws() as clients, mail_service(account):
        queue = clients.client("sqs").create_queue(QueueName="feedback")["QueueUrl"]
        topic = clients.client("sns").create_topic(Name="events")["TopicArn"]
        endpoint = f"arn:aws:sqs:{REGION}:123456789012:{queue.rpartition('/')[2]}"
        raw = {"RawMessageDelivery": "true"}
        clients.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=endpoint, Attributes=raw)
        clients.client("sesv2").create_email_identity(EmailIdentity="example.org")
        clients.client("sesv2").create_configuration_set(ConfigurationSetName=SET)
        destination: Any = {
            "Name": "events",
            "Enabled": True,
            "MatchingEventTypes": list(events),
            "SNSDestination": {"TopicARN": topic},
        }
        session().client("ses").create_configuration_set_event_destination(
            ConfigurationSetName=SET, EventDestination=destination
        )
        yield clients


def _send(clients: Clients, to: str, configuration_set: str = SET) -> str:
    mail = f"From: News <news@example.org>\r\nTo: {to}\r\nSubject: On sleep\r\n\r\nGood night.\r\n"
    answer = clients.client("sesv2").send_email(
        FromEmailAddress="news@example.org",
        Content={"Raw": {"Data": mail.encode()}},
        ConfigurationSetName=configuration_set,
        EmailTags=[{"Name": "issue", "Value": "i1"}, {"Name": "subscriber", "Value": "abc"}],
    )
    return answer["MessageId"]


def _events(clients: Clients) -> list[dict[str, Any]]:
    sqs = clients.client("sqs")
    queue = sqs.get_queue_url(QueueName="feedback")["QueueUrl"]
    messages = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])
    return [json.loads(message["Body"]) for message in messages]


def test_a_mail_has_an_event_for_send_and_for_delivery() -> None:
    """Both events carry the mail's id, its recipient and its sender's tags, each as a list."""
    with _ses(SendingAccount()) as clients, time_machine.travel(NOW, tick=False):
        message_id = _send(clients, "Ann <ann@example.com>")
        send, delivery = _events(clients)
    assert ("Send", "Delivery") == (send["eventType"], delivery["eventType"])
    assert ["ann@example.com"] == delivery["delivery"]["recipients"]
    for event in (send, delivery):
        assert message_id == event["mail"]["messageId"]
        assert ["i1"] == event["mail"]["tags"]["issue"]
        assert ["abc"] == event["mail"]["tags"]["subscriber"]
        assert [SET] == event["mail"]["tags"]["ses:configuration-set"]
        assert "2026-03-16T09:00:00.000Z" == event["mail"]["timestamp"]
        assert "On sleep" == event["mail"]["commonHeaders"]["subject"]


@pytest.mark.parametrize(
    ("recipient", "expected"),
    [
        ("bounce@simulator.amazonses.com", ["Send", "Bounce"]),
        ("bounce+ann@simulator.amazonses.com", ["Send", "Bounce"]),
        ("complaint@simulator.amazonses.com", ["Send", "Delivery", "Complaint"]),
        ("success@simulator.amazonses.com", ["Send", "Delivery"]),
    ],
)
def test_the_mailbox_simulator_does_what_it_says(recipient: str, expected: list[str]) -> None:
    """The same addresses as in SES make a mail bounce, or be complained about."""
    with _ses(SendingAccount()) as clients:
        _send(clients, recipient)
        events = _events(clients)
    assert expected == [event["eventType"] for event in events]


def test_events_that_nobody_asked_for_are_not_published() -> None:
    """A configuration set that wants bounces hears of nothing else."""
    with _ses(SendingAccount(), events=("bounce",)) as clients:
        _send(clients, "ann@example.com")
        assert [] == _events(clients)


def test_an_unknown_configuration_set_is_refused() -> None:
    """Nothing is sent."""
    account = SendingAccount()
    with _ses(account) as clients, pytest.raises(ClientError, match="NotFoundException"):
        _send(clients, "ann@example.com", "another")
    assert [] == account.sent_at


def test_the_account_says_how_much_of_the_day_is_left() -> None:
    """Mails count for 24 hours."""
    account = SendingAccount(per_day=200, per_second=1.0)
    with _ses(account) as clients:
        with time_machine.travel(NOW, tick=False) as traveller:
            _send(clients, "ann@example.com")
            assert 1.0 == clients.client("sesv2").get_account()["SendQuota"]["SentLast24Hours"]
            traveller.shift(24 * 60 * 60)
            assert 0.0 == clients.client("sesv2").get_account()["SendQuota"]["SentLast24Hours"]
        quota = clients.client("sesv2").get_account()["SendQuota"]
    assert (200.0, 1.0) == (quota["Max24HourSend"], quota["MaxSendRate"])


def test_beyond_the_quota_nothing_is_sent() -> None:
    """The refusal has the name that SES gives to a rate limit, too."""
    account = SendingAccount(per_day=1)
    with _ses(account) as clients:
        _send(clients, "ann@example.com")
        with pytest.raises(ClientError, match="ThrottlingException"):
            _send(clients, "bob@example.com")
    assert 1 == len(account.sent_at)


def test_an_address_that_bounced_gets_no_mail_until_it_leaves_the_suppression_list() -> None:
    """SES takes the mail, does not send it, and reports a bounce of its own kind."""
    bouncing = "bounce@simulator.amazonses.com"
    account = SendingAccount()
    with _ses(account, events=("bounce",)) as clients:
        ses = clients.client("sesv2")
        for _ in range(2):
            _send(clients, bouncing)
        kinds = [event["bounce"]["bounceSubType"] for event in _events(clients)]
        assert ["General", "OnAccountSuppressionList"] == kinds
        assert 1 == len(sent_mails(ACCOUNT, REGION))
        ses.delete_suppressed_destination(EmailAddress=bouncing.upper())
        with pytest.raises(ClientError, match="NotFoundException"):
            ses.delete_suppressed_destination(EmailAddress=bouncing)
    assert set() == account.suppressed
