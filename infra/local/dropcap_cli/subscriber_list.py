"""Confirmed subscribers from a CSV file, for trying out the newsletter."""

from pathlib import Path

from dropcap.newsletter.address import MailAddress
from dropcap_cli.subscriber_exports import ExportedSubscriber, exported_subscribers
from dropcap_local.usage_error import UsageError


def subscribers_in(path: Path) -> tuple[MailAddress, ...]:
    """Read the addresses of those who subscribe in the CSV file at PATH, without duplicates, in order.

    Raise UsageError with the line number if a row has no valid address.
    """
    addresses: dict[str, MailAddress] = {}
    for row in exported_subscribers(path)[1]:
        address = _address(row, path)
        if row.subscribes:
            addresses.setdefault(address.subscriber, address)
    return tuple(addresses.values())


def _address(row: ExportedSubscriber, path: Path) -> MailAddress:
    if row.address is None:
        message = f"{path}:{row.line}: {row.objection}. Correct or remove the line."
        raise UsageError(message)
    return row.address
