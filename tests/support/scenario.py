"""A scenario through all functions: acts of an author, of readers and of SES in a few days, each at a fixed time."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from urllib.parse import parse_qsl, urlsplit

from dropcap_local.cloud import START, LocalCloud
from dropcap_local.edge.http_api import HttpRequest
from support.made_pictures import picture

ENVIRONMENT = {"NEWS_SINCE": "2025-03-01"}
"""For the local cloud of a scenario: posts from this day on are mailed."""
READERS = ("ada@example.org", "bounce@simulator.amazonses.com")
SITE = "title: The Quiet Hour\ntimezone: Europe/Berlin\nnewsletter:\n  postal_address: 1 Example Street\n"
PICTURE = "posts/lamp.png"
TRIES = 5
BETWEEN_ACTS = timedelta(hours=6)
"""Longer than every redelivery takes, so that the times of acts do not depend on earlier faults."""

Act = Callable[[LocalCloud], None]


def post(title: str, text: str, more: str = "") -> str:
    """Return the source of a post with the tag that all posts share."""
    return f"---\ntitle: {title}\ntags: [sleep]\n{more}---\n{text}\n"


def acts() -> Iterator[Act]:
    """Return the acts in order. Each touches other functions than the one before."""
    yield _upload("site.yaml", SITE)
    for reader in READERS:
        yield _ask(reader)
        yield _confirm(reader)
    yield _upload("posts/naps.md", post("Naps", "See [[walks]].\n\n![A lamp](lamp.png)", "date: 2026-03-16\n"))
    yield _upload(PICTURE, picture("teal", (40, 30), format="PNG"))
    yield _upload("posts/walks.md", post("Walks", "After [[naps]].", "date: 2026-03-15\naliases: [strolls]\n"))
    yield _upload("posts/naps.md", post("Naps", "Shorter. ![A lamp](lamp.png)", "date: 2026-03-16\nslug: rest\n"))
    yield _upload("posts/later.md", post("Later", "Not yet.", "date: 2026-03-18 12:30\n"))
    yield _upload("posts/bad.md", "---\ntitle: [\n---\nText.\n")
    yield _delete("posts/walks.md")
    yield _upload("site.yaml", SITE.replace("Quiet", "Loud"))


def play(cloud: LocalCloud) -> Iterator[None]:
    """Run every act at its time and its effects, and then wait for scheduled events; yield at rest after each."""
    for number, act in enumerate(acts()):
        cloud.clock.leap((START + number * BETWEEN_ACTS).timestamp())
        act(cloud)
        cloud.settle()
        yield
    cloud.clock.leap((START + timedelta(days=7)).timestamp())
    cloud.settle()


def _upload(key: str, body: str | bytes) -> Act:
    return lambda cloud: cloud.upload(key, body)


def _delete(key: str) -> Act:
    return lambda cloud: cloud.delete(key)


def _ask(reader: str) -> Act:
    return lambda cloud: _request(cloud, "/api/subscribe", {"email": reader})


def _confirm(reader: str) -> Act:
    """Press the button behind the confirmation mail's link; if no mail came, request another one first."""

    def act(cloud: LocalCloud) -> None:
        for _ in range(TRIES):
            if mails := [mail for mail in cloud.mails() if mail["To"] == reader]:
                _request(cloud, "/api/confirm", _query_of(mails[-1]))
                return
            cloud.clock.advance(3600)
            _request(cloud, "/api/subscribe", {"email": reader})
            cloud.settle()
        message = f"{reader} got no confirmation mail"
        raise AssertionError(message)

    return act


def _request(cloud: LocalCloud, path: str, form: dict[str, str]) -> None:
    """Send a form; repeat it while the answer is a server error, as a person does."""
    for _ in range(TRIES):
        if cloud.api(HttpRequest.of_form("POST", path, form, {})).status < 500:  # HTTP's server errors
            return
    message = f"{path} fails {TRIES} times"
    raise AssertionError(message)


def _query_of(mail: EmailMessage) -> dict[str, str]:
    part = mail.get_body(("plain",))
    assert part
    (link,) = re.findall(r"https?://\S+/api/confirm\S*", part.get_content())
    return dict(parse_qsl(urlsplit(link).query))
