"""The adapter of SES: one attempt a call, and every silence sorted."""

import pytest
from botocore.exceptions import (
    ConnectionClosedError,
    EndpointConnectionError,
    ParamValidationError,
    ProxyConnectionError,
    ReadTimeoutError,
    SSLError,
)
from botocore.parsers import ResponseParserError

from dropcap.aws.mail import ONE_ATTEMPT, Mail
from dropcap.clients import client
from dropcap.newsletter.outcome import UNKNOWN_ACCOUNT, Outcome, SesAccount
from dropcap_local.events.invocation import forget_caches
from support.newsletter_bench import Bench, refusal

pytestmark = pytest.mark.parametrize("bench", ["moto"], indirect=True)
"""The tested code makes clients of its own."""

RAW = b"From: news@example.org\r\nTo: ada@example.org\r\nSubject: Naps\r\n\r\nEnough.\r\n"
URL = "https://ses"


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (EndpointConnectionError(endpoint_url=URL), Outcome.NOT_NOW),
        (ProxyConnectionError(proxy_url=URL), Outcome.NOT_NOW),
        (ReadTimeoutError(endpoint_url=URL), Outcome.UNKNOWN),
        (ConnectionClosedError(endpoint_url=URL), Outcome.UNKNOWN),
        (SSLError(endpoint_url=URL, error=OSError()), Outcome.UNKNOWN),
        (ResponseParserError("cut off"), Outcome.UNKNOWN),
        (ParamValidationError(report="no bytes"), Outcome.CLOSED),
        (refusal("InternalServiceErrorException", 500), Outcome.UNKNOWN),
        (refusal("MessageRejected"), Outcome.REFUSED),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_failure_says_whether_the_mail_was_taken(bench: Bench, fault: Exception, outcome: Outcome) -> None:
    """The mail did not reach SES, or that is unclear, or SES refused it: three different results."""
    bench.mood.faults = [fault]
    answer = bench.mail.send(RAW, {})
    assert outcome == answer.outcome
    assert answer.code


def test_a_mail_that_was_taken_has_a_name(bench: Bench) -> None:
    """SES gives an id, which its events carry too."""
    answer = bench.mail.send(RAW, {"issue": "12b3"})
    assert Outcome.TAKEN == answer.outcome
    assert answer.message_id
    assert ["ada@example.org"] == [mail["To"] for mail in bench.mails()]


def test_the_account_is_what_ses_says_it_is(bench: Bench) -> None:
    """Rate, quota, what was sent, and whether anything may be."""
    quota = {"Max24HourSend": 200.0, "MaxSendRate": 14.0, "SentLast24Hours": 3.0}
    bench.mood.account = {"SendQuota": quota, "SendingEnabled": True, "ProductionAccessEnabled": False}
    assert SesAccount(rate=14.0, per_day=200.0, sent_today=3.0, may_send=False) == bench.mail.account()


def test_an_account_without_limits_in_its_answer_sends_slowly(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """GetAccount may be throttled itself: then mails go out at the rate of a new account."""

    def throttled() -> None:
        raise refusal("TooManyRequestsException", 429)

    monkeypatch.setattr(bench.mood, "get_account", throttled)
    assert UNKNOWN_ACCOUNT == bench.mail.account()
    assert not UNKNOWN_ACCOUNT.day_is_spent


@pytest.mark.parametrize(
    ("identities", "outcome"),
    [
        ({"news@letters.example.org": True}, Outcome.REFUSED),
        ({"letters.example.org": True}, Outcome.REFUSED),
        ({"letters.example.org": False, "example.org": True}, Outcome.REFUSED),
        ({"letters.example.org": False}, Outcome.CLOSED),
        ({"other.example.org": True}, Outcome.CLOSED),
        ({}, Outcome.CLOSED),
    ],
    ids=str,
)
def test_a_mail_from_an_unverified_sender_is_not_refused_for_good(
    bench: Bench, identities: dict[str, bool], outcome: Outcome
) -> None:
    """SES rejects such a mail with the code with which it rejects a single one: the identity tells them apart."""
    bench.mood.faults, bench.mood.identities = [refusal("MessageRejected")], identities
    assert outcome == bench.mail.send(RAW, {}).outcome


@pytest.mark.parametrize("question", ["get_account", "get_email_identity"])
@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (refusal("TooManyRequestsException", 429), Outcome.NOT_NOW),
        (refusal("InternalServiceErrorException", 500), Outcome.NOT_NOW),
        (ReadTimeoutError(endpoint_url=URL), Outcome.NOT_NOW),
        (refusal("AccessDeniedException", 403), Outcome.REFUSED),
    ],
    ids=["throttled", "failed", "no answer", "denied"],
)
def test_a_rejected_mail_waits_until_ses_tells_why(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, question: str, fault: Exception, outcome: Outcome
) -> None:
    """Both questions are limited to one call a second, and a list of recipients may depend on the answer."""

    def failing(**_: object) -> None:
        raise fault

    monkeypatch.setattr(bench.mood, question, failing)
    bench.mood.faults = [refusal("MessageRejected")]
    assert outcome == bench.mail.send(RAW, {}).outcome


@pytest.mark.usefixtures("bench")
def test_nobody_retries_for_us(monkeypatch: pytest.MonkeyPatch) -> None:
    """A retry after a read timeout is a second mail, so the client that is wired makes one attempt."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    attempts: list[object] = []

    def lost(**_: object) -> None:
        attempts.append(None)
        raise ReadTimeoutError(endpoint_url=URL)

    forget_caches(("dropcap.clients", "dropcap.wiring"))
    ses = client("sesv2", ONE_ATTEMPT)
    ses.meta.events.register_first("before-send.sesv2.SendEmail", lost)
    assert Outcome.UNKNOWN == Mail(ses, "configuration-set", "news@example.org").send(RAW, {}).outcome
    assert 1 == len(attempts)
    forget_caches(("dropcap.clients", "dropcap.wiring"))


@pytest.mark.usefixtures("bench")
def test_a_client_sends_on_after_its_connections_were_dropped(bench: Bench) -> None:
    """Dropping them costs a handshake and nothing else."""
    mail = Mail(bench.ses, "configuration-set", "news@example.org")
    mail.start()
    assert Outcome.TAKEN == mail.send(RAW, {}).outcome
