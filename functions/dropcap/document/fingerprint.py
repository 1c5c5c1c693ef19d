"""Text of a source ▶ the fingerprint that identifies a renamed file without an `id`."""

import unicodedata
from hashlib import sha256

SHORTEST = 100
"""Least characters of a text with a fingerprint: two unrelated posts may both say "coming soon"."""


def fingerprint(body: str) -> str:
    """Return a digest of BODY that ignores line ends, spaces and Unicode form; empty if BODY is too short."""
    text = " ".join(unicodedata.normalize("NFC", body).split())
    return sha256(text.encode()).hexdigest()[:32] if len(text) >= SHORTEST else ""
