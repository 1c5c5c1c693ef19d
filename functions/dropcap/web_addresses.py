"""Web addresses that authors write: they need not be valid, as in `//[cdn]/oak.png`.

Python raises ValueError for some of them; browsers show them, and lead nowhere.
"""

from urllib.parse import SplitResult, urljoin, urlsplit


def joined(base: str, address: str) -> str:
    """Return ADDRESS as an absolute one against BASE; as it is if its host is invalid."""
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def address_parts(address: str) -> SplitResult:
    """Return the parts of ADDRESS; if its host is invalid, all of it is the path."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", address, "", "")
