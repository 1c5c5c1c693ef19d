"""What a moved file is known by when it has no `id`."""

import unicodedata

from dropcap.document.fingerprint import SHORTEST, words

TEXT = "Eine Stunde früher ist es noch dunkel, und niemand sonst ist auf der Straße, außer den Bäckern. " * 2


def test_the_same_text_is_known_again_however_it_is_written() -> None:
    """Line ends, spaces and the Unicode form are not the text."""
    assert words(TEXT)
    assert words(TEXT) == words("\r\n" + unicodedata.normalize("NFD", TEXT).replace(", ", ",\n   ") + "\n\n")
    assert words(TEXT) != words(TEXT + "Punkt.")


def test_a_text_that_is_short_is_no_mark() -> None:
    """What many files say says nothing about which one it is."""
    assert "" == words("") == words("Coming soon.") == words("x" * (SHORTEST - 1) + " " * SHORTEST)
    assert words("x" * SHORTEST)
