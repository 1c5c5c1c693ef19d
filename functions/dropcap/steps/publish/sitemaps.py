"""3 publish: the sitemaps. One a month, one for the home pages and the undated pages, and the index that names them."""

from collections.abc import Callable, Iterable

from dropcap.aws import catalog_keys as keys
from dropcap.document.offsets import written_in_whole_minutes
from dropcap.site import urls
from dropcap.site.cards import Card
from dropcap.site.content.absolute_urls import absolute_url
from dropcap.site.content.translations import language_homes
from dropcap.site.urls import LISTS, CacheTags
from dropcap.steps.publish.context import XML, PublishContext
from dropcap.steps.publish.home_pages import home_addresses

PER_SITEMAP = 50_000
"""The protocol's own limit of entries in one file: https://www.sitemaps.org/protocol.html"""


def sitemap(context: PublishContext) -> CacheTags:
    """Write the index of the sitemaps: one a month, and one for pages."""
    months = [(item["sk"], item["changed"]) for item in context.tools.catalog.lists.sums(keys.ALL)]
    pages = context.tools.catalog.lists.in_period(keys.PAGES, "", PER_SITEMAP)
    months.append(("pages", max(card.changed for card in pages).isoformat() if pages else ""))
    entries = [
        {"url": absolute_url(context.site.url, urls.sitemap_path(name)), "lastmod": written_in_whole_minutes(changed)}
        for name, changed in months
    ]
    text = context.render("feeds/sitemap_index.xml", path="/sitemap.xml", entries=entries)
    return context.text("/sitemap.xml", text, XML, [LISTS])


def sitemap_month(context: PublishContext, name: str) -> CacheTags:
    """Write the sitemap of one month."""
    cards = context.tools.catalog.lists.in_period(keys.ALL, name, PER_SITEMAP)
    return _sitemap(context, name, _entries(context, cards))


def sitemap_pages(context: PublishContext) -> CacheTags:
    """Write the sitemap of the home pages and the pages, except those pages that a home page opens with.

    A home page has no time here: it changes with every post.
    """
    addresses = [address for _, address in language_homes(context.site)] or ["/"]
    homes = [{"url": absolute_url(context.site.url, address), "lastmod": ""} for address in addresses]
    shown_there = home_addresses(context)
    cards = context.tools.catalog.lists.in_period(keys.PAGES, "", PER_SITEMAP - len(homes))
    pages = _entries(context, [card for card in cards if card.key not in shown_there])
    return _sitemap(context, "pages", [*homes, *pages])


def _entries(context: PublishContext, cards: Iterable[Card]) -> list[dict[str, str]]:
    return [{"url": absolute_url(context.site.url, card.url), "lastmod": card.changed.isoformat()} for card in cards]


def _sitemap(context: PublishContext, name: str, entries: list[dict[str, str]]) -> CacheTags:
    path = urls.sitemap_path(name)
    if not entries:
        return context.remove(path, [LISTS])
    return context.text(path, context.render("feeds/sitemap.xml", path=path, entries=entries), XML, [LISTS])


SINGLE: dict[str, Callable[[PublishContext], CacheTags]] = {"sitemap": sitemap, "sitemap-pages": sitemap_pages}
NAMED: dict[str, Callable[[PublishContext, str], CacheTags]] = {"sitemap-month": sitemap_month}
