"""The bytes of a mail."""

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dropcap.newsletter.address import MailAddress
from dropcap.newsletter.letter import Letter, mark_for
from dropcap.newsletter.mail_header import in_header
from support.newsletter_bench import NOON

ADA = MailAddress("ada@example.org")
LINK = f"https://journal.example.org/api/unsubscribe?s={'a' * 64}&t={'b' * 43}"
LETTER = Letter(
    subject="Why naps work",
    html='<p>Enough. <a href="MARK">Leave</a></p>',
    text="Enough.\n\nLeave: MARK\n",
    mark="MARK",
    name="The Quiet Hour",
    address="news@example.org",
    at=NOON,
    site="https://journal.example.org",
    list_id="newsletter.journal.example.org",
)
lines = st.text(st.characters(codec="utf-8") | st.sampled_from("\r\n\t =.\0é"), max_size=400)


def read(letter: Letter, to: MailAddress = ADA, link: str = LINK) -> EmailMessage:
    """Return the mail as a reader's program sees it."""
    message = message_from_bytes(letter.rendered().spliced(to, link), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def body(mail: EmailMessage, kind: str) -> str:
    """Return the alternative KIND of MAIL, with plain line ends."""
    part = mail.get_body((kind,))
    assert part
    return str(part.get_content()).replace("\r\n", "\n")


def test_a_letter_is_one_mail_to_one_person() -> None:
    """Everything that a mail to a list needs, and one recipient."""
    mail = read(LETTER)
    assert "ada@example.org" == mail["To"]
    assert "The Quiet Hour <news@example.org>" == mail["From"]
    assert "Why naps work" == mail["Subject"]
    assert f"<{LINK}>" == mail["List-Unsubscribe"]
    assert "List-Unsubscribe=One-Click" == mail["List-Unsubscribe-Post"]
    assert "<newsletter.journal.example.org>" == mail["List-Id"]
    assert ["text/plain", "text/html"] == [part.get_content_type() for part in mail.iter_parts()]


def test_each_recipient_has_their_own_link_in_both_bodies() -> None:
    """The link is spliced in where the mark stands, and escaped where it stands in HTML."""
    mail = read(LETTER)
    assert f"Enough.\n\nLeave: {LINK}\n" == body(mail, "plain")
    assert f'<a href="{LINK.replace("&", "&amp;")}">' in body(mail, "html")


def test_list_unsubscribe_is_one_line_and_never_encoded() -> None:
    """Gmail ignores a List-Unsubscribe that was encoded as RFC 2047 says, which Python does from 76 characters on."""
    assert f"\r\nList-Unsubscribe: <{LINK}>\r\n".encode() in LETTER.rendered().spliced(ADA, LINK)


def test_a_long_title_is_folded_into_words_that_readers_can_decode() -> None:
    """An encoded word has 75 characters at most (RFC 2047, 2)."""
    title = "Über das Dösen am Nachmittag " * 8
    head = replace(LETTER, subject=title).rendered().spliced(ADA, LINK).partition(b"\r\n\r\n")[0]
    words = [word for word in head.split() if word.startswith(b"=?")]
    assert len(words) > 1
    assert all(len(word) <= 75 for word in words)
    assert title.strip() == read(replace(LETTER, subject=title))["Subject"]


def test_a_confirmation_goes_to_nobodys_list() -> None:
    """A mail that asks whether somebody meant it has nothing to unsubscribe from."""
    mail = read(replace(LETTER, list_id=""))
    assert mail["List-Unsubscribe"] is None
    assert mail["List-Id"] is None
    assert "auto-generated" == mail["Auto-Submitted"]
    assert LINK in body(mail, "plain")


@given(lines, lines)
@example("\0", "a\r\nBcc: eve@example.org")
@example("x" * 300, '"Eve" <eve@example.org>, ')
def test_no_title_or_name_adds_a_header(subject: str, name: str) -> None:
    """NUL, CR, LF and their relatives in Unicode end at most a word."""
    mail = read(replace(LETTER, subject=subject, name=name))
    ours = ["To", "List-Unsubscribe", "List-Id", "List-Unsubscribe-Post", "Precedence", "Auto-Submitted"]
    ours += ["X-Auto-Response-Suppress", "Feedback-ID", "From", "Subject", "Date"]
    assert [*ours, "MIME-Version", "Content-Type"] == mail.keys()
    assert ["news@example.org"] == [address.addr_spec for address in mail["From"].addresses]
    assert not mail.defects


@given(lines, lines)
@example("a=\n=", ".\n \t\n.")
def test_the_words_arrive_as_they_were_written(html: str, text: str) -> None:
    """The text is complete, with one kind of line end and none behind the last word."""
    raw = replace(LETTER, html=html, text=text).rendered().spliced(ADA, LINK)
    assert raw.isascii()
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    mail = read(replace(LETTER, html=html, text=text))
    for kind, written in (("plain", text), ("html", html)):
        expected = written.rstrip().replace("\r\n", "\n").replace("\r", "\n") + "\n"
        assert expected == body(mail, kind)


def test_no_line_is_longer_than_mail_servers_take() -> None:
    """Only headers for programs pass 76 characters, and none passes 998 octets."""
    raw = replace(LETTER, html="<p>é" * 4_000).rendered().spliced(ADA, LINK)
    head, _, rest = raw.partition(b"\r\n\r\n")
    assert max(map(len, head.split(b"\r\n"))) <= 998
    assert max(map(len, rest.split(b"\r\n"))) <= 76


@pytest.mark.parametrize(
    "link", ["", "https://a.example/\r\nBcc: b", "https://a.example/ b", "javascript:x", "http://a/>"]
)
def test_a_link_that_could_end_its_header_is_refused(link: str) -> None:
    """The link is the only thing of a recipient's that is not checked when they subscribe."""
    with pytest.raises(ValueError, match="link"):
        LETTER.rendered().spliced(ADA, link)


def test_the_same_letter_gives_the_same_bytes() -> None:
    """No clock and no chance is in a mail: even the boundary is a hash."""
    assert LETTER == Letter.from_json(LETTER.to_json())
    assert LETTER.rendered().spliced(ADA, LINK) == LETTER.rendered().spliced(ADA, LINK)


def test_nobody_can_write_the_mark() -> None:
    """The mark is the hash of what it is put into."""
    text = "Leave: "
    assert mark_for(text) != mark_for(text + mark_for(text))
    assert mark_for(text).isascii()


@given(st.text())
def test_a_header_is_one_printable_line(text: str) -> None:
    """A character that headers do not allow becomes a space."""
    assert 1 >= len(in_header(text).splitlines())
    assert "\0" not in in_header(text)


@pytest.mark.parametrize(
    ("site", "host"),
    [
        ("https://müller.example", "xn--mller-kva.example"),
        ("https://Straße.example:8443/blög", "xn--strae-oqa.example"),
        ("https://💌.example", "xn--rr8h.example"),
    ],
)
def test_a_site_at_an_international_domain_has_links_and_headers_in_ascii(site: str, host: str) -> None:
    """Its link to unsubscribe is within a header, which has nothing else."""
    letter = replace(LETTER, site=site, list_id=f"newsletter.{urlsplit(site).hostname}")
    sent = letter.rendered().spliced(ADA, f"{site}/api/unsubscribe?s={'a' * 64}&t={'b' * 43}")
    mail = message_from_bytes(sent, policy=policy.default)
    link = urlsplit(mail["List-Unsubscribe"].strip("<>"))
    assert (host, urlsplit(site).port, f"s={'a' * 64}&t={'b' * 43}") == (link.hostname, link.port, link.query)
    assert f"{quote(urlsplit(site).path)}/api/unsubscribe" == link.path
    assert (f"<newsletter.{host}>", f"issue:{host}:dropcap") == (mail["List-Id"], mail["Feedback-ID"])
    assert f"<{link.geturl()}>".encode() in sent
