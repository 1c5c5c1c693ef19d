"""What the site says of how its files are to be read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Conventions:
    """ZONE is an IANA name: what a time without an offset means. LANGUAGE is that of texts that tell none (BCP 47)."""

    zone: str = "UTC"
    language: str = "en"
