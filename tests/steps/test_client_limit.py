"""Requests that did not come through the CDN, and those of one network address."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dropcap.aws.client_limit import A_DAY, network_of
from dropcap.newsletter.web import WebRequest, WebResponse
from dropcap.steps.newsletter.subscribe import respond
from support.newsletter_bench import Bench

SECRETS = ("new", "old")


def ask(bench: Bench, number: int, *, origin: str = "new", viewer: str = "192.0.2.7:4711") -> WebResponse:
    """Ask to subscribe the address of that NUMBER."""
    fields = {"email": f"reader-{number}@example.org"}
    request = WebRequest("POST", "/api/subscribe", fields, origin=origin, viewer=viewer)
    return respond(replace(bench.api(), secrets=SECRETS), request, now=bench.now)


@pytest.mark.parametrize(("origin", "status"), [("new", 200), ("old", 200), ("", 403), ("other", 403)])
def test_the_api_answers_the_cdn_only(bench: Bench, origin: str, status: int) -> None:
    """While a secret is rotated, the old one and the new one are good."""
    assert status == ask(bench, 1, origin=origin).status


def test_one_network_address_asks_twenty_times_a_day(bench: Bench) -> None:
    """Others are not held up, and the next day has its own count."""
    statuses = [ask(bench, number).status for number in range(A_DAY + 1)]
    assert [*[200] * A_DAY, 429] == statuses
    assert 200 == ask(bench, 99, viewer="198.51.100.1:1").status
    bench.now += timedelta(days=1)
    assert 200 == ask(bench, 100).status


def test_no_network_address_is_stored(bench: Bench) -> None:
    """Only a hash, whose salt is overwritten the next day."""
    ask(bench, 1)
    stored = str(bench.dynamodb.scan(TableName="subscribers")["Items"])
    assert "192.0.2.7" not in stored
    (before,) = [item["salt"] for item in bench.dynamodb.scan(TableName="subscribers")["Items"] if "salt" in item]
    bench.now += timedelta(days=1)
    ask(bench, 2)
    assert str(before) not in str(bench.dynamodb.scan(TableName="subscribers")["Items"])


@pytest.mark.parametrize(
    ("viewer", "network"),
    [
        ("192.0.2.7:4711", "192.0.2.7"),
        ("[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:3:4:5:6:443", "2001:db8:1:2::/64"),
        ("", ""),
        ("nobody", ""),
    ],
)
def test_an_ipv6_network_counts_as_one(viewer: str, network: str) -> None:
    """A household has a /64 at least."""
    assert network == network_of(viewer)
