"""3 publish, for what reads nothing but the site's settings."""

from collections.abc import Callable

from dropcap.site.addresses import LISTS
from dropcap.site.body import absolute_url
from dropcap.steps.publish_view import Making


def not_found(make: Making) -> frozenset[str]:
    """Write the page that stands for every address that there is not."""
    return make.page("/404.html", "site/404.html", [LISTS])


def newsletter(make: Making) -> frozenset[str]:
    """Write the page where readers subscribe; a site without a newsletter has none."""
    if not make.site.newsletter:
        return make.remove("/newsletter/", [LISTS])
    return make.page("/newsletter/", "site/newsletter.html", [LISTS])


def robots(make: Making) -> frozenset[str]:
    """Write what tells crawlers where the sitemap is."""
    sitemap = absolute_url(make.site.url, "/sitemap.xml")
    text = f"User-agent: *\nDisallow: /api/\nDisallow: /preview/\n\nSitemap: {sitemap}\n"
    return make.text("/robots.txt", text, "text/plain; charset=utf-8", [LISTS])


STATIC: dict[str, Callable[[Making], frozenset[str]]] = {
    "not-found": not_found,
    "newsletter": newsletter,
    "robots": robots,
}
