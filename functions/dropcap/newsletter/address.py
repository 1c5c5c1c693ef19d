"""Mail addresses: as typed, as mail is sent to them, and the hash by which all other code knows the subscriber."""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from dropcap.patterns import lazy_pattern

SHARDS = "0123456789abcdef"
"""Subscribers and ledger are spread over 16 partitions, by the first digit of the hash."""

LONGEST = 254
LONGEST_LOCAL = 64
"""Octets of an address and of the part before its @ (RFC 5321, 4.5.3.1, less the angle brackets)."""

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_LOCAL = lazy_pattern(rf"{_ATOM}(?:\.{_ATOM})*", re.ASCII)
_DOMAIN = lazy_pattern(rf"(?:{_LABEL}\.)+(?!\d+$){_LABEL}", re.ASCII)
_SUBSCRIBER = lazy_pattern(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class MailAddress:
    """An address that mail can be sent to: ASCII, one mailbox, nothing that breaks a header.

    FORMER is the same address with its domain as IDNA 2003 wrote it, empty if that is the same.
    """

    written: str
    former: str = ""

    @classmethod
    def read(cls, typed: str) -> Self | None:
        """Read an address as TYPED by a person; return None if SES would not accept it.

        The local part is a dot-atom (RFC 5322): no quotes or comments, so no comma, space, NUL or line break either.
        An international domain becomes its ASCII form; an international local part needs SMTPUTF8, which SES has not.
        """
        local, _, domain = typed.strip().rpartition("@")
        written = f"{local}@{ascii_domain(domain)}"
        if len(local) > LONGEST_LOCAL or len(written) > LONGEST or not _LOCAL.fullmatch(local):
            return None
        if not _DOMAIN.fullmatch(written.rpartition("@")[2]):
            return None
        if domain.isascii():
            return cls(written)
        former = f"{local}@{_ascii_2003(domain)}"
        return cls(written, former if former not in {written, f"{local}@"} else "")

    @property
    def subscriber(self) -> str:
        """Return the hash of the address in its one normal form: 64 hex digits, the same for every spelling in case."""
        return _hash(self.written)

    @property
    def former_subscriber(self) -> str:
        """Return the hash of the address with its domain in IDNA 2003, as older versions had it; empty if equal."""
        return _hash(self.former) if self.former else ""

    @property
    def inbox(self) -> str:
        """Return the hash of the inbox that probably receives this mail, for counting only.

        `a.b+news@example.org` and `ab@example.org` count as one, since many providers deliver both to one inbox.
        """
        local, _, domain = self.written.lower().rpartition("@")
        return _hash(f"{local.partition('+')[0].replace('.', '')}@{domain}")


def is_subscriber(text: str) -> bool:
    """Return whether TEXT has the form of a subscriber's hash."""
    return bool(_SUBSCRIBER.fullmatch(text))


def shard_of(subscriber: str) -> str:
    """Return the shard of SUBSCRIBER, one of SHARDS."""
    return subscriber[0]


def _hash(address: str) -> str:
    return sha256(address.lower().encode()).hexdigest()


def ascii_domain(domain: str) -> str:
    """Return DOMAIN in lower case and ASCII: IDNA 2008 after UTS 46, non-transitional; empty where it has no such form.

    An ASCII domain is taken as it is, so that a stored address is read back even if the rules of IDNA change.
    """
    if domain.isascii() or len(domain) > LONGEST:
        return domain.lower()
    import idna  # noqa: PLC0415  # few domains are not ASCII, and its tables are 200 KB

    try:
        return idna.encode(domain, uts46=True, transitional=False).decode("ascii")
    except idna.IDNAError:
        return ""


def _ascii_2003(domain: str) -> str:
    """Return DOMAIN as Python's codec, IDNA 2003, wrote it; empty where it had no such form."""
    try:
        return domain.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return ""
