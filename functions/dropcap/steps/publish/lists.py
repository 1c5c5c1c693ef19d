"""3 publish: the views of lists. Each reads a bounded part of the Catalog and writes one object."""

from collections.abc import Callable

from dropcap.aws import catalog_keys as keys
from dropcap.document import Tag
from dropcap.site import urls
from dropcap.site.cards import Card, TagTotal, Year
from dropcap.site.content.json_ld import website
from dropcap.site.content.translations import language_homes
from dropcap.site.urls import LISTS, CacheTags
from dropcap.steps.publish.context import PublishContext
from dropcap.steps.publish.page_context import welcome

ON_HOME, ON_TAG = 10, 20
PER_PERIOD = 50_000
"""Most items of a month, or of a tag's year, on its page."""


def home(context: PublishContext) -> CacheTags:
    """Write the home page: the newest posts, below the page that the author wrote for it, if there is one."""
    cards = context.tools.catalog.lists.newest(keys.ALL, ON_HOME)
    whole = {"structured": website(context.site), "homes": language_homes(context.site)}
    return context.page(
        "/",
        "site/home.html",
        [LISTS],
        cards=cards,
        welcome=welcome(context, context.tools.catalog.lists.home_page()),
        more_url="/archive/",
        **whole,
    )


def tag(context: PublishContext, slug: str) -> CacheTags:
    """Write a tag's newest items and its years; a tag without items has no page."""
    cards = context.tools.catalog.lists.newest(keys.tag_list(slug), ON_TAG)
    path = urls.tag_path(slug)
    if not cards:
        return context.remove(path, [LISTS])
    sums = context.tools.catalog.lists.sums(keys.tag_list(slug))
    years = [Year(i["sk"], urls.tag_year_path(slug, i["sk"]), int(i["count"])) for i in reversed(sums)]
    return context.page(path, "site/tag.html", [LISTS], tag=label_of(cards[0], slug), cards=cards, years=years)


def tag_year(context: PublishContext, rest: str) -> CacheTags:
    """Write a tag's items of one year."""
    slug, _, name = rest.rpartition(" ")
    cards = context.tools.catalog.lists.in_period(keys.tag_list(slug), name, PER_PERIOD)
    path = urls.tag_year_path(slug, name)
    if not cards:
        return context.remove(path, [LISTS])
    return context.page(path, "site/tag_year.html", [LISTS], tag=label_of(cards[0], slug), year=name, cards=cards)


def tag_sum(context: PublishContext, rest: str) -> CacheTags:
    """Count a tag's items of one year."""
    slug, _, name = rest.rpartition(" ")
    keep_count(context, keys.tag_list(slug), name)
    return frozenset()


def tag_total(context: PublishContext, slug: str) -> CacheTags:
    """Add up a tag's years; the newest item says how the tag is written."""
    newest = context.tools.catalog.lists.newest(keys.tag_list(slug), 1)
    count = sum(int(item["count"]) for item in context.tools.catalog.lists.sums(keys.tag_list(slug)))
    total = {"count": count, "label": label_of(newest[0], slug).label} if newest and count else None
    context.tools.catalog.lists.keep_sum("tags", slug, total, context.cause)
    return frozenset()


def tags(context: PublishContext) -> CacheTags:
    """Write the list of all tags with their counts."""
    totals = [TagTotal(Tag(i["label"], i["sk"]), int(i["count"])) for i in context.tools.catalog.lists.sums("tags")]
    return context.page("/tags/", "site/tags.html", [LISTS], tags=totals)


def label_of(card: Card, slug: str) -> Tag:
    """Return the tag as the author of CARD writes it."""
    return next((tag for tag in card.tags if tag.slug == slug), Tag(slug, slug))


def keep_count(context: PublishContext, name: str, period: str) -> None:
    """Store the sum of the list NAME over PERIOD: how many items, which, and when the latest of them changed."""
    lists = context.tools.catalog.lists
    cards = lists.in_period(name, period, PER_PERIOD)
    total: dict[str, object] | None = None
    if cards:
        changed = max(card.changed for card in cards).isoformat()
        total = {"count": len(cards), "changed": changed, "members": lists.members(name, period, PER_PERIOD)}
    lists.keep_sum(name, period, total, context.cause)


SINGLE: dict[str, Callable[[PublishContext], CacheTags]] = {
    "home": home, "tags": tags,
}  # fmt: skip
NAMED: dict[str, Callable[[PublishContext, str], CacheTags]] = {
    "tag": tag, "tag-year": tag_year,
    "tag-sum": tag_sum, "tag-total": tag_total,
}  # fmt: skip
