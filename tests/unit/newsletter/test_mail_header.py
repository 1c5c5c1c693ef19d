"""The headers of a mail that carry text from people."""

from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropcap.newsletter.mail_header import LINE_LENGTH, address_header, in_header, text_header

ADDRESS = "news@example.org"
names = st.text(st.characters(codec="utf-8") | st.sampled_from('",;:<>()@\\=?._ \r\n\té'), max_size=300)
BREAKING = [
    'Notes on "Rest": ' + "a journal about sleeping well " * 4,
    "Jo: letters; " + "from the garden " * 8,
    'a "b" <evil@evil.example>, "c ' + "d" * 90,
    "=?utf-8?q?not_encoded?=",
    "a" * 400,
    "a \\ b",
]


def parsed(header: bytes) -> EmailMessage:
    """Return the message with this one HEADER, as a reader's program reads it."""
    message = message_from_bytes(header + b"\r\n", policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def decoded(phrase: str) -> str:
    """Return PHRASE with its encoded words decoded and joined, as RFC 2047 (6.2) has it.

    `EmailMessage` leaves a space between two encoded words of a display name, so it is no oracle for the name.
    """
    return str(make_header(decode_header(phrase)))


@given(names | st.sampled_from(BREAKING))
def test_any_display_name_is_read_back_beside_our_address(name: str) -> None:
    """A name cannot lose its quotes, become a group, or add another mailbox."""
    header = address_header("From", name, ADDRESS)
    written = header.decode("ascii").removeprefix("From: ").replace("\r\n", "")
    [(phrase, address)] = getaddresses([written])
    assert (in_header(name), ADDRESS) == (decoded(phrase), address)
    assert [ADDRESS] == [mailbox.addr_spec for mailbox in parsed(header)["From"].addresses]
    assert ["From"] == parsed(header).keys()


@given(names | st.sampled_from(BREAKING))
def test_any_subject_is_read_back(text: str) -> None:
    """For titles of any text and length."""
    header = text_header("Subject", text)
    assert in_header(text) == parsed(header)["Subject"]
    assert ["Subject"] == parsed(header).keys()


@pytest.mark.parametrize("name", BREAKING)
def test_no_line_is_longer_than_an_encoded_word_may_make_it(name: str) -> None:
    """RFC 2047, 2: 76 characters a line, 75 a word."""
    for header in (address_header("Reply-To", name, ADDRESS), text_header("Subject", name)):
        assert all(len(line) <= LINE_LENGTH for line in header.split(b"\r\n"))


@pytest.mark.parametrize("address", [ADDRESS, f"{'answers-' * 7}@{'a-long-label.' * 13}example.org"])
def test_a_long_address_without_a_name_has_no_encoded_word(address: str) -> None:
    """Of any length: some programs show an empty encoded word (RFC 2047 has none) as the name."""
    assert f"Reply-To: {address}\r\n".encode("ascii") == address_header("Reply-To", "", address)
