"""Bytes that wait in a temporary file."""

import os
from dataclasses import replace

import pytest

from dropcap_local.spool import Spool


def test_bytes_are_read_as_they_were_written() -> None:
    """Whole or in part, also after the spool has begun a new file."""
    spool = Spool()
    texts = [b"one", b"", b"three" * 100_000]
    first = [spool.append(text) for text in texts]
    spool.start_over()
    second = spool.append(b"other")
    assert [spooled.read() for spooled in first] == texts
    assert [spooled.size for spooled in first] == [3, 0, 500_000]
    assert (second.read(1, 3), second.read(4, 9), second.read(7)) == (b"th", b"r", b"")


def test_a_fork_writes_to_a_file_of_its_own() -> None:
    """In one file, both would write to the same place."""
    spool = Spool()
    before = spool.append(b"before")
    child = os.fork()
    if not child:
        spool.append(b"child")
        os._exit(0 if before.read() == b"before" else 1)
    after = spool.append(b"after")
    assert os.waitpid(child, 0)[1] == 0
    assert after.read() == b"after"


def test_a_file_that_ends_too_early_is_an_error() -> None:
    """For instance one that somebody has cut."""
    spooled = replace(Spool().append(b"whole"), size=8)
    with pytest.raises(OSError, match="3 bytes too early"):
        spooled.read()
