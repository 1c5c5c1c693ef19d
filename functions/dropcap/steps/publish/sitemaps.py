"""3 publish: the sitemaps. One a month, one for the undated pages, and the index that names them."""

from collections.abc import Callable

from dropcap.aws import catalog_keys as keys
from dropcap.document.offsets import written_in_whole_minutes
from dropcap.site import urls
from dropcap.site.cards import Card
from dropcap.site.content.absolute_urls import absolute_url
from dropcap.site.urls import LISTS, CacheTags
from dropcap.steps.publish.context import XML, PublishContext

PER_SITEMAP = 50_000
"""The protocol's own limit of entries in one file: https://www.sitemaps.org/protocol.html"""


def sitemap(context: PublishContext) -> CacheTags:
    """Write the index of the sitemaps: one a month, and one for pages."""
    months = [(item["sk"], item["changed"]) for item in context.tools.catalog.lists.sums(keys.ALL)]
    pages = context.tools.catalog.lists.in_period(keys.PAGES, "", PER_SITEMAP)
    if pages:
        months.append(("pages", max(card.changed for card in pages).isoformat()))
    entries = [
        {"url": absolute_url(context.site.url, urls.sitemap_path(name)), "lastmod": written_in_whole_minutes(changed)}
        for name, changed in months
    ]
    text = context.render("feeds/sitemap_index.xml", path="/sitemap.xml", entries=entries)
    return context.text("/sitemap.xml", text, XML, [LISTS])


def sitemap_month(context: PublishContext, name: str) -> CacheTags:
    """Write the sitemap of one month."""
    return _sitemap(context, name, context.tools.catalog.lists.in_period(keys.ALL, name, PER_SITEMAP))


def sitemap_pages(context: PublishContext) -> CacheTags:
    """Write the sitemap of the pages."""
    return _sitemap(context, "pages", context.tools.catalog.lists.in_period(keys.PAGES, "", PER_SITEMAP))


def _sitemap(context: PublishContext, name: str, cards: list[Card]) -> CacheTags:
    path = urls.sitemap_path(name)
    if not cards:
        return context.remove(path, [LISTS])
    entries = [{"url": absolute_url(context.site.url, card.url), "lastmod": card.changed.isoformat()} for card in cards]
    return context.text(path, context.render("feeds/sitemap.xml", path=path, entries=entries), XML, [LISTS])


SINGLE: dict[str, Callable[[PublishContext], CacheTags]] = {"sitemap": sitemap, "sitemap-pages": sitemap_pages}
NAMED: dict[str, Callable[[PublishContext, str], CacheTags]] = {"sitemap-month": sitemap_month}
