"""The bytes that are accepted as a source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropcap.document.source_text import MAXIMUM_BYTES, source_text
from support.documents import document, html, read_or_refused, refusal


def test_a_byte_order_mark_and_windows_line_ends_are_removed() -> None:
    """Notepad writes both."""
    plain = document("---\ntitle: A day\n---\nOne.\n\nTwo.\n")
    assert plain == document(b"\xef\xbb\xbf---\r\ntitle: A day\r\n---\r\nOne.\r\n\r\nTwo.\r\n")


def test_old_line_ends_are_line_ends() -> None:
    """A lone carriage return ends a line, as on old Macs."""
    assert "a\nb\nc" == source_text(b"a\rb\r\nc")


def test_a_file_that_is_not_utf_8_is_refused_with_line_and_byte() -> None:
    """Latin 1 is still about."""
    finding = refusal("Eins\nZwei\nÜber".encode("latin-1"))
    assert (3, True) == (finding.line, "0xDC" in finding.message)


def test_utf_16_is_refused() -> None:
    """Windows calls it Unicode."""
    assert "UTF-8" in refusal("# A day".encode("utf-16")).message


@pytest.mark.parametrize("source", [b"", b"\n \n\t", b"\xef\xbb\xbf", b"\x01"])
def test_an_empty_file_is_refused(source: bytes) -> None:
    """There is nothing to publish."""
    assert "The file is empty." == refusal(source).message


def test_a_nul_is_refused_with_its_line() -> None:
    """It is a picture, or a disk that failed."""
    assert 2 == refusal(b"# A day\nthat was\0lost").line


def test_a_file_of_a_mebibyte_is_read_and_one_byte_more_is_not() -> None:
    """The limit is where it says."""
    assert MAXIMUM_BYTES == len(source_text(b"x" * MAXIMUM_BYTES))
    assert "1,048,577" in refusal(b"x" * (MAXIMUM_BYTES + 1)).message


def test_control_characters_are_dropped() -> None:
    """A feed that held one would not be XML."""
    assert "<p>ab</p>" == html("a\x08\x1b\ufffeb")


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(source: bytes) -> None:
    """No other exception comes out, and no line end but one kind."""
    text = read_or_refused(lambda: source_text(source))
    assert "\r" not in (text or "")
