"""Look up DNS records."""

from collections.abc import Callable

from dropcap_local.usage_error import UsageError

Lookup = Callable[[str, str], list[str]]
"""From a name and a type (`CNAME`, `TXT`, …) to the values of its records, lower-case and without a final dot."""
SECONDS = 5.0
"""Longest wait for an answer."""


def look_up(name: str, kind: str) -> list[str]:
    """Return the records of NAME of this KIND, none if there is none; raise UsageError if no server answers."""
    try:
        from dns import exception, resolver  # noqa: PLC0415  # it is in the extra `local` only
    except ModuleNotFoundError as error:
        raise UsageError("DNS cannot be checked. Install the missing package: pip install 'dropcap[local]'") from error
    try:
        answer = resolver.resolve(name, kind, lifetime=SECONDS)
    except (resolver.NXDOMAIN, resolver.NoAnswer):
        return []
    except exception.DNSException as error:
        raise UsageError(f"No DNS server answered the query for {name}: {error}. Check your connection.") from error
    return [normalised(record.to_text()) for record in answer]


def normalised(value: str) -> str:
    """Return the record's VALUE in lower case, without quotes, the pieces of a long text joined, and no final dot."""
    return value.replace('" "', "").replace('"', "").lower().rstrip(".")
