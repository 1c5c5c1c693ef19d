"""The HTTP API: asking, confirming, leaving."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from dropcap.newsletter.address import MailAddress
from dropcap.newsletter.subscription import Subscriber, SubscriptionState
from dropcap.newsletter.web import WebRequest, WebResponse
from dropcap.newsletter_contracts import SendConfirmation
from dropcap.steps.newsletter.subscribe import respond
from support.newsletter_bench import NOON, Bench

ADA = MailAddress("ada@example.org").subscriber


def call(bench: Bench, method: str, action: str, **fields: str) -> WebResponse:
    """Make one request with the fields GIVEN."""
    return respond(bench.api(), WebRequest(method, f"/api/{action}", fields), now=bench.now)


def stored(bench: Bench, subscriber: str = ADA) -> Subscriber:
    """Return who has the hash SUBSCRIBER."""
    record = bench.subscribers.get(subscriber)
    assert record
    return record


def requested(bench: Bench) -> list[str]:
    """Return the hashes that confirmation mails were sent for."""
    return [message.subscriber for message, _ in bench.take("confirmations") if isinstance(message, SendConfirmation)]


@dataclass
class Recorder:
    """A client that notes its calls."""

    client: Any
    calls: list[str]

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # a boto3 method
        """Note the call NAME, and make it."""
        self.calls.append(name)
        return getattr(self.client, name)


def test_double_opt_in(bench: Bench) -> None:
    """Asking makes nobody a subscriber; the button does."""
    assert 200 == call(bench, "POST", "subscribe", email=" Ada@Example.org ").status
    assert [ADA] == requested(bench)
    assert (SubscriptionState.PENDING, "Ada@example.org") == (stored(bench).standing, stored(bench).address)
    question = stored(bench).question
    assert 200 == call(bench, "POST", "confirm", s=ADA, t=question).status
    assert stored(bench).is_confirmed
    assert 200 == call(bench, "POST", "confirm", s=ADA, t=question).status


def test_a_get_changes_nothing(bench: Bench) -> None:
    """Mail scanners follow links: they get a page with a button, whose form posts the same pair."""
    call(bench, "POST", "subscribe", email="ada@example.org")
    before = stored(bench)
    for action, token in (("confirm", before.question), ("unsubscribe", before.token)):
        page = call(bench, "GET", action, s=ADA, t=token)
        assert 200 == page.status
        assert f'action="/api/{action}" method="post"' in page.body
        assert ADA in page.body
        assert token in page.body
    assert before == stored(bench)


def test_the_answer_does_not_reveal_who_is_subscribed(bench: Bench) -> None:
    """New, pending, confirmed, suppressed: all see the same page, and so does a robot."""
    bench.subscribe("ben@example.org")
    bench.subscribers.suppress(bench.subscribe("cleo@example.org"), "complained", NOON)
    people = ["ada@example.org", "ada@example.org", "ben@example.org", "cleo@example.org"]
    pages = [call(bench, "POST", "subscribe", email=address) for address in people]
    pages.append(call(bench, "POST", "subscribe", email="bot@example.org", website="https://spam.example"))
    assert 1 == len({(page.status, page.body) for page in pages})
    assert bench.subscribers.get(MailAddress("bot@example.org").subscriber) is None
    assert SubscriptionState.CONFIRMED == stored(bench, MailAddress("ben@example.org").subscriber).standing


def test_every_request_makes_the_same_calls(bench: Bench) -> None:
    """Calls, and with them time, tell nothing about an address: the sender decides whether a mail goes out."""
    bench.subscribe("ben@example.org")
    bench.subscribers.suppress(bench.subscribe("cleo@example.org"), "complained", NOON)
    bench.subscribers.leave(bench.subscribe("dora@example.org"), NOON)
    bench.subscribe("eve@example.org", confirm=False)
    sequences: list[tuple[str, ...]] = []
    for name in ("ada", "ben", "cleo", "dora", "eve"):
        calls: list[str] = []
        clients: Any = {"dynamodb": Recorder(bench.dynamodb, calls), "sqs": Recorder(bench.sqs, calls)}
        recording = replace(bench, **clients)
        call(recording, "POST", "subscribe", email=f"{name}@example.org")
        sequences.append(tuple(calls))
    assert {("get_queue_url", "update_item", "send_message")} == set(sequences)
    assert 5 == len(requested(bench))


def test_a_former_spelling_of_a_suppressed_domain_stays_suppressed(bench: Bench) -> None:
    """An address that was kept while domains were IDNA 2003 has another hash now."""
    bench.subscribers.suppress(MailAddress("ada@strasse.example").subscriber, "complained", NOON)
    call(bench, "POST", "subscribe", email="ada@straße.example")
    assert bench.subscribers.get(MailAddress("ada@xn--strae-oqa.example").subscriber) is None


@pytest.mark.parametrize(
    "email", ["", "ada", "a@b@c", "ada@example.org, eve@example.org", "ada@example.org\nBcc: e@x.org"]
)
def test_an_invalid_address_is_refused(bench: Bench, email: str) -> None:
    """A typing error is not a secret."""
    page = call(bench, "POST", "subscribe", email=email)
    assert 400 == page.status
    assert "not an address" in page.body
    assert [] == requested(bench)


def test_leaving_takes_one_click_and_forgets_the_address(bench: Bench) -> None:
    """RFC 8058: the mail program posts to the link in List-Unsubscribe, and is not sent elsewhere."""
    ada = bench.subscribe("ada@example.org")
    page = call(bench, "POST", "unsubscribe", s=ada, t=stored(bench).token, **{"List-Unsubscribe": "One-Click"})
    assert 200 == page.status
    assert (SubscriptionState.UNSUBSCRIBED, "", "") == (
        stored(bench).standing,
        stored(bench).address,
        stored(bench).question,
    )
    assert 200 == call(bench, "POST", "unsubscribe", s=ada, t=stored(bench).token).status


def test_coming_back_needs_a_new_confirmation(bench: Bench) -> None:
    """An old confirmation link confirms nobody; an old unsubscribe link still lets one go."""
    ada = bench.subscribe("ada@example.org")
    old = stored(bench)
    bench.subscribers.leave(ada, NOON)
    call(bench, "POST", "subscribe", email="ada@example.org")
    assert SubscriptionState.PENDING == stored(bench).standing
    assert 400 == call(bench, "POST", "confirm", s=ada, t=old.question).status
    assert 200 == call(bench, "POST", "confirm", s=ada, t=stored(bench).question).status
    assert 200 == call(bench, "POST", "unsubscribe", s=ada, t=old.token).status
    assert SubscriptionState.UNSUBSCRIBED == stored(bench).standing


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    ("action", "remedy"), [("confirm", "ask for a new one"), ("unsubscribe", "at the end of the newest mail")]
)
def test_a_bad_link_is_refused_with_the_remedy(bench: Bench, method: str, action: str, remedy: str) -> None:
    """A link to confirm can be asked for again; one to unsubscribe is in every mail."""
    page = call(bench, method, action, s="no hash", t="token")
    assert (400, True) == (page.status, remedy in page.body)


@pytest.mark.parametrize("action", ["confirm", "unsubscribe"])
def test_nobody_acts_without_the_token(bench: Bench, action: str) -> None:
    """A hash alone is worth nothing: whoever knows an address can compute it."""
    bench.subscribe("ada@example.org", confirm=action == "unsubscribe")
    before = stored(bench)
    wrong = [{}, {"s": ADA}, {"s": ADA, "t": ""}, {"s": ADA, "t": "x"}, {"s": "f" * 64, "t": "x"}, {"s": "x", "t": "x"}]
    swapped = {"s": ADA, "t": before.token if action == "confirm" else before.question}
    assert [400] * 7 == [call(bench, "POST", action, **fields).status for fields in (*wrong, swapped)]
    assert before == stored(bench)


def test_a_head_shows_what_a_get_shows(bench: Bench) -> None:
    """Mail scanners ask so, and get no error that could be kept."""
    ada = bench.subscribe("ada@example.org", confirm=False)
    for action, token in (("confirm", stored(bench).question), ("unsubscribe", stored(bench).token)):
        assert 200 == call(bench, "HEAD", action, s=ada, t=token).status
    assert SubscriptionState.PENDING == stored(bench).standing


def test_a_link_to_confirm_ends_after_two_weeks(bench: Bench) -> None:
    """Whenever DynamoDB gets round to deleting the item."""
    ada = bench.subscribe("ada@example.org", confirm=False)
    bench.now += timedelta(days=14)
    assert 400 == call(bench, "POST", "confirm", s=ada, t=stored(bench).question).status
    bench.now -= timedelta(seconds=1)
    assert 200 == call(bench, "POST", "confirm", s=ada, t=stored(bench).question).status


def test_no_subscribers_are_taken_while_the_budget_is_zero(bench: Bench) -> None:
    """The switch for the whole site; unsubscribing always works."""
    ada = bench.subscribe("ada@example.org")
    tools = replace(bench.api(), open=False)
    request = WebRequest("POST", "/api/subscribe", {"email": "ben@example.org"})
    assert 400 == respond(tools, request, now=NOON).status
    leaving = WebRequest("POST", "/api/unsubscribe", {"s": ada, "t": stored(bench).token})
    assert 200 == respond(tools, leaving, now=NOON).status


def test_nobody_confirms_a_suppressed_address(bench: Bench) -> None:
    """An old link in an inbox does not lift a suppression."""
    ada = bench.subscribe("ada@example.org", confirm=False)
    question = stored(bench).question
    bench.subscribers.suppress(ada, "bounced", NOON)
    assert 400 == call(bench, "POST", "confirm", s=ada, t=question).status
    assert SubscriptionState.SUPPRESSED == stored(bench).standing


def test_who_never_confirms_is_forgotten(bench: Bench) -> None:
    """The item carries the table's time to live until the button is pressed."""

    def expires() -> int | None:
        key = {"pk": {"S": f"SHARD#{ADA[0]}"}, "sk": {"S": ADA}}
        expires = bench.dynamodb.get_item(TableName="subscribers", Key=key)["Item"].get("expires")
        return int(expires["N"]) if expires else None

    call(bench, "POST", "subscribe", email="ada@example.org")
    assert int((NOON + timedelta(days=14)).timestamp()) == expires()
    call(bench, "POST", "confirm", s=ADA, t=stored(bench).question)
    assert expires() is None


