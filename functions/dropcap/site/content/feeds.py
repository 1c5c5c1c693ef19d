"""Feeds: their items, the lasting ids of these, and the serialisation as JSON Feed.

Atom is the template `feeds/atom.xml` (RFC 4287), RSS `feeds/rss.xml` (https://www.rssboard.org/rss-specification); JSON
Feed is https://www.jsonfeed.org/version/1.1/.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5  # noqa: TID251  # version 5 is a hash: there is nothing random in it

from markupsafe import Markup

from dropcap.document import Tag
from dropcap.patterns import lazy_pattern
from dropcap.site.cards import Card
from dropcap.site.content.absolute_urls import absolute, absolute_url
from dropcap.site.content.feed_and_mail_html import for_feeds
from dropcap.site.settings.model import Person, SiteSettings
from dropcap.site.theme import iso

_NOT_XML = lazy_pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 forbids, even as character references, and control characters that it discourages (2.2)."""


class Channel(NamedTuple):
    """A feed as a whole: its title, its address in each format, and the PAGE that shows the same posts."""

    title: str
    url: str
    json_url: str
    rss_url: str
    page: str


class FeedItem(NamedTuple):
    """A post in a feed; HTML is its whole text, every address in it absolute."""

    id: str
    title: str
    url: str
    date: datetime
    updated: datetime
    summary: str
    tags: tuple[Tag, ...]
    authors: tuple[Person, ...]
    language: str | None
    html: Markup
    picture: str | None = None
    thumbnail: str | None = None


def feed_items(site: SiteSettings, cards: Sequence[tuple[Card, str]]) -> list[FeedItem]:
    """Return the feed items of CARDS, pairs of a card and its body, newest first.

    If two posts have the same `id`, it identifies the older one, and the other is identified by its file.
    """
    ids: dict[str, str] = {}
    for card, _ in reversed(cards):
        by_id = feed_item_id(site, f"id:{card.identity}") if card.identity else None
        ids[card.key] = by_id if by_id and by_id not in ids.values() else feed_item_id(site, card.key)
    return [_entry(site, card, body, ids[card.key]) for card, body in cards]


def feed_item_id(site: SiteSettings, name: str) -> str:
    """Return the lasting id of a post by its NAME: a new title, date or address makes no new item.

    An IRI (RFC 4287, section 4.2.6) of the site's host and the name alone.
    """
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'//{urlsplit(site.url).netloc}/{name}')}"


def json_feed(site: SiteSettings, channel: Channel, entries: Iterable[FeedItem]) -> str:
    """Write CHANNEL with its ENTRIES as JSON Feed 1.1."""
    values = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.page,
        "feed_url": channel.json_url,
        "description": site.description or site.tagline,
        "language": site.language,
        "authors": _authors(site, [site.person(name) for name in site.authors] or [Person(site.title, site.url)]),
        "icon": absolute_url(site.url, site.icon_url) if site.icon_url else "",
        "items": [_item(site, entry) for entry in entries],
    }
    return json.dumps(_present(values), ensure_ascii=False, indent=1) + "\n"


def well_formed(xml: str) -> str:
    """Return XML without control characters: most of them would make the feed unreadable."""
    return _NOT_XML.sub("", xml)


def _entry(site: SiteSettings, card: Card, body: str, name: str) -> FeedItem:
    url = absolute_url(site.url, card.url)
    return FeedItem(
        name, card.title, url, card.date, card.changed, card.summary, card.tags,
        tuple(map(site.person, card.authors)), card.language, _content(site, card, body, url),
        absolute_url(site.url, card.picture.url) if card.picture else None,
        absolute_url(site.url, card.picture.small) if card.picture else None,
    )  # fmt: skip


def _content(site: SiteSettings, card: Card, body: str, url: str) -> Markup:
    """Return the whole text with absolute addresses, or the summary if the site publishes excerpts.

    A post without a text has its title: empty content is a fault of a feed.
    """
    if site.feed_excerpts and card.summary:
        return Markup("<p>{}</p>").format(card.summary)
    html = Markup(absolute(for_feeds(body), url))  # noqa: S704  # sanitised by render
    return html if html.strip() else Markup("<p>{}</p>").format(card.title)


def _item(site: SiteSettings, entry: FeedItem) -> dict[str, object]:
    values = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": str(entry.html),
        "summary": entry.summary,
        "date_published": iso(entry.date),
        "date_modified": iso(entry.updated),
        "authors": _authors(site, entry.authors),
        "image": entry.picture,
        "tags": [tag.label for tag in entry.tags],
        "language": entry.language,
    }
    return _present(values)


def _authors(site: SiteSettings, people: Iterable[Person]) -> list[dict[str, str]]:
    listed = ({"name": person.name, "url": person.url, "avatar": _avatar(site, person)} for person in people)
    return [{name: value for name, value in author.items() if value} for author in listed]


def _avatar(site: SiteSettings, person: Person) -> str:
    return absolute_url(site.url, person.picture_url) if person.picture_url else ""


def _present(values: Mapping[str, object]) -> dict[str, object]:
    """Return VALUES without empty values; a feed must have its `items`, even none."""
    return {name: value for name, value in values.items() if value or name == "items"}
