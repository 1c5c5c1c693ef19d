"""Requests to this machine by one of its own names, and not from a web page of the internet.

A page of the internet can lead a name of its own here (DNS rebinding) and read what is served; the Host header tells.
It can also send requests to 127.0.0.1 whose answers it may not read, but which change something: the Origin header
tells, or Sec-Fetch-Site where a browser sends no Origin. Programs such as the AWS CLI send neither.
"""

from typing import Final
from urllib.parse import urlsplit

from werkzeug.wrappers import Request

HOSTS: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
BELOW: Final = (".localhost", ".127.0.0.1")
"""Ends of names with a bucket in front. No name server can lead them elsewhere, and no web page can have them."""


def is_for_this_machine(request: Request) -> bool:
    """Return whether the Host header of REQUEST, without its port, is a name of this machine."""
    return _name(request.headers.get("Host", "")) in HOSTS


def is_below_this_machine(request: Request) -> bool:
    """Return whether the Host header of REQUEST is a name of this machine, or a name in front of one."""
    return _is_own(request.headers.get("Host", ""))


def is_of_another_page(request: Request) -> bool:
    """Return whether a web page that is not of this machine sent REQUEST.

    A page without a referrer sends the Origin `null` to its own site too; Sec-Fetch-Site tells that it is its own.
    """
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if origin is None:
        return site == "cross-site"
    if origin == "null":
        return site in {None, "cross-site"}
    try:
        return not _is_own(urlsplit(origin).netloc)
    except ValueError:
        return True


def _is_own(host: str) -> bool:
    name = _name(host)
    return name in HOSTS or name.endswith(BELOW)


def _name(host: str) -> str:
    """Return HOST in lower case and without its port."""
    name, colon, port = host.lower().rpartition(":")
    return name if colon and not port.endswith("]") else host.lower()
