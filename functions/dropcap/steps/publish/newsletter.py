"""3 publish: the newsletter's pages: where readers subscribe, and what went out, unless its post is withdrawn."""

from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

from dropcap.aws import catalog_keys as keys
from dropcap.site.cards import Sent, Year
from dropcap.site.urls import LISTS, newsletter_year_path
from dropcap.steps.publish.context import Making

NEWEST, IN_YEAR = 20, 2_000

Tags = frozenset[str]


def newsletter(make: Making) -> Tags:
    """Write the page where readers subscribe, with the newest that went out; a site without a newsletter has none."""
    if not make.site.newsletter:
        return make.remove("/newsletter/", [LISTS])
    sums = make.tools.catalog.lists.sums(keys.ISSUES)
    years = [Year(one["sk"], newsletter_year_path(one["sk"]), int(one["count"])) for one in reversed(sums)]
    return make.page(
        "/newsletter/",
        "site/newsletter.html",
        [LISTS],
        issues=_sent(make, "", NEWEST),
        years=years if years[1:] else [],
    )


def newsletter_year(make: Making, year: str) -> Tags:
    """Write what went out in one YEAR, then count it; a year of which nothing stands has no page."""
    issues = _sent(make, year, IN_YEAR) if make.site.newsletter else []
    path = newsletter_year_path(year)
    page = (
        make.page(path, "site/newsletter_year.html", [LISTS], year=year, issues=issues) if issues else frozenset[str]()
    )
    make.tools.catalog.lists.keep_sum(keys.ISSUES, year, {"count": len(issues)} if issues else None, make.cause)
    return page if issues else make.remove(path, [LISTS])


def _sent(make: Making, year: str, most: int) -> list[Sent]:
    """Give what went out, by clocks in the site's zone."""
    zone = ZoneInfo(make.site.zone)
    return [replace(one, when=one.when.astimezone(zone)) for one in make.tools.catalog.sent(year, most)]


SINGLE: dict[str, Callable[[Making], Tags]] = {"newsletter": newsletter}
NAMED: dict[str, Callable[[Making, str], Tags]] = {"newsletter-year": newsletter_year}
