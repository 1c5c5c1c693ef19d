"""The DNS records that the stack's output `DnsRecords` lists."""

import re
from collections.abc import Iterator
from typing import Final

_BETWEEN: Final = re.compile(r"; (?=\S+ (?:CNAME|MX|TXT) )")
"""Where a record ends; the value of a TXT record may contain a semicolon, too."""


def dns_records(output: str) -> Iterator[tuple[str, str, str]]:
    """Yield (name, type, value) of each record in OUTPUT; none if SES had an identity for the domain already."""
    if " CNAME " not in output:
        return
    for record in _BETWEEN.split(output):
        name, kind, value = record.split(" ", 2)
        yield name, kind, value
