"""Requests to this machine by one of its own names.

A page of the internet can lead a name of its own here (DNS rebinding) and read what is served; its Host header tells.
"""

from typing import Final

from werkzeug.wrappers import Request

HOSTS: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})


def is_for_this_machine(request: Request) -> bool:
    """Return whether the Host header of REQUEST, without its port, is a name of this machine."""
    host = request.headers.get("Host", "")
    return (host.rpartition(":")[0] or host) in HOSTS
