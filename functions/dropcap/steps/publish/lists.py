"""3 publish: the views of lists. Each reads a bounded part of the Catalog and writes one object."""

from collections import Counter
from collections.abc import Callable

from dropcap.aws import catalog_keys as keys
from dropcap.document import Tag
from dropcap.site import urls
from dropcap.site.cards import Card, Month, TagTotal, Year
from dropcap.site.content.opening import standfirst
from dropcap.site.urls import LISTS, CacheTags
from dropcap.steps.publish.context import PublishContext
from dropcap.steps.publish.page_context import body_on_page

ON_HOME, ON_TAG = 10, 20
PER_PERIOD = 50_000
"""At most so many entries of a month, or of a tag's year, stand on its page."""


def home(context: PublishContext) -> CacheTags:
    """Write the home page: the newest posts, below what the author's `pages/home.md` says, if it stands."""
    cards = context.tools.catalog.lists.newest(keys.ALL, ON_HOME)
    return context.page("/", "site/home.html", [LISTS], cards=cards, welcome=_welcome(context), more_url="/archive/")


def _welcome(context: PublishContext) -> dict[str, object] | None:
    """Return what stands for the author's own home page."""
    post, shown = context.tools.catalog.post_and_shown(keys.HOME_PAGE)
    if not shown or not post or not post.live:
        return None
    card, body = shown.card, context.tools.bodies.get(shown.card.digest)
    html = body_on_page(context, body)
    return {
        "title": card.title,
        "standfirst": standfirst(card.summary, body),
        "language": post.live.language,
        "html": html,
    }


def archive(context: PublishContext) -> CacheTags:
    """Write the years of the archive with their counts."""
    totals: Counter[str] = Counter()
    for item in context.tools.catalog.lists.sums(keys.ALL):
        totals[item["sk"][:4]] += int(item["count"])
    years = [Year(name, urls.year_path(name), totals[name]) for name in sorted(totals, reverse=True)]
    return context.page("/archive/", "site/archive.html", [LISTS], years=years)


def year(context: PublishContext, name: str) -> CacheTags:
    """Write the months of one year; a year without entries has no page."""
    months = [Month(item["sk"], int(item["count"])) for item in context.tools.catalog.lists.sums(keys.ALL, name)]
    path = urls.year_path(name)
    if not months:
        return context.remove(path, [LISTS])
    return context.page(path, "site/year.html", [LISTS], year=name, months=months[::-1])


def month(context: PublishContext, name: str) -> CacheTags:
    """Write the entries of one month; a month without entries has no page."""
    cards = context.tools.catalog.lists.entries(keys.ALL, name, PER_PERIOD)
    path = urls.month_path(name)
    if not cards:
        return context.remove(path, [LISTS])
    return context.page(path, "site/month.html", [LISTS], month=Month(name, len(cards)).first, cards=cards)


def month_sum(context: PublishContext, name: str) -> CacheTags:
    """Count the entries of one month, and keep when the latest of them changed."""
    cards = context.tools.catalog.lists.entries(keys.ALL, name, PER_PERIOD)
    context.tools.catalog.lists.keep_sum(keys.ALL, name, _told(cards), context.cause)
    return frozenset()


def tag(context: PublishContext, slug: str) -> CacheTags:
    """Write a tag's newest entries and its years; a tag without entries has no page."""
    cards = context.tools.catalog.lists.newest(keys.tag_list(slug), ON_TAG)
    path = urls.tag_path(slug)
    if not cards:
        return context.remove(path, [LISTS])
    sums = context.tools.catalog.lists.sums(keys.tag_list(slug))
    years = [Year(i["sk"], urls.tag_year_path(slug, i["sk"]), int(i["count"])) for i in reversed(sums)]
    return context.page(path, "site/tag.html", [LISTS], tag=label_of(cards[0], slug), cards=cards, years=years)


def tag_year(context: PublishContext, rest: str) -> CacheTags:
    """Write a tag's entries of one year."""
    slug, _, name = rest.rpartition(" ")
    cards = context.tools.catalog.lists.entries(keys.tag_list(slug), name, PER_PERIOD)
    path = urls.tag_year_path(slug, name)
    if not cards:
        return context.remove(path, [LISTS])
    return context.page(path, "site/tag_year.html", [LISTS], tag=label_of(cards[0], slug), year=name, cards=cards)


def tag_sum(context: PublishContext, rest: str) -> CacheTags:
    """Count a tag's entries of one year."""
    slug, _, name = rest.rpartition(" ")
    cards = context.tools.catalog.lists.entries(keys.tag_list(slug), name, PER_PERIOD)
    context.tools.catalog.lists.keep_sum(keys.tag_list(slug), name, _told(cards), context.cause)
    return frozenset()


def tag_total(context: PublishContext, slug: str) -> CacheTags:
    """Add up a tag's years; the newest entry says how the tag is written."""
    newest = context.tools.catalog.lists.newest(keys.tag_list(slug), 1)
    count = sum(int(item["count"]) for item in context.tools.catalog.lists.sums(keys.tag_list(slug)))
    told = {"count": count, "label": label_of(newest[0], slug).label} if newest and count else None
    context.tools.catalog.lists.keep_sum("tags", slug, told, context.cause)
    return frozenset()


def tags(context: PublishContext) -> CacheTags:
    """Write the list of all tags with their counts."""
    totals = [TagTotal(Tag(i["label"], i["sk"]), int(i["count"])) for i in context.tools.catalog.lists.sums("tags")]
    return context.page("/tags/", "site/tags.html", [LISTS], tags=totals)


def label_of(card: Card, slug: str) -> Tag:
    """Return the tag as the author of CARD writes it."""
    return next((tag for tag in card.tags if tag.slug == slug), Tag(slug, slug))


def _told(cards: list[Card]) -> dict[str, object] | None:
    return {"count": len(cards), "changed": max(card.changed for card in cards).isoformat()} if cards else None


SINGLE: dict[str, Callable[[PublishContext], CacheTags]] = {
    "home": home, "archive": archive, "tags": tags,
}  # fmt: skip
NAMED: dict[str, Callable[[PublishContext, str], CacheTags]] = {
    "year": year, "month": month, "month-sum": month_sum, "tag": tag, "tag-year": tag_year,
    "tag-sum": tag_sum, "tag-total": tag_total,
}  # fmt: skip
