"""Mail addresses: what people type, where mail goes, and the hash by which everything else knows the subscriber."""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

SHARDS = "0123456789abcdef"
"""Subscribers and ledger are spread over 16 partitions, by the first digit of the hash."""

LONGEST = 254
LONGEST_LOCAL = 64
"""Octets of an address and of what stands before its @ (RFC 5321, 4.5.3.1, less the angle brackets)."""

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*", re.ASCII)
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+(?!\d+$){_LABEL}", re.ASCII)
_SUBSCRIBER = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class MailAddress:
    """An address that mail can be sent to: ASCII, one person, nothing that a header could mistake for anything else."""

    written: str

    @classmethod
    def read(cls, typed: str) -> Self | None:
        """Read what somebody TYPED; None where it is no address that SES would take.

        The local part is a dot-atom (RFC 5322): no quotes or comments, so no comma, space, NUL or line break either.
        An international domain becomes its ASCII form; an international local part needs SMTPUTF8, which SES has not.
        """
        local, _, domain = typed.strip().rpartition("@")
        domain = _ascii(domain)
        written = f"{local}@{domain}"
        if len(local) > LONGEST_LOCAL or len(written) > LONGEST:
            return None
        return cls(written) if _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain) else None

    @property
    def subscriber(self) -> str:
        """Return the hash of the address in its one normal form: 64 hex digits, the same for every spelling in case."""
        return sha256(self.written.lower().encode()).hexdigest()


def is_subscriber(text: str) -> bool:
    """Return whether TEXT has the form of a subscriber's hash."""
    return bool(_SUBSCRIBER.fullmatch(text))


def shard_of(subscriber: str) -> str:
    """Return the shard of SUBSCRIBER, one of SHARDS."""
    return subscriber[0]


def _ascii(domain: str) -> str:
    """Return DOMAIN in lower case, in punycode where it must be; empty where it has no such form."""
    try:
        return domain.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return ""
