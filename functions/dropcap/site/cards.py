"""Cards of posts in lists, neighbours and backlinks, and the totals of the archive: plain values for templates."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from dropcap.document import Metadata, Tag
from dropcap.site import urls
from dropcap.site.picture import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Card(Metadata):
    """A post in a list. SORT orders lists: its local time in the site's zone; DIGEST names its published body.

    PICTURE is the one of its front matter, if it is uploaded here.
    """

    key: str
    sort: str
    published: str
    updated: str | None
    digest: str
    site: str
    picture: Picture | None = None

    @property
    def url(self) -> str:
        """Return the address, as templates call it."""
        return self.path

    @property
    def named(self) -> "Card":
        """Return the card for lists of titles, which show neither summary nor text and do not change with them."""
        return replace(self, summary="", digest="")

    @property
    def date(self) -> datetime:
        """Return the time of publication, with its offset."""
        return datetime.fromisoformat(self.published)

    @property
    def changed(self) -> datetime:
        """Return the time of the last change that the author states, for feeds and sitemaps."""
        return datetime.fromisoformat(self.updated or self.published)


class Sent(NamedTuple):
    """A newsletter that was sent, and its post."""

    when: datetime
    card: Card


@dataclass(frozen=True, slots=True)
class Year:
    """A year of a list: how many items, and its path."""

    name: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the archive: how many items, and its path."""

    name: str
    count: int

    @property
    def url(self) -> str:
        """Return the path of the month's archive."""
        return urls.month_path(self.name)

    @property
    def first(self) -> date:
        """Return the month's first day, for its name."""
        return date.fromisoformat(f"{self.name}-01")


@dataclass(frozen=True, slots=True)
class TagTotal:
    """A tag with the number of posts under it."""

    tag: Tag
    count: int


class Period(NamedTuple):
    """Cards of one year or one month, newest first. FIRST is a day in it, for its name."""

    url: str
    first: date
    cards: list[Card]
