"""The HTTP API: asking, confirming, leaving."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dropcap.contracts import SendConfirmation
from dropcap.newsletter.address import MailAddress
from dropcap.newsletter.subscription import Subscriber, SubscriptionState
from dropcap.newsletter.web import WebRequest, WebResponse
from dropcap.steps.newsletter.subscribe import answer
from support.newsletter_bench import NOON, Bench

ADA = MailAddress("ada@example.org").subscriber


def call(bench: Bench, method: str, action: str, **given: str) -> WebResponse:
    """Make one request with the fields GIVEN."""
    return answer(bench.api(), WebRequest(method, f"/api/{action}", given), now=bench.now)


def known(bench: Bench, subscriber: str = ADA) -> Subscriber:
    """Return who has the hash SUBSCRIBER."""
    found = bench.subscribers.get(subscriber)
    assert found
    return found


def asked(bench: Bench) -> list[str]:
    """Return the hashes that confirmation mails were sent for."""
    return [message.subscriber for message, _ in bench.take("confirmations") if isinstance(message, SendConfirmation)]


def test_double_opt_in(bench: Bench) -> None:
    """Asking makes nobody a subscriber; the button does."""
    assert 200 == call(bench, "POST", "subscribe", email=" Ada@Example.org ").status
    assert [ADA] == asked(bench)
    assert (SubscriptionState.PENDING, "Ada@example.org") == (known(bench).standing, known(bench).address)
    question = known(bench).question
    assert 200 == call(bench, "POST", "confirm", s=ADA, t=question).status
    assert known(bench).is_confirmed
    assert 200 == call(bench, "POST", "confirm", s=ADA, t=question).status


def test_a_get_changes_nothing(bench: Bench) -> None:
    """Mail scanners follow links: they get a page with a button, whose form posts the same pair."""
    call(bench, "POST", "subscribe", email="ada@example.org")
    before = known(bench)
    for action, token in (("confirm", before.question), ("unsubscribe", before.token)):
        page = call(bench, "GET", action, s=ADA, t=token)
        assert 200 == page.status
        assert f'action="/api/{action}" method="post"' in page.body
        assert ADA in page.body
        assert token in page.body
    assert before == known(bench)


def test_the_answer_does_not_tell_who_is_known(bench: Bench) -> None:
    """New, pending, confirmed, suppressed: all see the same page, and so does a robot."""
    bench.subscribe("ben@example.org")
    bench.subscribers.suppress(bench.subscribe("cleo@example.org"), "complained", NOON)
    people = ["ada@example.org", "ada@example.org", "ben@example.org", "cleo@example.org"]
    pages = [call(bench, "POST", "subscribe", email=address) for address in people]
    pages.append(call(bench, "POST", "subscribe", email="bot@example.org", website="https://spam.example"))
    assert 1 == len({(page.status, page.body) for page in pages})
    assert bench.subscribers.get(MailAddress("bot@example.org").subscriber) is None
    assert SubscriptionState.CONFIRMED == known(bench, MailAddress("ben@example.org").subscriber).standing


def test_a_form_filled_in_ten_times_sends_one_mail_an_hour(bench: Bench) -> None:
    """Once a mail was sent, nobody is asked before the hour is over; and the link in it stays good."""
    call(bench, "POST", "subscribe", email="ada@example.org")
    question = known(bench).question
    assert bench.subscribers.start_confirmation(ADA, bench.now)
    assert [ADA] == asked(bench)
    bench.now += timedelta(minutes=59)
    call(bench, "POST", "subscribe", email="ada@example.org")
    assert [] == asked(bench)
    bench.now += timedelta(minutes=1)
    call(bench, "POST", "subscribe", email="ada@example.org")
    assert [ADA] == asked(bench)
    assert question == known(bench).question


@pytest.mark.parametrize(
    "email", ["", "ada", "a@b@c", "ada@example.org, eve@example.org", "ada@example.org\nBcc: e@x.org"]
)
def test_what_is_no_address_is_told(bench: Bench, email: str) -> None:
    """A typing error is not a secret."""
    page = call(bench, "POST", "subscribe", email=email)
    assert 400 == page.status
    assert "not an address" in page.body
    assert [] == asked(bench)


def test_leaving_takes_one_click_and_forgets_the_address(bench: Bench) -> None:
    """RFC 8058: the mail program posts to the link in List-Unsubscribe, and is not sent elsewhere."""
    ada = bench.subscribe("ada@example.org")
    page = call(bench, "POST", "unsubscribe", s=ada, t=known(bench).token, **{"List-Unsubscribe": "One-Click"})
    assert 200 == page.status
    assert (SubscriptionState.UNSUBSCRIBED, "", "") == (
        known(bench).standing,
        known(bench).address,
        known(bench).question,
    )
    assert 200 == call(bench, "POST", "unsubscribe", s=ada, t=known(bench).token).status


def test_coming_back_needs_a_new_confirmation(bench: Bench) -> None:
    """An old confirmation link confirms nobody; an old unsubscribe link still lets one go."""
    ada = bench.subscribe("ada@example.org")
    old = known(bench)
    bench.subscribers.leave(ada, NOON)
    call(bench, "POST", "subscribe", email="ada@example.org")
    assert SubscriptionState.PENDING == known(bench).standing
    assert 400 == call(bench, "POST", "confirm", s=ada, t=old.question).status
    assert 200 == call(bench, "POST", "confirm", s=ada, t=known(bench).question).status
    assert 200 == call(bench, "POST", "unsubscribe", s=ada, t=old.token).status
    assert SubscriptionState.UNSUBSCRIBED == known(bench).standing


@pytest.mark.parametrize("action", ["confirm", "unsubscribe"])
def test_nobody_acts_without_the_token(bench: Bench, action: str) -> None:
    """A hash alone is worth nothing: whoever knows an address can compute it."""
    bench.subscribe("ada@example.org", confirm=action == "unsubscribe")
    before = known(bench)
    wrong = [{}, {"s": ADA}, {"s": ADA, "t": ""}, {"s": ADA, "t": "x"}, {"s": "f" * 64, "t": "x"}, {"s": "x", "t": "x"}]
    swapped = {"s": ADA, "t": before.token if action == "confirm" else before.question}
    assert [400] * 7 == [call(bench, "POST", action, **given).status for given in (*wrong, swapped)]
    assert before == known(bench)


def test_nobody_confirms_a_suppressed_address(bench: Bench) -> None:
    """An old link in an inbox does not lift a suppression."""
    ada = bench.subscribe("ada@example.org", confirm=False)
    question = known(bench).question
    bench.subscribers.suppress(ada, "bounced", NOON)
    assert 400 == call(bench, "POST", "confirm", s=ada, t=question).status
    assert SubscriptionState.SUPPRESSED == known(bench).standing


def test_who_never_confirms_is_forgotten(bench: Bench) -> None:
    """The item carries the table's time to live until the button is pressed."""

    def expires() -> int | None:
        key = {"pk": {"S": f"SHARD#{ADA[0]}"}, "sk": {"S": ADA}}
        found = bench.dynamodb.get_item(TableName="subscribers", Key=key)["Item"].get("expires")
        return int(found["N"]) if found else None

    call(bench, "POST", "subscribe", email="ada@example.org")
    assert int((NOON + timedelta(days=14)).timestamp()) == expires()
    call(bench, "POST", "confirm", s=ADA, t=known(bench).question)
    assert expires() is None


