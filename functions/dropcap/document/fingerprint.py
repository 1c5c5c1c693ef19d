"""A source's text ▶ what a moved file is known by when it has no `id`."""

import unicodedata
from hashlib import sha256

SHORTEST = 100
"""Characters of a text that is no stranger's by chance: "coming soon" says nothing about which post it is."""


def words(body: str) -> str:
    """Give a digest of BODY, whatever its line ends, spaces and Unicode form; empty where it is too short."""
    text = " ".join(unicodedata.normalize("NFC", body).split())
    return sha256(text.encode()).hexdigest()[:32] if len(text) >= SHORTEST else ""
