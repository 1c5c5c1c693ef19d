"""What a social card says: apart from how it is drawn, so that whoever only wants its name needs no Pillow."""

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class CardWords:
    """What a card says, and in which colours, each `#rrggbb`."""

    title: str
    site: str
    paper: str
    ink: str
    accent: str

    @property
    def digest(self) -> str:
        """Give a name for all of it, and for how it is drawn."""
        return sha256(f"2{self!r}".encode()).hexdigest()[:16]
