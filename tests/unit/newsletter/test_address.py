"""What people type as their address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropcap.newsletter.address import SHARDS, MailAddress, is_subscriber, shard_of


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("ada@example.org", "ada@example.org"),
        ("  Ada.Lovelace+news@Example.ORG \n", "Ada.Lovelace+news@example.org"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("o'hara@sub.example.co.uk", "o'hara@sub.example.co.uk"),
    ],
)
def test_an_address_is_read_as_it_is_written_to(typed: str, written: str) -> None:
    """Space around it goes, the domain takes its ASCII form, and the local part stays as its owner spells it."""
    assert MailAddress(written) == MailAddress.read(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "", "ada", "@example.org", "ada@", "ada@localhost", "ada@example..org", "ada@-a.example", "ada@1.2.3.4",
        ".ada@example.org", "ada.@example.org", "a..b@example.org", "ada@example.org, eve@example.org",
        "ada@example.org\r\nBcc: eve@example.org", "ada\0@example.org", "ada\n@example.org", '"ada"@example.org',
        "Ada <ada@example.org>", "ädä@example.org", f"{'a' * 65}@example.org", f"a@{'b' * 250}.org", "a b@example.org",
        "ada@example.org.", "ada@exa mple.org", "ada@example.org\u2028x",
    ],
)  # fmt: skip
def test_what_is_not_one_address_is_refused(typed: str) -> None:
    """Nothing that a header could read as two people, or as another header, gets through."""
    assert MailAddress.read(typed) is None


@given(st.text() | st.emails())
def test_whatever_is_read_can_stand_in_a_header(typed: str) -> None:
    """However odd the input, what comes out is printable ASCII without a comma, an angle bracket or a space."""
    found = MailAddress.read(typed)
    if found:
        assert found.written.isascii()
        assert found.written.isprintable()
        assert not set(' ,;:<>()[]\\"') & set(found.written)
        assert 1 == found.written.count("@")


def test_one_person_has_one_hash_however_it_is_spelled() -> None:
    """The hash survives leaving and coming back with another spelling in case."""
    one, other = MailAddress.read("Ada@Example.org"), MailAddress.read("ada@example.ORG")
    assert one
    assert other
    assert one.subscriber == other.subscriber
    assert is_subscriber(one.subscriber)
    assert shard_of(one.subscriber) in SHARDS


def test_a_hash_has_one_form() -> None:
    """What comes out of a URL is looked at before it becomes a key."""
    assert not any(map(is_subscriber, ["", "A" * 64, "a" * 63, "a" * 65, "a" * 64 + "\n", "g" * 64]))
