"""The mailbox of the local cloud shows what was sent, and as mail programs show it."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Request

from dropcap_local.server.mailbox import Mailbox, MailboxContent
from dropcap_local.server.main_thread import MainThreadQueue

SENT = (
    b"From: =?utf-8?b?QSAiQiI=?=\r\n <news@example.org>\r\nSubject: =?utf-8?q?Caf=C3=A9?=\r\nTo: ada@example.org\r\n"
    b"X-Odd:   three   spaces\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    b"<head><style>@media (prefers-color-scheme: dark) {p {color: red}}</style></head>"
    b'<p style="margin:0"><a href="https://journal.example/naps/">Naps</a></p>\r\n'
)


@pytest.fixture
def client() -> Client:
    """Return a client of a mailbox with one mail."""
    return client_of(SENT, "https://journal.example")


def client_of(sent: bytes, site: str) -> Client:
    """Return a client of a mailbox with the mail SENT from SITE."""
    mail = message_from_bytes(sent, EmailMessage, policy=policy.default)
    box = Mailbox(MailboxContent(lambda: [mail], lambda: [sent], lambda: site, "http://127.0.0.1:1"), MainThreadQueue())
    return Client(Request.application(box.answer))


def test_the_source_is_the_bytes_that_were_sent(client: Client) -> None:
    """Headers too: they are not written anew, so that folding and encoded words can be checked."""
    assert SENT == client.get("/1/source").data
    assert 404 == client.get("/2/source").status_code


def test_a_mail_is_shown_dark_and_without_its_style_sheet(client: Client) -> None:
    """Links lead to the local site; the rules for the dark apply, or there are none."""
    plain, dark, unstyled = (client.get(f"/1/html{view}").text for view in ("", "/dark", "/unstyled"))
    assert 'href="http://127.0.0.1:1/naps/"' in plain
    assert "@media (prefers-color-scheme: dark)" in plain
    assert "@media all {p {color: red}}" in dark
    assert "<style>" not in unstyled
    assert 'style="margin:0"' in unstyled


def test_a_mail_is_shown_wide_narrow_dark_and_unstyled(client: Client) -> None:
    """Each in a frame of its own; the narrow one is as wide as a phone."""
    page = client.get("/1/").text
    for address in ("/1/html", "/1/html/dark", "/1/html/unstyled"):
        assert f'src="{address}"' in page
    assert 'class="narrow" src="/1/html"' in page
    assert "iframe.narrow { width: 360px" in page


@pytest.mark.parametrize("host", ["evil.example", "evil.example:4001", "127.0.0.1.evil.example", ""])
def test_another_host_reads_no_mail(client: Client, host: str) -> None:
    """A page of the internet could lead its own name to this machine, and confirm a subscription from there."""
    for path in ("/", "/1/", "/1/source", "/1/html"):
        assert 403 == client.get(path, headers={"Host": host}).status_code
    assert 200 == client.get("/", headers={"Host": "127.0.0.1:4001"}).status_code


def test_both_forms_of_an_international_domain_lead_to_the_local_site() -> None:
    """Links in a text have the domain as it is typed, private ones in ASCII."""
    for written in ("https://müller.example", "https://xn--mller-kva.example"):
        client = client_of(SENT.replace(b"https://journal.example", written.encode()), "https://müller.example")
        assert 'href="http://127.0.0.1:1/naps/"' in client.get("/1/html").text
