"""2 index: from a changed item of the Catalog to the views that read it.

It only reads and sends: each view once per batch, with the last record that requested it. `site/views.py` names the
views and is pure; this module reads what it needs for that.
"""

from collections.abc import Mapping
from typing import Any

from dropcap.aws import catalog_keys as keys
from dropcap.aws.catalog import Catalog
from dropcap.aws.home_lists import HOME, HOME_PAGE, is_home_list
from dropcap.site import views
from dropcap.site.settings.model import SITE_KEY
from dropcap.steps.index.affected import AffectedViews
from dropcap.steps.index.catalog_change import Change
from dropcap.steps.index.change_of_file import views_of_file
from dropcap.steps.index.change_of_post import views_of_post
from dropcap.steps.index.every_site import once_a_site
from dropcap.steps.index.home_and_translations import home_candidates, pages_of_group, translated
from dropcap.steps.index.series import parts_beside, parts_of_long
from dropcap.steps.index.walk_references import mentioning
from dropcap.walk_contracts import WalkReferences


def affected_views(change: Change, catalog: Catalog) -> AffectedViews:
    """Return the views that read the changed item."""
    kind, _, name = change.pk.partition("#")
    if kind in MANY and change.is_news:
        return MANY[kind](change, name, catalog)
    rule = RULES.get(kind)
    return AffectedViews(rule(change, name, catalog) if rule and change.is_news else set())


def first_appearance(change: Change) -> str | None:
    """Return the source key of the post that this change adds to the list of all posts, if it does."""
    appears = change.pk == keys.list_of(keys.ALL) and change.old is None and change.new
    return str(change.new["key"]) if appears and change.new else None


def _claim(change: Change, path: str, catalog: Catalog) -> set[str]:
    """Return the view of the address, and the reports of all its claimants, since its owner may have changed.

    The report of a new owner follows when its page is recorded as shown.
    """
    claims = catalog.claims(path)
    claimants = {key for rank, key in claims if rank != keys.GONE}
    claimants |= {image["source"] for image in change.images if change.sk.startswith(keys.OWNER)}
    if change.new and not change.old and change.sk.startswith(keys.OWNER) and claims:
        claimants -= {change.new["source"]} & {claims[0][1]}
    return {views.path(path), *map(views.report, claimants)}


def _name(change: Change, name: str, catalog: Catalog) -> AffectedViews:
    """Return the views of the posts that mention the name: their links to it appear or disappear."""
    texts, last = mentioning(catalog, name)
    return AffectedViews(texts, WalkReferences(name, last, change.event, change.cause) if last else None)


def _picture(_change: Change, key: str, _catalog: Catalog) -> set[str]:
    return {views.report(key)}


def _shown(change: Change, key: str, catalog: Catalog) -> set[str]:
    """Return the views with its backlinks, with redirects from its former addresses, and of its report.

    Also those of the list of newsletters, if it was mailed; and its own, if it is hidden: it may have moved meanwhile.
    """
    files = {views.report(source) for source, _ in _files(change.old) ^ _files(change.new)}
    home = {views.HOME} if key == HOME_PAGE else set()
    if change.is_only_of_card(views.TEXT):
        return {views.report(key), *home, *files}
    mentioned = {name for image in change.images for name in image["links"]}
    targets = [card for name in mentioned for card in catalog.references.holders(name)]
    post, mail = catalog.post_and_mail(key)
    owned = post.owns if post else ()
    former = {keys.address_of(claim) for claim in owned if keys.is_claim(claim) and claim[1].startswith(keys.REDIRECT)}
    sent = views.sent_in(mail.went_at) if mail and mail.went_at else set()
    former |= {change.old["card"]["url"]} if change.old and not change.new else set()
    pages = {*former, *(card.url for card in (*targets, *translated(keys.original_group(key), catalog)))}
    return {views.report(key), *home, *sent, *files, *map(views.path, pages)}


def _report(_change: Change, key: str, _catalog: Catalog) -> set[str]:
    return {views.report(key)}


