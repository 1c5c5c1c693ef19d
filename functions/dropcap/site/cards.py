"""What lists, neighbours and backlinks show of a post, and the sums of the archives: plain values for the templates."""

from dataclasses import dataclass
from datetime import date, datetime

from dropcap.site import urls


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as the author wrote it, and as it stands in an address."""

    label: str
    slug: str

    @property
    def url(self) -> str:
        """Give the path of the tag's page."""
        return urls.tag_path(self.slug)


@dataclass(frozen=True, slots=True)
class Card:
    """A post in a list. SORT orders lists: its local time in the site's zone; DIGEST names the body that stands."""

    key: str
    title: str
    url: str
    sort: str
    published: str
    updated: str | None
    summary: str
    tags: tuple[Tag, ...]
    digest: str
    site: str
    is_page: bool
    dated: bool
    identity: str | None
    newsletter: bool | None
    image: str | None
    image_alt: str
    searchable: bool
    authors: tuple[str, ...] = ()
    language: str | None = None

    @property
    def date(self) -> datetime:
        """Give the time of publication, with its offset."""
        return datetime.fromisoformat(self.published)

    @property
    def changed(self) -> datetime:
        """Give the time of the last change that the author told, for feeds and sitemaps."""
        return datetime.fromisoformat(self.updated or self.published)


@dataclass(frozen=True, slots=True)
class Sent:
    """A newsletter that went out, and the post that it was of."""

    when: datetime
    card: Card


@dataclass(frozen=True, slots=True)
class Year:
    """A year of a list: how many entries, and where."""

    name: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the archive: how many entries, and where."""

    name: str
    count: int

    @property
    def url(self) -> str:
        """Give the path of the month's archive."""
        return urls.month_path(self.name)

    @property
    def first(self) -> date:
        """Give the month's first day, for its name."""
        return date.fromisoformat(f"{self.name}-01")


@dataclass(frozen=True, slots=True)
class TagTotal:
    """A tag with the number of posts under it."""

    tag: Tag
    count: int
