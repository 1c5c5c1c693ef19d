"""Mail addresses as people type them."""

import idna
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
def test_an_accepted_address_is_valid_in_a_header(typed: str) -> None:
    """For any input, the result is printable ASCII without a comma, an angle bracket or a space."""
    address = MailAddress.read(typed)
    if address:
        assert address.written.isascii()
        assert address.written.isprintable()
        assert not set(' ,;:<>()[]\\"') & set(address.written)
        assert 1 == address.written.count("@")


TRICKY = "aäßé-.\u03c2\u03c3\u1e9e\uff46\u3002\u0130\u0131\u2764"
"""Both sigmas, the capital sharp s, a wide f, an ideographic full stop, the Turkish i with and without dot, a heart."""


@given(st.text(st.sampled_from(TRICKY), min_size=1, max_size=20))
def test_a_domain_is_that_of_idna_2008(label: str) -> None:
    """And an ASCII form is read back as itself, so that a stored address never becomes unreadable."""
    address = MailAddress.read(f"ada@{label}.example")
    if address:
        domain = address.written.removeprefix("ada@")
        assert idna.encode(f"{label}.example", uts46=True).decode() == domain
        assert MailAddress(address.written) == MailAddress.read(address.written)


@pytest.mark.parametrize(
    ("domain", "ascii_form", "former"),
    [
        ("straße.example", "xn--strae-oqa.example", "strasse.example"),
        ("bücher.example", "xn--bcher-kva.example", ""),
        ("example.org", "example.org", ""),
    ],
)
def test_a_sharp_s_is_not_two_letters(domain: str, ascii_form: str, former: str) -> None:
    """`straße.example` and `strasse.example` have two owners; the former hash finds what was kept before."""
    address = MailAddress.read(f"ada@{domain}")
    assert address
    assert f"ada@{ascii_form}" == address.written
    assert (MailAddress(f"ada@{former}").subscriber if former else "") == address.former_subscriber


@given(st.text(max_size=400))
def test_a_stored_hash_is_found_again_unless_its_domain_was_another_owners(domain: str) -> None:
    """If both forms of IDNA agree, as for every ASCII domain, the hash is the same as before."""
    address = MailAddress.read(f"ada@{domain}.example")
    if address and not address.former:
        former = f"{domain}.example".strip().lower().encode("idna").decode()
        assert MailAddress(f"ada@{former}").subscriber == address.subscriber


def test_spellings_of_one_inbox_count_as_one() -> None:
    """Plus and dot; the hash of the subscriber still keeps them apart."""
    spellings = ["victim@example.org", "vic.tim+1@example.org", "Victim+50@Example.org"]
    addresses = [MailAddress(spelling) for spelling in spellings]
    assert 1 == len({address.inbox for address in addresses})
    assert 3 == len({address.subscriber for address in addresses})
    assert MailAddress("victim@example.com").inbox not in {address.inbox for address in addresses}


def test_one_person_has_one_hash_however_it_is_spelled() -> None:
    """The hash survives leaving and coming back with another spelling in case."""
    upper, lower = MailAddress.read("Ada@Example.org"), MailAddress.read("ada@example.ORG")
    assert upper
    assert lower
    assert upper.subscriber == lower.subscriber
    assert is_subscriber(upper.subscriber)
    assert shard_of(upper.subscriber) in SHARDS


def test_a_hash_has_one_form() -> None:
    """A hash from a URL is checked before it becomes part of a key."""
    assert not any(map(is_subscriber, ["", "A" * 64, "a" * 63, "a" * 65, "a" * 64 + "\n", "g" * 64]))