def test_a_program_gets_json(bench: Bench) -> None:
    """Whoever sends JSON is answered in it."""
    request = WebRequest("POST", "/api/subscribe", {"email": "ada@example.org"}, wants_json=True)
    page = answer(bench.api(), request, now=NOON)
    assert ('{"answer": "subscribed"}', "application/json") == (page.body, page.kind)


def test_a_site_without_a_newsletter_takes_nobody_in_but_lets_everybody_go(bench: Bench) -> None:
    """`newsletter: false` in site.yaml."""
    ada = bench.subscribe("ada@example.org")
    bench.catalog.settings = replace(bench.catalog.settings, newsletter=False)
    assert 400 == call(bench, "POST", "subscribe", email="ben@example.org").status
    assert 200 == call(bench, "POST", "unsubscribe", s=ada, t=known(bench).token).status


def test_there_is_nothing_else(bench: Bench) -> None:
    """Neither other addresses nor other methods."""
    assert [404, 404] == [call(bench, "GET", "subscribe").status, call(bench, "DELETE", "confirm").status]


def test_what_was_given_is_escaped(bench: Bench) -> None:
    """A token in a link comes from anybody."""
    assert "<script>" not in call(bench, "GET", "confirm", s=ADA, t='"><script>alert(1)</script>').body
