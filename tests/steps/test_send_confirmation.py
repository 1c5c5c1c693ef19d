"""Somebody who typed their address is asked whether they meant it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from botocore.exceptions import ReadTimeoutError

from dropcap.errors import ServiceError
from dropcap.newsletter.outcome import SesAccount
from dropcap.newsletter.web import WebRequest
from dropcap.newsletter_contracts import SendConfirmation
from dropcap.steps.newsletter.send_confirmation import NO_RECIPIENT, send_confirmation
from dropcap.steps.newsletter.subscribe import respond
from support.newsletter_bench import CAUSE, NOON, Bench, Died, refusal

HOUR = timedelta(hours=1)


@pytest.fixture
def ada(bench: Bench) -> str:
    """Subscribe Ada without confirming; return her hash."""
    return bench.subscribe("ada@example.org", confirm=False)


def ask(bench: Bench, subscriber: str, *, at: datetime = NOON) -> str:
    """Ask SUBSCRIBER, AT a time."""
    return send_confirmation(bench.confirming(), SendConfirmation(subscriber, CAUSE), now=at)


def test_the_mail_has_a_link_to_a_page_with_a_button(bench: Bench, ada: str) -> None:
    """It names the subscriber by a hash, proves itself with their question, and belongs to no list."""
    assert "taken" == ask(bench, ada)
    (mail,) = bench.mails()
    subscriber, body = bench.subscribers.get(ada), mail.get_body(("plain",))
    assert subscriber
    assert body
    assert f"https://journal.example.org/api/confirm?s={ada}&t={subscriber.question}" in body.get_content()
    assert ("ada@example.org", None) == (mail["To"], mail["List-Unsubscribe"])
    assert "The Quiet Hour" in mail["Subject"]


def test_somebody_is_asked_once_an_hour(bench: Bench, ada: str) -> None:
    """For any number of messages, whoever typed the address."""
    assert ["taken", NO_RECIPIENT] == [ask(bench, ada), ask(bench, ada, at=NOON + timedelta(minutes=59))]
    assert "taken" == ask(bench, ada, at=NOON + HOUR)
    assert 2 == len(bench.mails())


def test_the_pause_doubles_with_every_mail_to_an_inbox(bench: Bench, ada: str) -> None:
    """The times of all mails are stored, not only the last one: after the second one, two hours have to pass."""
    assert ["taken", "taken"] == [ask(bench, ada), ask(bench, ada, at=NOON + HOUR)]
    assert NO_RECIPIENT == ask(bench, ada, at=NOON + HOUR * 3 - timedelta(seconds=1))
    assert "taken" == ask(bench, ada, at=NOON + HOUR * 3)
    assert NO_RECIPIENT == ask(bench, ada, at=NOON + HOUR * 23)
    assert 3 == len(bench.mails())


def test_confirmed_departed_and_unknown_addresses_get_no_confirmation(bench: Bench, ada: str) -> None:
    """The standing counts when the mail would be sent."""
    bench.subscribers.leave(ada, NOON)
    ben = bench.subscribe("ben@example.org")
    assert [NO_RECIPIENT] * 3 == [ask(bench, subscriber) for subscriber in (ada, ben, "f" * 64)]
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
    with pytest.raises(ServiceError, match="SES accepts no mail"):
        ask(bench, ada)
    assert "taken" == ask(bench, ada)


def test_a_confirmation_overtakes_a_newsletter_that_is_going_out(bench: Bench, ada: str) -> None:
    """Slots are reserved for the next half minute; whoever subscribes gets their mail now."""
    bench.account = SesAccount(rate=1.0, per_day=200.0, sent_today=0.0, may_send=True)
    bench.rate.reserve(bench.rate.look(NOON), 30, NOON, timedelta(seconds=60))
    assert "taken" == ask(bench, ada)


def test_a_flood_of_requests_waits_its_turn(bench: Bench, ada: str) -> None:
    """If slots are reserved far ahead, the message is queued again."""
    bench.account = SesAccount(rate=1.0, per_day=200.0, sent_today=0.0, may_send=True)
    bench.rate.reserve(bench.rate.look(NOON), 90, NOON, timedelta(seconds=120))
    assert "not now" == ask(bench, ada)
    assert [(SendConfirmation(ada, CAUSE), 88)] == bench.take("confirmations")
    assert [] == bench.mails()


def test_the_day_has_a_budget_for_confirmations(bench: Bench) -> None:
    """A flood costs the newsletters no more than this; the next day has its own."""
    bench.budget = 2
    three = [bench.subscribe(f"{name}@example.org", confirm=False) for name in ("ada", "ben", "cleo")]
    assert ["taken", "taken", "budget spent"] == [ask(bench, subscriber) for subscriber in three]
    assert [] == bench.take("confirmations")
    assert "taken" == ask(bench, three[2], at=NOON + timedelta(days=1))


def test_without_a_budget_no_confirmation_is_sent(bench: Bench, ada: str) -> None:
    """Not even the first one of a day, for which there is no count yet."""
    bench.budget = 0
    assert "budget spent" == ask(bench, ada)
    assert [] == bench.mails()


def test_a_refused_mail_costs_no_budget(bench: Bench, ada: str) -> None:
    """SES has definitely not sent it: neither the site nor the inbox is charged."""
    bench.budget = 1
    bench.mood.faults = [refusal("TooManyRequestsException", 429)]
    assert ["not now", "taken"] == [ask(bench, ada), ask(bench, ada)]


def test_spellings_of_one_inbox_share_its_count(bench: Bench) -> None:
    """Plus and dot: fifty subscriptions of `victim+1` and so on send one mail now."""
    spellings = [f"vic.tim+{number}@example.org" for number in range(50)]
    hashes = [bench.subscribe(spelling, confirm=False) for spelling in spellings]
    assert ["taken", *[NO_RECIPIENT] * 49] == [ask(bench, subscriber) for subscriber in hashes]


def test_confirming_clears_the_count(bench: Bench, ada: str) -> None:
    """A person who has confirmed once can subscribe again at once: no pause is left of the mails before."""
    assert ["taken", "taken"] == [ask(bench, ada), ask(bench, ada, at=NOON + HOUR)]
    subscriber = bench.subscribers.get(ada)
    assert subscriber
    request = WebRequest("POST", "/api/confirm", {"s": ada, "t": subscriber.question})
    assert 200 == respond(bench.api(), request, now=NOON + HOUR).status
    bench.subscribers.leave(ada, NOON + HOUR)
    bench.subscribe("ada@example.org", confirm=False)
    assert ["taken", NO_RECIPIENT] == [ask(bench, ada, at=NOON + HOUR) for _ in range(2)]


def test_a_mail_before_there_were_counts_is_counted(bench: Bench, ada: str) -> None:
    """A stack that is updated knows when the last one was sent."""
    bench.dynamodb.update_item(
        TableName="subscribers",
        Key={"pk": {"S": f"SHARD#{ada[0]}"}, "sk": {"S": ada}},
        UpdateExpression="SET asked_at = :at",
        ExpressionAttributeValues={":at": {"S": NOON.isoformat(timespec="microseconds")}},
    )
    assert [NO_RECIPIENT, "taken"] == [ask(bench, ada, at=NOON + HOUR / 2), ask(bench, ada, at=NOON + HOUR)]


def test_a_site_names_its_own_sender(bench: Bench, ada: str) -> None:
    """Its title stands for it otherwise."""
    bench.catalog.settings = replace(bench.catalog.settings, sender="Ada, of the Quiet Hour", postal_address="")
    ask(bench, ada)
    (mail,) = bench.mails()
    assert "Ada, of the Quiet Hour" == mail["From"].addresses[0].display_name
    assert "2 Street" in str(mail)


def test_newsletters_leave_the_confirmations_their_share_of_the_quota(bench: Bench) -> None:
    """A large issue uses three quarters of a small quota; then its pages wait, and a confirmation goes out."""
    bench.account = SesAccount(rate=14.0, per_day=200.0, sent_today=20.0, may_send=True)
    reserved = bench.rate.reserve(bench.rate.look(NOON), 500, NOON, timedelta(hours=1))
    assert 130 == reserved.mails
    later = NOON + timedelta(minutes=1)
    assert timedelta(minutes=14) == bench.rate.look(later).wait(later)
    bench.now = later
    assert "taken" == ask(bench, bench.subscribe("ada@example.org", confirm=False))


def test_a_flood_of_confirmations_leaves_newsletters_their_share(bench: Bench) -> None:
    """With any budget of the operator, confirmations get at most a quarter of the quota."""
    bench.account = SesAccount(rate=14.0, per_day=8.0, sent_today=0.0, may_send=True)
    hashes = [bench.subscribe(f"reader-{number}@example.org", confirm=False) for number in range(4)]
    assert ["taken", "taken", "budget spent", "budget spent"] == [ask(bench, reader) for reader in hashes]


def test_an_account_without_a_quota_has_the_whole_budget(bench: Bench) -> None:
    """SES writes a negative number for that."""
    bench.account = SesAccount(rate=14.0, per_day=-1.0, sent_today=0.0, may_send=True)
    assert (500, None) == (bench.rate.confirmation_budget(NOON), bench.rate.look(NOON).left)
