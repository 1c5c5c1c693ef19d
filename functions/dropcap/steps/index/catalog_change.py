"""2 index: one record of the Catalog's stream."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dropcap.contracts import Cause

UNSEEN = frozenset({"cause", "token"})
"""Attributes that readers do not see."""


@dataclass(frozen=True, slots=True)
class Change:
    """One record of the Catalog's stream. EVENT is its id, OLD and NEW are the item's images, None for none."""

    event: str
    pk: str
    sk: str
    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None

    @property
    def images(self) -> list[Mapping[str, Any]]:
        """Return the images there are."""
        return [image for image in (self.old, self.new) if image]

    @property
    def cause(self) -> Cause:
        """Return what caused the change; where an item goes, what caused it to be there."""
        return Cause.of((self.new or self.old or {})["cause"])

    @property
    def is_news(self) -> bool:
        """Return whether a reader of the item could tell the difference: a new token or cause alone is none."""
        return _visible(self.old) != _visible(self.new)


def _visible(image: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    return image and {name: value for name, value in image.items() if name not in UNSEEN}
