"""3 publish, for what reads nothing but the site's settings."""

from collections.abc import Callable

from dropcap.aws.site_bucket import SiteObject
from dropcap.site.content.absolute_urls import absolute_url
from dropcap.site.content.manifest import ICON_SIZES, web_manifest
from dropcap.site.urls import LISTS
from dropcap.steps.publish.context import KINDS, Making


def not_found(make: Making) -> frozenset[str]:
    """Write the page that stands for every address that there is not."""
    return make.page("/404.html", "site/404.html", [LISTS])


def search_page(make: Making) -> frozenset[str]:
    """Write the page on which readers search; what they search is `publish_search`'s."""
    return make.page("/search/", "site/search.html", [LISTS])


def manifest(make: Making) -> frozenset[str]:
    """Write what a device wants to know of a site that it puts among its programs."""
    assets = make.tools.theme.assets
    text = web_manifest(make.site, {size: assets[f"icon-{size}.png"] for size in ICON_SIZES})
    return make.text("/site.webmanifest", text, "application/manifest+json; charset=utf-8", [LISTS])


def icon(make: Making) -> frozenset[str]:
    """Write the icon where programs look for it that read no page, such as readers of feeds."""
    theme = make.tools.theme
    content = theme.asset_files()[theme.assets["favicon.ico"]]
    return make.put("/favicon.ico", SiteObject(content, KINDS[".ico"], (LISTS,)))


def robots(make: Making) -> frozenset[str]:
    """Write what tells crawlers where the sitemap is."""
    sitemap = absolute_url(make.site.url, "/sitemap.xml")
    text = f"User-agent: *\nDisallow: /api/\nDisallow: /preview/\n\nSitemap: {sitemap}\n"
    return make.text("/robots.txt", text, "text/plain; charset=utf-8", [LISTS])


STATIC: dict[str, Callable[[Making], frozenset[str]]] = {
    "not-found": not_found,
    "robots": robots,
    "search-page": search_page,
    "manifest": manifest,
    "icon": icon,
}