def _list_item(change: Change, name: str, catalog: Catalog) -> set[str]:
    """Return the views of the list itself, and the pages that show the item as a neighbour.

    In the list of all posts, these are the pages next to it. A new page is built once more, because a neighbour that
    was published at the same time may have been missing. In a tag's list, they are the next later pages, to which it is
    related. A change of only the text affects only feeds and the search. An added item changes a sum, and that change
    requests the views that show both. A removed item may have been shown without ever being counted: no sum changes.
    """
    if name.startswith(("language#", f"{HOME}#")) and not _is_named(name, catalog):
        return set()
    affected = views.of_list(name, change.sk)
    if change.is_only_of(views.TEXT) and not is_home_list(name):
        return views.reading_text(affected)
    if change.is_only_of(views.SUMMARY) and not is_home_list(name):
        return views.reading_summaries(affected)
    if not change.old:
        affected = views.without_sums(affected)
    sort, _, key = change.sk.partition("#")
    if name.startswith("tag#"):
        affected |= {views.path(card.url) for card in catalog.lists.later(name, sort, key, views.RELATED_REACH)}
    if name.startswith("series#"):
        affected |= parts_beside(name, sort, key, catalog)
    if name == keys.ALL:
        affected |= {views.path(card.url) for card in catalog.lists.neighbours(sort, key) if card}
        affected |= set() if change.old and change.new else {views.path(image["url"]) for image in change.images}
    if is_home_list(name):
        affected |= home_candidates(name, catalog)
    if name.startswith("translations#"):
        affected |= pages_of_group(name, catalog)
    return affected


def _is_named(name: str, catalog: Catalog) -> bool:
    """Return whether `site.yaml` names the language of the list NAME; once it does, `_site` requests the list."""
    return name.partition("#")[2] in {tag.casefold() for tag in catalog.site().languages}


def _sum(change: Change, name: str, catalog: Catalog) -> set[str]:
    """Return the views of a sum; if a month was added or removed, also the months before and after it."""
    if name.startswith("series#"):
        return parts_of_long(name, catalog)
    affected = views.of_sum(name, change.sk)
    if name == keys.ALL and not (change.old and change.new):
        affected |= {views.month(month) for month in catalog.lists.neighbour_sums(change.sk) if month}
    if name == keys.SEARCH and len(change.sk) < views.MONTH and _folded(change.old) != _folded(change.new):
        affected |= _search_months(change.sk, catalog)
    return affected


def _folded(image: Mapping[str, Any] | None) -> bool:
    """Return whether IMAGE, the sum of a year, says that the year is one shard of the search; a new year is."""
    return not image or bool(image.get("folded"))  # absent in the sum of pages, and in a year of an older version


def _search_months(year: str, catalog: Catalog) -> set[str]:
    """Return the views of the months of YEAR that have posts: a month stores its sum before it requests the year's."""
    periods = (item["sk"] for item in catalog.lists.sums(keys.SEARCH, year))
    return {f"search-shard {period}" for period in periods if len(period) == views.MONTH}


def _site(change: Change, _name: str, catalog: Catalog) -> set[str]:
    """Return the views of every site, and the lists of languages that `site.yaml` now names or no longer names."""
    languages = {tag for image in change.images for tag in image.get("languages", ())}
    return {*once_a_site(catalog), *views.in_languages(languages), *views.HOME_ADDRESSES, views.report(SITE_KEY)}


def _masthead(change: Change, _name: str, catalog: Catalog) -> set[str]:
    sources = {source for image in change.images for source in image.get("sources", ())}
    return {*once_a_site(catalog), *map(views.report, sources)}


MANY = {"NAME": _name, "FILE": views_of_file}
"""The rules for items that very many texts may mention."""

RULES = {
    "POST": views_of_post,
    "URL": _claim,
    "PICTURE": _picture,
    "SHOWN": _shown,
    "LIST": _list_item,
    "SUM": _sum,
    "MAIL": _report,
    "TROUBLE": _report,
    "SITE": _site,
    "NAVIGATION": _masthead,
}
"""The rule for an item, by the first part of its partition key.

REF has no rule: references are read when a name appears. Nor has ID, which only `render` reads.
"""


def _files(image: Mapping[str, Any] | None) -> set[tuple[str, str]]:
    """Return the pictures and files that the post in IMAGE shows, as pairs of source key and digest."""
    return {(key, digest) for key, digest in image["files"]} if image else set()
