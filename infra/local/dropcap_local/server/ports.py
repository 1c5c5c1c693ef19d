"""Ports of this machine: the one that was named, or the next free one."""

import socket

from dropcap_local.usage_error import UsageError

HERE = "127.0.0.1"
ATTEMPTS = 100
"""How many ports are tried, one after the other."""


def listening_socket(port: int) -> socket.socket:
    """Return a socket that listens on PORT or on the next free one; with 0, on any free one.

    Raise UsageError if all of them are in use. The socket is bound at once, so no other program can take the port.
    """
    for candidate in range(port, port + ATTEMPTS) if port else (0,):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HERE, candidate))
            listener.listen(128)
        except (OSError, OverflowError):
            listener.close()
        else:
            return listener
    message = f"No port from {port} to {port + ATTEMPTS - 1} is free. Name another one with --port."
    raise UsageError(message)
