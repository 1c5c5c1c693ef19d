"""Confirmed readers from a CSV file, for trying the newsletter out."""

import csv
from pathlib import Path

from dropcap.newsletter.address import MailAddress
from dropcap_local.usage_error import UsageError

COLUMN = "email"


def readers_in(place: Path) -> tuple[MailAddress, ...]:
    """Read the addresses in the column `email` of the CSV file at PLACE, each one once, in order.

    Raises UsageError that names the line where something is no address.
    """
    try:
        text = place.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{place} cannot be read: {error}. Name a CSV file in UTF-8 with a column `{COLUMN}`."
        raise UsageError(message) from error
    rows = csv.DictReader(text.splitlines(), skipinitialspace=True)
    if COLUMN not in (rows.fieldnames or ()):
        message = f"{place}:1: there is no column `{COLUMN}`. Write the columns' names on the first line."
        raise UsageError(message)
    found: dict[str, MailAddress] = {}
    for row in rows:
        address = _address(row[COLUMN] or "", f"{place}:{rows.line_num}")
        found.setdefault(address.subscriber, address)
    return tuple(found.values())


def _address(typed: str, where: str) -> MailAddress:
    address = MailAddress.read(typed)
    if address is None:
        message = f"{where}: {typed!r} is no mail address. Correct the line or remove it."
        raise UsageError(message)
    return address
