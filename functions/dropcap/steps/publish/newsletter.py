"""3 publish: the newsletter's pages, to subscribe and to list past issues whose posts are still published."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from dropcap.aws import catalog_keys as keys
from dropcap.site.cards import Sent, Year
from dropcap.site.urls import LISTS, CacheTags, newsletter_year_path
from dropcap.steps.publish.context import PublishContext

NEWEST, IN_YEAR = 20, 2_000


def newsletter(context: PublishContext) -> CacheTags:
    """Write the page where readers subscribe, with the newest issues; a site without a newsletter has none."""
    if not context.site.newsletter:
        return context.remove("/newsletter/", [LISTS])
    sums = context.tools.catalog.lists.sums(keys.ISSUES)
    years = [Year(total["sk"], newsletter_year_path(total["sk"]), int(total["count"])) for total in reversed(sums)]
    return context.page(
        "/newsletter/",
        "site/newsletter.html",
        [LISTS],
        issues=_sent(context, "", NEWEST),
        years=years if years[1:] else [],
    )


def newsletter_year(context: PublishContext, year: str) -> CacheTags:
    """Write the issues of one YEAR, then count them; a year without published posts has no page."""
    issues = _sent(context, year, IN_YEAR) if context.site.newsletter else []
    path = newsletter_year_path(year)
    page = (
        context.page(path, "site/newsletter_year.html", [LISTS], year=year, issues=issues)
        if issues
        else frozenset[str]()
    )
    context.tools.catalog.lists.keep_sum(keys.ISSUES, year, {"count": len(issues)} if issues else None, context.cause)
    return page if issues else context.remove(path, [LISTS])


def _sent(context: PublishContext, year: str, most: int) -> list[Sent]:
    """Return the issues that were sent, with times in the site's zone."""
    zone = ZoneInfo(context.site.zone)
    return [issue._replace(when=issue.when.astimezone(zone)) for issue in context.tools.catalog.sent(year, most)]


SINGLE: dict[str, Callable[[PublishContext], CacheTags]] = {"newsletter": newsletter}
NAMED: dict[str, Callable[[PublishContext, str], CacheTags]] = {"newsletter-year": newsletter_year}
