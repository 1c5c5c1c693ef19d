"""The addresses that `dropcap dev` prints."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Addresses:
    """The URLs of the four servers."""

    site: str
    mailbox: str
    desk: str
    endpoint: str


def print_addresses(say: Callable[[str], None], addresses: Addresses, copy_command: str) -> None:
    """Print ADDRESSES and the COPY_COMMAND for a first upload, line by line with SAY."""
    for line in (
        "",
        f"Site      {addresses.site}/",
        f"Mailbox   {addresses.mailbox}/",
        f"Desk      {addresses.desk}/",
        f"S3        {addresses.endpoint}",
        "",
        f"Save a file in the folder, or upload one; this one appears at {addresses.site}/hello/",
        f"  {copy_command}",
        "Ctrl-C stops the server.",
    ):
        say(line)
