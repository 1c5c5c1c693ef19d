"""A bucket's object names, kept sorted, so that listing a folder does not read the whole bucket."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice, takewhile
from typing import Any
from unittest.mock import patch

from moto.s3.utils import _VersionedKeyStore

_moto_set = _VersionedKeyStore.__setitem__
_moto_setlist = _VersionedKeyStore.setlist
_moto_pop = _VersionedKeyStore.pop


@contextmanager
def ordered_names() -> Iterator[None]:
    """Keep the names in moto's buckets sorted until the block ends."""
    changes = (("__setitem__", _set), ("setlist", _setlist), ("pop", _pop))
    with ExitStack() as stack:
        for name, change in changes:
            stack.enter_context(patch.object(_VersionedKeyStore, name, change))
        yield


def names_with(store: _VersionedKeyStore, prefix: str, most: int, after: str = "") -> list[str]:
    """Return at MOST so many names in STORE that begin with PREFIX and come after AFTER, in order.

    Some may have only a delete marker.
    """
    names: list[str] | None = vars(store).get("names")
    if names is None:
        names = vars(store)["names"] = sorted(store)
    first = max(bisect_left(names, prefix), bisect_right(names, after) if after else 0)
    return list(takewhile(lambda name: name.startswith(prefix), islice(names, first, first + most)))


def _add(store: _VersionedKeyStore, name: str) -> None:
    names: list[str] | None = vars(store).get("names")
    if names is not None and name not in store:
        insort(names, name)


def _set(store: _VersionedKeyStore, name: str, value: Any) -> None:  # noqa: ANN401  # as moto's
    _add(store, name)
    _moto_set(store, name, value)


def _setlist(store: _VersionedKeyStore, name: str, values: Any) -> None:  # noqa: ANN401  # as moto's
    _add(store, name)
    _moto_setlist(store, name, values)


def _pop(store: _VersionedKeyStore, name: str) -> None:
    _moto_pop(store, name)
    names: list[str] | None = vars(store).get("names")
    if names is not None:
        del names[bisect_left(names, name)]
