"""Confirmed subscribers from a CSV file, for trying out the newsletter."""

import csv
from pathlib import Path

from dropcap.newsletter.address import MailAddress
from dropcap_local.usage_error import UsageError

COLUMN = "email"


def subscribers_in(path: Path) -> tuple[MailAddress, ...]:
    """Read the addresses in the column `email` of the CSV file at PATH, without duplicates, in order.

    Raise UsageError with the line number if a row has no valid address.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read: {error}. Name a CSV file in UTF-8 with a column `{COLUMN}`."
        raise UsageError(message) from error
    rows = csv.DictReader(text.splitlines(), skipinitialspace=True)
    if COLUMN not in (rows.fieldnames or ()):
        message = f"{path}:1: there is no column `{COLUMN}`. Write the column names on the first line."
        raise UsageError(message)
    addresses: dict[str, MailAddress] = {}
    for row in rows:
        address = _address(row[COLUMN] or "", f"{path}:{rows.line_num}")
        addresses.setdefault(address.subscriber, address)
    return tuple(addresses.values())


def _address(text: str, place: str) -> MailAddress:
    address = MailAddress.read(text)
    if address is None:
        message = f"{place}: {text!r} is not an e-mail address. Correct or remove the line."
        raise UsageError(message)
    return address