def test_a_program_gets_json(bench: Bench) -> None:
    """A request in JSON is answered in JSON."""
    request = WebRequest("POST", "/api/subscribe", {"email": "ada@example.org"}, wants_json=True)
    page = respond(bench.api(), request, now=NOON)
    assert ('{"answer": "subscribed"}', "application/json") == (page.body, page.kind)


def test_a_site_without_a_newsletter_takes_nobody_in_but_lets_everybody_go(bench: Bench) -> None:
    """`newsletter: false` in site.yaml."""
    ada = bench.subscribe("ada@example.org")
    bench.catalog.settings = replace(bench.catalog.settings, newsletter=False)
    assert 400 == call(bench, "POST", "subscribe", email="ben@example.org").status
    assert 200 == call(bench, "POST", "unsubscribe", s=ada, t=stored(bench).token).status


def test_there_is_nothing_else(bench: Bench) -> None:
    """Neither other addresses nor other methods. Never a 404, which the CDN would keep for a moment."""
    assert [400, 400] == [call(bench, "GET", "subscribe").status, call(bench, "DELETE", "confirm").status]


def test_what_was_given_is_escaped(bench: Bench) -> None:
    """A token in a link comes from anybody."""
    assert "<script>" not in call(bench, "GET", "confirm", s=ADA, t='"><script>alert(1)</script>').body
