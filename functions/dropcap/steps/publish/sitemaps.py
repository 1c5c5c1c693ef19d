"""3 publish: the sitemaps. One a month, one for the undated pages, and the index that names them."""

from collections.abc import Callable

from dropcap.aws import catalog_keys as keys
from dropcap.site import urls
from dropcap.site.cards import Card
from dropcap.site.content.absolute_urls import absolute_url
from dropcap.site.urls import LISTS
from dropcap.steps.publish.context import XML, Making

PER_SITEMAP = 50_000
"""The protocol's own limit of entries in one file: https://www.sitemaps.org/protocol.html"""

Tags = frozenset[str]


def sitemap(make: Making) -> Tags:
    """Write the index of the sitemaps: one a month, and one for pages."""
    months = [(item["sk"], item["changed"]) for item in make.tools.catalog.lists.sums(keys.ALL)]
    pages = make.tools.catalog.lists.entries(keys.PAGES, "", PER_SITEMAP)
    if pages:
        months.append(("pages", max(card.changed for card in pages).isoformat()))
    entries = [
        {"url": absolute_url(make.site.url, urls.sitemap_path(name)), "lastmod": changed} for name, changed in months
    ]
    text = make.render("feeds/sitemap_index.xml", path="/sitemap.xml", entries=entries)
    return make.text("/sitemap.xml", text, XML, [LISTS])


def sitemap_month(make: Making, name: str) -> Tags:
    """Write the sitemap of one month."""
    return _sitemap(make, name, make.tools.catalog.lists.entries(keys.ALL, name, PER_SITEMAP))


def sitemap_pages(make: Making) -> Tags:
    """Write the sitemap of the pages."""
    return _sitemap(make, "pages", make.tools.catalog.lists.entries(keys.PAGES, "", PER_SITEMAP))


def _sitemap(make: Making, name: str, cards: list[Card]) -> Tags:
    path = urls.sitemap_path(name)
    if not cards:
        return make.remove(path, [LISTS])
    entries = [{"url": absolute_url(make.site.url, card.url), "lastmod": card.changed.isoformat()} for card in cards]
    return make.text(path, make.render("feeds/sitemap.xml", path=path, entries=entries), XML, [LISTS])


SINGLE: dict[str, Callable[[Making], Tags]] = {"sitemap": sitemap, "sitemap-pages": sitemap_pages}
NAMED: dict[str, Callable[[Making, str], Tags]] = {"sitemap-month": sitemap_month}
