"""The way from a request to its answer, found once.

For each request moto lists the methods of the class that answers it, and works out all addresses of its service; for S3
it loads a module again to do so. That is a fifth of a call's time, and nothing of it ever changes here.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from unittest.mock import patch

from moto.core.base_backend import BaseBackend
from moto.core.utils import method_names_from_class

Addresses = dict[str, Callable[..., Any]]

_moto_addresses: Callable[[BaseBackend], Addresses] = vars(BaseBackend)["urls"].fget


@contextmanager
def ways_remembered() -> Iterator[None]:
    """Let moto remember methods and addresses until the block ends."""
    known: dict[type[BaseBackend], Addresses] = {}

    def addresses(backend: BaseBackend) -> Addresses:
        kind = type(backend)
        if kind not in known:
            known[kind] = _moto_addresses(backend)
        return known[kind]

    methods = patch("moto.core.responses.method_names_from_class", cache(method_names_from_class))
    with methods, patch.object(BaseBackend, "urls", property(addresses)):
        yield
