"""Python's garbage collector, which walks again and again through all that a local cloud stores, in vain."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

SELDOM: Final = (10_000, 20, 100)


@contextmanager
def rare_collections() -> Iterator[None]:
    """Make garbage collections rare in this block."""
    usual = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextmanager
def collections_off() -> Iterator[None]:
    """Collect no garbage in this block, which makes many objects that stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
