"""A stack that an earlier version left in the middle of its work goes on with the code of today."""

from collections import Counter
from collections.abc import Iterator

import pytest

from dropcap_local.cloud import LocalCloud
from support.stack_before import clock_then, put_stack, read, stored, waiting

ENVIRONMENT = {"NEWS_SINCE": "2026-03-01"}


@pytest.fixture(scope="module")
def upgraded() -> Iterator[LocalCloud]:
    """Return a stack with the state of the earlier version, after today's code has done what waited."""
    with LocalCloud(now=clock_then(), environment=ENVIRONMENT) as cloud:
        put_stack(cloud)
        cloud.settle()
        yield cloud


def test_every_message_of_the_earlier_version_is_read(upgraded: LocalCloud) -> None:
    """No handler raises, and nothing waits, least of all in a dead-letter queue."""
    assert [] == upgraded.event_loop.errors
    assert {} == waiting(upgraded)


def test_nobody_is_mailed_twice_and_nobody_is_left_out(upgraded: LocalCloud) -> None:
    """Half of the readers had an issue already: the other half gets it; an issue in its grace period goes to all."""
    mailed = Counter((mail["To"], mail["Subject"]) for mail in upgraded.mails())
    before = {(mail["to"], mail["subject"]) for mail in read("story")["mails"]}
    half = {("ada@example.org", "Half way"), ("grace@example.org", "Half way")} - before
    new = {(f"{reader}@example.org", title) for reader in ("ada", "grace") for title in ("Waiting", "Fresh")}
    assert Counter(half | new) == mailed
    assert {} == Counter(mailed.keys() & before)


def test_issues_that_were_held_stay_held(upgraded: LocalCloud) -> None:
    """Every post appears in the new Catalog, but nobody has uploaded a new version: the operator decides."""
    issues = [item for item in stored(upgraded, "NewsletterTable") if "opened_at" in item]
    states = {item["key"]["S"]: item["state"]["S"] for item in issues}
    assert dict.fromkeys(("posts/broken.md", "posts/gone.md", "posts/copy.md"), "held") | {
        "posts/moved.md": "passed"
    } == {key: state for key, state in states.items() if state != "delivering"}


def test_every_subscriber_keeps_their_state(upgraded: LocalCloud) -> None:
    """Confirmed, waiting, gone and bounced: each as before, with the token that earlier mails carry."""
    people = [item for item in stored(upgraded, "SubscribersTable") if "standing" in item]
    now = {item["sk"]["S"]: (item["standing"], item.get("token")) for item in people}
    assert {item["sk"]["S"]: (item["standing"], item.get("token")) for item in read("subscribers")} == now


def test_every_file_has_the_outcome_that_it_had(upgraded: LocalCloud) -> None:
    """Published, draft, scheduled, expired and refused; the two that waited in a queue are published now."""
    outcomes = read("story")["outcomes"] | dict.fromkeys(("posts/fresh.md", "posts/half.md"), "published")
    assert outcomes == {key: (upgraded.report(key) or {}).get("outcome") for key in outcomes}
    assert 200 == upgraded.page("/broken/").status
    assert "Quickly" in upgraded.page("/walks/").text
    assert 301 == upgraded.page("/siesta/").status
    assert 410 == upgraded.page("/gone/").status


def test_a_draft_keeps_its_preview(upgraded: LocalCloud) -> None:
    """Its address is in a journal of the earlier version."""
    preview = (upgraded.report("posts/secret.md") or {})["preview"]
    assert "Not for anybody yet" in upgraded.page("/" + preview.split("/", 3)[3]).text
