"""3 publish: views that read only the site's settings."""

from collections.abc import Callable

from dropcap.aws.site_bucket import SiteObject
from dropcap.site.content.absolute_urls import absolute_url
from dropcap.site.content.manifest import ICON_SIZES, web_manifest
from dropcap.site.urls import LISTS, CacheTags
from dropcap.steps.publish.context import KINDS, PublishContext, publish_assets


def not_found(context: PublishContext) -> CacheTags:
    """Write the page for addresses that do not exist (404)."""
    return context.page("/404.html", "site/404.html", [LISTS])


def search_page(context: PublishContext) -> CacheTags:
    """Write the page on which readers search; `search.py` writes the index."""
    return context.page("/search/", "site/search.html", [LISTS])


def manifest(context: PublishContext) -> CacheTags:
    """Write the web manifest, which devices read when somebody installs the site."""
    assets = context.tools.theme.assets
    text = web_manifest(context.site, {size: assets[f"icon-{size}.png"] for size in ICON_SIZES})
    return context.text("/site.webmanifest", text, "application/manifest+json; charset=utf-8", [LISTS])


def icon(context: PublishContext) -> CacheTags:
    """Write the icon at the address where programs look for it without reading a page, such as feed readers.

    Every release builds this view, so it compares the other assets, too.
    """
    theme = context.tools.theme
    publish_assets(context.tools, again=True)
    content = theme.asset_files()[theme.assets["favicon.ico"]]
    return context.put("/favicon.ico", SiteObject(content, KINDS[".ico"], (LISTS,)))


def open_search(context: PublishContext) -> CacheTags:
    """Write the OpenSearch description, by which browsers offer the site's search in their address bar."""
    text = context.render("feeds/opensearch.xml", path="/opensearch.xml")
    return context.text("/opensearch.xml", text, "application/opensearchdescription+xml; charset=utf-8", [LISTS])


def robots(context: PublishContext) -> CacheTags:
    """Write `robots.txt`, which tells crawlers where the sitemap is."""
    sitemap = absolute_url(context.site.url, "/sitemap.xml")
    text = f"User-agent: *\nDisallow: /api/\nDisallow: /preview/\n\nSitemap: {sitemap}\n"
    return context.text("/robots.txt", text, "text/plain; charset=utf-8", [LISTS])


STATIC: dict[str, Callable[[PublishContext], CacheTags]] = {
    "not-found": not_found,
    "robots": robots,
    "search-page": search_page,
    "manifest": manifest,
    "icon": icon,
    "opensearch": open_search,
}
