"""2 index: one record of the Catalog's stream."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dropcap.contracts import Cause

UNSEEN = frozenset({"cause", "token", "searched"})
"""Attributes that readers do not see. The words that `searched` is a digest of are in an item of their own."""


@dataclass(frozen=True, slots=True)
class Change:
    """One record of the Catalog's stream. EVENT is its id, OLD and NEW are the item's images, or None."""

    event: str
    pk: str
    sk: str
    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None

    @property
    def images(self) -> list[Mapping[str, Any]]:
        """Return the images that exist, the old one first."""
        return [image for image in (self.old, self.new) if image]

    @property
    def cause(self) -> Cause:
        """Return the cause of the change; for a deleted item, the cause in its last image."""
        return Cause.of((self.new or self.old or {})["cause"])

    @property
    def is_news(self) -> bool:
        """Return whether an attribute has changed that readers of the item see: a token or a cause is none."""
        return _visible(self.old) != _visible(self.new)

    def is_only_of(self, attributes: frozenset[str]) -> bool:
        """Return whether the item existed before and after, and only these ATTRIBUTES have changed."""
        return bool(self.old and self.new) and not _differing(self.old, self.new) - attributes

    def is_only_of_card(self, attributes: frozenset[str]) -> bool:
        """Return whether a post was published before and after, and only these ATTRIBUTES of its card have changed."""
        if not self.old or not self.new or _differing(self.old, self.new) - {"card", "etag"}:
            return False
        return not _differing(self.old["card"], self.new["card"]) - attributes


def _differing(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> set[str]:
    before, after = old or {}, new or {}
    return {name for name in (before.keys() | after.keys()) - UNSEEN if before.get(name) != after.get(name)}


def _visible(image: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    return image and {name: value for name, value in image.items() if name not in UNSEEN}
