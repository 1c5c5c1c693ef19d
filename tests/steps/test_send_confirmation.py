"""Somebody who typed their address is asked whether they meant it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from botocore.exceptions import ReadTimeoutError

from dropcap.contracts import SendConfirmation
from dropcap.errors import ServiceError
from dropcap.newsletter.outcome import Account
from dropcap.steps.newsletter.send_confirmation import NO_RECIPIENT, send_confirmation
from support.newsletter_bench import CAUSE, NOON, Bench, Died, refusal

HOUR = timedelta(hours=1)


@pytest.fixture
def ada(bench: Bench) -> str:
    """Let Ada have typed her address."""
    return bench.subscribe("ada@example.org", confirm=False)


def ask(bench: Bench, subscriber: str, *, at: datetime = NOON) -> str:
    """Ask SUBSCRIBER, AT a time."""
    return send_confirmation(bench.confirming(), SendConfirmation(subscriber, CAUSE), now=at)


def test_the_mail_has_a_link_to_a_page_with_a_button(bench: Bench, ada: str) -> None:
    """It names the subscriber by a hash, proves itself with their question, and belongs to no list."""
    assert "taken" == ask(bench, ada)
    (mail,) = bench.mails()
    kept, body = bench.subscribers.get(ada), mail.get_body(("plain",))
    assert kept
    assert body
    assert f"https://journal.example.org/api/confirm?s={ada}&t={kept.question}" in body.get_content()
    assert ("ada@example.org", None) == (mail["To"], mail["List-Unsubscribe"])
    assert "The Quiet Hour" in mail["Subject"]


def test_somebody_is_asked_once_an_hour(bench: Bench, ada: str) -> None:
    """However often the message comes, and whoever types the address."""
    assert ["taken", NO_RECIPIENT] == [ask(bench, ada), ask(bench, ada, at=NOON + timedelta(minutes=59))]
    assert "taken" == ask(bench, ada, at=NOON + HOUR)
    assert 2 == len(bench.mails())


def test_whoever_confirmed_left_or_is_unknown_is_not_asked(bench: Bench, ada: str) -> None:
    """The standing counts when the mail would be sent."""
    bench.subscribers.leave(ada, NOON)
    ben = bench.subscribe("ben@example.org")
    assert [NO_RECIPIENT] * 3 == [ask(bench, one) for one in (ada, ben, "f" * 64)]
    assert [] == bench.mails()


def test_a_definite_refusal_asks_again_soon(bench: Bench, ada: str) -> None:
    """The hour is given back, and a new message comes."""
    bench.mood.faults = [refusal("TooManyRequestsException", 429)]
    assert "not now" == ask(bench, ada)
    assert [(SendConfirmation(ada, CAUSE), 1)] == bench.take("confirmations")
    assert "taken" == ask(bench, ada, at=NOON + timedelta(seconds=1))


def test_a_spent_day_asks_again_later(bench: Bench, ada: str) -> None:
    """As late as a queue can."""
    bench.mood.account = {"SendQuota": {"Max24HourSend": 200.0, "SentLast24Hours": 200.0}}
    bench.mood.faults = [refusal("TooManyRequestsException", 429)]
    assert "day spent" == ask(bench, ada)
    assert [(SendConfirmation(ada, CAUSE), 900)] == bench.take("confirmations")


@pytest.mark.parametrize("fault", [ReadTimeoutError(endpoint_url="https://ses"), refusal("InternalFailure", 500)])
def test_where_nobody_knows_nobody_is_asked_twice(bench: Bench, ada: str, fault: Exception) -> None:
    """They can ask themselves when the hour is over."""
    bench.mood.faults, bench.mood.late = [fault], True
    assert ["unknown", NO_RECIPIENT] == [ask(bench, ada), ask(bench, ada)]
    assert 1 == len(bench.mails())


def test_a_sender_that_died_asks_nobody_twice(bench: Bench, ada: str) -> None:
    """The confirmation is leased before the mail is sent."""
    bench.mood.faults, bench.mood.late = [Died()], True
    with pytest.raises(Died):
        ask(bench, ada)
    assert NO_RECIPIENT == ask(bench, ada)
    assert 1 == len(bench.mails())


def test_a_closed_account_calls_for_the_operator(bench: Bench, ada: str) -> None:
    """And when it is open again, the same message is answered."""
    bench.mood.faults = [refusal("SendingPausedException")]
    with pytest.raises(ServiceError, match="SES takes no mail"):
        ask(bench, ada)
    assert "taken" == ask(bench, ada)


def test_confirmations_share_the_bucket_with_letters(bench: Bench, ada: str) -> None:
    """Where it is empty, the message comes again a second later."""
    bench.account = Account(rate=1.0, per_day=200.0, sent_today=0.0, may_send=True)
    assert 1 == bench.rate.take(1, NOON).mails
    assert "not now" == ask(bench, ada)
    assert [(SendConfirmation(ada, CAUSE), 1)] == bench.take("confirmations")
    assert [] == bench.mails()


def test_a_site_names_its_own_sender(bench: Bench, ada: str) -> None:
    """Its title stands for it otherwise."""
    bench.catalog.settings = replace(bench.catalog.settings, sender="Ada, of the Quiet Hour", postal_address="")
    ask(bench, ada)
    (mail,) = bench.mails()
    assert "Ada, of the Quiet Hour" == mail["From"].addresses[0].display_name
    assert "2 Street" in str(mail)
