"""Count how often a network address asks to subscribe, under a hash with a salt that is replaced every day.

SALT          SALT    the salt of the day
CLIENT#<hash> CLIENT  how often that address has asked; `expires` after a day
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from dropcap.aws.conditional import expressions, update, updated
from dropcap.aws.table import Table
from dropcap.errors import ServiceError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

A_DAY = 20
"""Requests to subscribe from one address a day: enough for an office or a school."""
SALT = ("SALT", "SALT")
NETWORK_BITS = 64
"""Bits of an IPv6 address that name the network: one household or company has at least a /64."""


class ClientLimit:
    """Counts requests by network address. All methods raise ServiceError."""

    def __init__(self, client: "DynamoDBClient", name: str, token: Callable[[], str]) -> None:
        """Store the CLIENT, the NAME of the subscribers' table, and TOKEN, which makes a salt."""
        self._client = client
        self._name = name
        self._table = Table(client, name)
        self._token = token

    def allows(self, viewer: str, now: datetime) -> bool:
        """Count a request from VIEWER, `address:port` as CloudFront writes it; return whether it may go on."""
        network = network_of(viewer)
        if not network:
            return True
        name = sha256(f"{self._salt(now)} {network}".encode()).hexdigest()
        arguments = expressions(
            change="SET #expires = :expires ADD #asked :step",
            where="attribute_not_exists(#asked) OR #asked < :limit",
            step=1,
            limit=A_DAY,
            expires=int((now + timedelta(days=1)).timestamp()),
        )
        return update(self._client, self._name, (f"CLIENT#{name}", "CLIENT"), arguments)

    def _salt(self, now: datetime) -> str:
        """Return the day's salt; the first request of a day overwrites that of the day before."""
        today = now.astimezone(UTC).date().isoformat()
        item = self._table.get(SALT)
        if item and item["day"] == today:
            return str(item["salt"])
        where = "attribute_not_exists(#day) OR #day <> :today"
        fresh = expressions(change="SET #day = :today, #salt = :salt", where=where, today=today, salt=self._token())
        written = updated(self._client, self._name, SALT, fresh) or self._table.get(SALT)
        if not written:
            raise ServiceError.unstable("the salt of the day", 1)
        return str(written["salt"])


def network_of(viewer: str) -> str:
    """Return the IPv4 address or the IPv6 network of VIEWER, `address:port`; empty if there is none."""
    try:
        address = ip_address(viewer.rpartition(":")[0].strip("[]"))
    except ValueError:
        return ""
    if address.version == 4:  # noqa: PLR2004  # IPv4
        return str(address)
    return str(ip_network((address, NETWORK_BITS), strict=False))
