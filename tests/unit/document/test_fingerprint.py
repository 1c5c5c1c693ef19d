"""The fingerprint by which a renamed file without an `id` is recognised."""

import unicodedata

from dropcap.document.fingerprint import SHORTEST, fingerprint

TEXT = "Eine Stunde früher ist es noch dunkel, und niemand sonst ist auf der Straße, außer den Bäckern. " * 2


def test_a_fingerprint_ignores_line_ends_spaces_and_unicode_form() -> None:
    """The words count; one more word is another text."""
    assert fingerprint(TEXT)
    assert fingerprint(TEXT) == fingerprint(
        "\r\n" + unicodedata.normalize("NFD", TEXT).replace(", ", ",\n   ") + "\n\n"
    )
    assert fingerprint(TEXT) != fingerprint(TEXT + "Punkt.")


def test_a_short_text_has_no_fingerprint() -> None:
    """Unrelated files may share a short text."""
    assert "" == fingerprint("") == fingerprint("Coming soon.") == fingerprint("x" * (SHORTEST - 1) + " " * SHORTEST)
    assert fingerprint("x" * SHORTEST)
