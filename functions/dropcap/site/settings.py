"""What the site says of itself, as every step reads it: one Catalog item. How it is read of a file: `site_file.py`."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

SITE_KEY = "site.yaml"
"""Source key of the settings."""


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """The site. URL has no slash at its end; ZONE is an IANA name; TOKEN names this version of the settings."""

    url: str
    title: str = "Untitled journal"
    tagline: str = ""
    description: str = ""
    language: str = "en"
    zone: str = "UTC"
    author: str = ""
    navigation: tuple[tuple[str, str], ...] = ()
    about: str = ""
    disclaimer: str = ""
    newsletter: bool = True
    sender: str = ""
    postal_address: str = ""
    grace_minutes: int | None = None
    lateness_days: int = 7
    token: str = ""

    @classmethod
    def default(cls, url: str) -> Self:
        """Give the settings of a site that has no `site.yaml` yet, at URL."""
        return cls(url.rstrip("/"))

    def to_item(self) -> dict[str, Any]:
        """Give the settings as attributes of the Catalog item."""
        return asdict(self)

    @classmethod
    def from_item(cls, item: Mapping[str, Any], url: str) -> Self:
        """Read the settings from their Catalog item; URL stands where the author named none."""
        named = {field.name: item[field.name] for field in fields(cls) if field.name in item}
        named["url"] = named["url"] or url
        named["navigation"] = tuple((label, to) for label, to in item["navigation"])
        named["lateness_days"] = int(item["lateness_days"])
        named["grace_minutes"] = None if item["grace_minutes"] is None else int(item["grace_minutes"])
        return cls(**named)
