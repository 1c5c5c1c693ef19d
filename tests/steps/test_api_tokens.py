"""No request to the API causes a server error, or changes a subscriber without their own token or address."""

import json
from base64 import b64encode
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dropcap.newsletter.address import MailAddress
from dropcap.newsletter.subscription import Subscriber
from dropcap.newsletter.web import WebRequest, WebResponse
from dropcap.steps.newsletter.subscribe import ROUTES, respond
from support.newsletter_bench import NOON, Bench, bench_in_memory

NAMES = ("pending", "confirmed", "left", "suppressed")
ADDRESSES = {name: MailAddress(f"{name}@example.org") for name in NAMES}
HASHES = [address.subscriber for address in ADDRESSES.values()]
SECRET = "the-secret-of-the-cdn"  # noqa: S105  # as a test has it
EXPECTED = {200, 400, 403, 429}

TEXTS = st.text(max_size=120)
TOKENS = st.sampled_from([f"token-{number}" for number in range(2 * len(NAMES))])
"""The bench gives each person two tokens, in turn: for leaving, and for confirming."""
FORGED = st.one_of(
    TOKENS,
    TOKENS.map(lambda token: token[:-1]),
    TOKENS.map(lambda token: token * 2),
    st.tuples(TOKENS, TEXTS).map("".join),
    st.just(""),
    TEXTS,
)
WHO = st.one_of(
    st.sampled_from(HASHES),
    st.sampled_from(HASHES).map(str.upper),
    st.sampled_from(HASHES).map(lambda name: name[:-1]),
    st.text("0123456789abcdef", min_size=64, max_size=64),
    TEXTS,
)
TYPED = st.one_of(
    st.sampled_from([address.written for address in ADDRESSES.values()]),
    st.sampled_from([f" {address.written.upper()} " for address in ADDRESSES.values()]),
    st.emails(),
    TEXTS,
)
FIELDS = st.fixed_dictionaries({}, optional={"s": WHO, "t": FORGED, "email": TYPED, "website": TEXTS})
PATHS = st.one_of(st.sampled_from([path for _, path in ROUTES]), st.sampled_from(["/api/", "/api/subscribe/"]), TEXTS)
METHODS = st.one_of(st.sampled_from(["GET", "HEAD", "POST"]), st.sampled_from(["PUT", "DELETE", "OPTIONS", "post"]))


@st.composite
def events(draw: st.DrawFn) -> dict[str, Any]:
    """Draw an event of the HTTP API: fields in the query, in a form, in JSON, or any bytes at all."""
    fields, more = draw(FIELDS), draw(FIELDS)
    kind = draw(st.sampled_from(["application/x-www-form-urlencoded", "application/json", "text/plain", ""]))
    written = json.dumps(more) if "json" in kind else urlencode(more, errors="surrogatepass")
    raw = draw(st.one_of(st.just(written.encode("utf-8", "surrogatepass")), st.binary(max_size=200)))
    encoded = draw(st.booleans())
    body = b64encode(raw).decode() if encoded else raw.decode("latin-1")
    return {
        "requestContext": {"http": {"method": draw(METHODS)}},
        "rawPath": draw(PATHS),
        "rawQueryString": draw(st.one_of(st.just(urlencode(fields, errors="surrogatepass")), TEXTS)),
        "headers": {
            "content-type": kind,
            "x-origin-secret": draw(st.sampled_from([SECRET, SECRET, SECRET, SECRET[:-1], ""])),
            "cloudfront-viewer-address": draw(st.one_of(st.just("192.0.2.1:443"), TEXTS)),
        },
        "body": draw(st.one_of(st.just(body), st.none())),
        "isBase64Encoded": encoded,
    }


NEAR = st.builds(
    lambda path, who, token, email: {
        "requestContext": {"http": {"method": "POST"}},
        "rawPath": path,
        "headers": {"content-type": "application/x-www-form-urlencoded", "x-origin-secret": SECRET},
        "body": urlencode({"s": who, "t": token, "email": email}, errors="surrogatepass"),
    },
    st.sampled_from(["/api/subscribe", "/api/confirm", "/api/unsubscribe"]),
    st.sampled_from(HASHES),
    FORGED,
    TYPED,
)
"""Requests of a person, and of somebody with another person's link."""


@dataclass
class People:
    """One person in each state of a subscription, on a BENCH of their own."""

    bench: Bench

    def __post_init__(self) -> None:
        """Bring each subscriber into their state: subscribed, confirmed, unsubscribed or suppressed."""
        for name in NAMES:
            hashed = self.bench.subscribe(f"{name}@example.org", confirm=name != "pending", question=self.bench.token)
            if name == "left":
                self.bench.subscribers.leave(hashed, NOON)
            elif name == "suppressed":
                self.bench.subscribers.suppress(hashed, "complained", NOON)

    def records(self) -> dict[str, Subscriber]:
        """Return them all, by their hashes."""
        return self.bench.subscribers.get_all(HASHES)

    def send(self, event: dict[str, Any]) -> tuple[WebRequest, WebResponse]:
        """Send EVENT to the API."""
        request = WebRequest.of_event(event)
        return request, respond(replace(self.bench.api(), secrets=(SECRET,)), request, now=NOON)


def may_change(request: WebRequest, before: Subscriber) -> bool:
    """Return whether REQUEST carries what only the person BEFORE it, or the owner of their address, knows."""
    if request.method != "POST" or request.origin != SECRET:
        return False
    if request.path == "/api/subscribe":
        typed = MailAddress.read(request.text("email"))
        return typed is not None and typed.subscriber == before.subscriber
    token = {"/api/confirm": before.question, "/api/unsubscribe": before.token}.get(request.path, "")
    return request.text("s") == before.subscriber and bool(token) and request.text("t") == token


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
@given(sent=st.lists(st.one_of(NEAR, NEAR, events()), min_size=1, max_size=5))
def test_no_request_fails_or_changes_anybody_else(sent: list[dict[str, Any]]) -> None:
    """Forged, truncated, swapped and repeated tokens, in the query, a form or JSON, and any bytes."""
    people = People(bench_in_memory())
    for event in sent:
        before = people.records()
        request, answer = people.send(event)
        assert answer.status in EXPECTED
        answer.to_event()["body"].encode("utf-8", "surrogatepass")
        after = people.records()
        changed = {name for name in HASHES if before.get(name) != after.get(name)}
        assert all(may_change(request, before[name]) for name in changed)
