"""The text and colours of a social card, apart from its drawing: its file name needs no Pillow."""

from hashlib import sha256
from typing import NamedTuple


class CardWords(NamedTuple):
    """The text of a card and its colours, each `#rrggbb`."""

    title: str
    site: str
    paper: str
    ink: str
    accent: str

    @property
    def digest(self) -> str:
        """Return a name for all of it and for how it is drawn: 16 hex digits, part of public addresses.

        The hashed text has names of its own, so that renaming attributes does not change every card's address.
        """
        whole = (
            f"CardWords(title={self.title!r}, site={self.site!r}, paper={self.paper!r}, ink={self.ink!r}, "
            f"accent={self.accent!r})"
        )
        return sha256(f"2{whole}".encode()).hexdigest()[:16]
