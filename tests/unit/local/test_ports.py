"""Ports of the local servers."""

from contextlib import closing

import pytest

from dropcap_local.server import ports
from dropcap_local.server.ports import listening_socket
from dropcap_local.usage_error import UsageError


def test_the_next_free_port_is_used() -> None:
    """A port in use is left alone."""
    with closing(listening_socket(0)) as first:
        number: int = first.getsockname()[1]
        if number < 65_000:
            with closing(listening_socket(number)) as second:
                assert number < second.getsockname()[1] < number + ports.ATTEMPTS


def test_without_a_free_port_the_error_names_the_option(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a hundred attempts, or at the last port."""
    monkeypatch.setattr(ports, "ATTEMPTS", 1)
    with closing(listening_socket(0)) as taken, pytest.raises(UsageError, match="--port"):
        listening_socket(taken.getsockname()[1])
    with pytest.raises(UsageError, match="--port"):
        listening_socket(65_536)
