"""The views that read a changed item of the Catalog: no fewer, or pages would stay old, and no more, for the cost."""

from dataclasses import replace
from typing import Any

import pytest

from dropcap.aws import catalog_keys as keys
from dropcap.aws.catalog import Catalog
from dropcap.aws.post_items import card_item, post_item, shown_item
from dropcap.aws.table import Item, item_of
from dropcap.site import views
from dropcap.site.post import DRAFT, REFUSED, Snapshot
from dropcap.steps.index.catalog_change import Change
from dropcap.steps.index.change import affected_views
from support.memory_table import memory_catalog
from support.posts import CAUSE, LIVE, post, shown

NAPS = "posts/naps.md"


def snapshot(day: int, **changes: Any) -> Snapshot:  # noqa: ANN401  # values of any field
    """Return a post of a DAY in March, at an address of its own."""
    named = {"path": f"/{day}/", "sort": f"2025-03-{day:02}T09:00:00", **changes}
    return replace(LIVE, **named)


def list_item(name: str, live: Snapshot, key: str = "", **attributes: object) -> Item:
    """Return the item of LIVE, whose source is KEY, in the list NAME."""
    key = key or f"posts{live.path.rstrip('/')}.md"
    card = card_item(live.card(key, "b1", ""))
    return item_of(
        (keys.list_of(name), keys.item_sort(live.sort, key)), {**card, "cause": CAUSE.to_item(), **attributes}
    )


def changed(old: Item | None, new: Item | None) -> Change:
    """Return the record of the change from OLD to NEW."""
    item = new or old
    assert item
    return Change("event", item["pk"], item["sk"], old, new)


def affected(old: Item | None, new: Item | None, catalog: Catalog) -> set[str]:
    """Return the names of the views that read the item which was OLD and is NEW."""
    return affected_views(changed(old, new), catalog).views


def test_another_text_reaches_only_those_lists_that_show_texts() -> None:
    """The feed shows the whole text, the home page its summary; the archive shows titles."""
    item = list_item("all", LIVE)
    catalog = memory_catalog(item, list_item("all", snapshot(1)))
    assert {"feed"} == affected(item, {**item, "digest": "b2"}, catalog)
    assert {"feed", "home", "month 2025-03"} == affected(item, {**item, "digest": "b2", "summary": "New."}, catalog)
    assert {"archive", "year 2025", "path /1/"} < affected(item, {**item, "title": "New"}, catalog)


def test_another_text_of_a_page_that_may_open_the_home_page_reaches_all_candidates() -> None:
    """The home page shows the text itself."""
    item, other = list_item("home", LIVE, sort="1"), list_item("home", snapshot(2), "posts/other.md")
    wanted = affected(item, {**item, "digest": "b2"}, memory_catalog(item, other))
    assert {"home", "path /2/", "report posts/other.md"} < wanted


def test_a_new_post_reaches_its_neighbours_and_its_own_page_once_more() -> None:
    """A neighbour published at the same time may have been missing; a changed title changes only the neighbours."""
    before, after, item = list_item("all", snapshot(1)), list_item("all", snapshot(30)), list_item("all", LIVE)
    catalog = memory_catalog(before, after, item, list_item("all", snapshot(31)))
    pages = {view for view in affected(None, item, catalog) if view.startswith("path ")}
    assert {"path /1/", "path /30/", "path /naps/"} == pages
    pages = {view for view in affected(item, {**item, "title": "New"}, catalog) if view.startswith("path ")}
    assert {"path /1/", "path /30/"} == pages


@pytest.mark.parametrize("name", ["all", "tag#sleep", "search"])
def test_a_removed_post_reaches_every_view_of_its_list(name: str) -> None:
    """Also those that an added one reaches by a sum: if it was there for a short time, no sum counted it."""
    item = list_item(name, LIVE)
    of_list = views.of_list(name, item["sk"])
    assert of_list <= affected(item, None, memory_catalog())
    assert views.without_sums(of_list) == affected(None, item, memory_catalog(item)) & of_list < of_list


def test_a_post_reaches_the_later_pages_of_its_tag() -> None:
    """They may show it as related, as far as they look back; earlier ones do not."""
    item, days = list_item("tag#sleep", LIVE), range(15, 15 + views.RELATED_REACH + 1)
    catalog = memory_catalog(item, *(list_item("tag#sleep", snapshot(day)) for day in (1, *days)))
    pages = {view for view in affected(None, item, catalog) if view.startswith("path ")}
    assert {f"path /{day}/" for day in list(days)[:-1]} == pages


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        (views.SERIES_PARTS - 1, {f"/{number}/" for number in range(views.SERIES_PARTS - 1)} | {"/naps/"}),
        (views.SERIES_PARTS, {f"/{views.SERIES_PARTS - 1}/"}),
    ],
)
def test_a_part_reaches_all_parts_of_a_series_or_its_neighbours(others: int, expected: set[str]) -> None:
    """Every part lists the whole series, unless it is too long for that."""
    item = list_item("series#nights", LIVE)
    parts = [
        list_item("series#nights", replace(LIVE, path=f"/{number}/", sort=f"2024-01-01T09:{number:02}:00"))
        for number in range(others)
    ]
    wanted = affected(None, item, memory_catalog(item, *parts))
    assert {"series nights", *map(views.path, expected)} == wanted


def test_a_series_that_has_become_long_reaches_all_its_parts() -> None:
    """Some may have been built while it was short; only `publish`, which stores that it is long, can tell."""
    parts = [list_item("series#nights", snapshot(day)) for day in range(1, 31)]
    marks = item_of((keys.sums_of("series#nights"), "long"), {"parts": "m1 m2", "cause": CAUSE.to_item()})
    every = {views.path(f"/{day}/") for day in range(1, 31)}
    assert every == affected(None, marks, memory_catalog(*parts))
    assert every == affected({**marks, "parts": "m1"}, marks, memory_catalog(*parts))
    assert set() == affected({**marks, "cause": {}}, marks, memory_catalog(*parts))


def test_a_published_version_reaches_the_pages_that_link_back_to_it() -> None:
    """Those of the posts that it mentions, of its translations, and of its former addresses."""
    moved = replace(post(), owns=keys.claim_keys(NAPS, LIVE, ["/old/", LIVE.path]))
    german = replace(LIVE, path="/de/naps/", language="de", translation="posts/naps")
    walking = snapshot(1, path="/walking/", names=("walking",))
    catalog = memory_catalog(
        item_of(keys.post_key(NAPS), post_item(moved)),
        item_of((keys.holders_of("walking"), "!/walking/#posts/walking.md"), card_item(walking.card("w", "d", ""))),
        item_of((keys.translation_list("posts/naps"), "de#posts/naps.de.md"), card_item(german.card("g", "d", ""))),
    )
    item = item_of(keys.shown_key(NAPS), shown_item(shown()))
    expected = {"report posts/naps.md", "path /old/", "path /walking/", "path /de/naps/"}
    assert expected == affected(None, item, catalog)


def test_a_digest_of_searched_words_reaches_nothing() -> None:
    """The words have an item of their own; items of earlier versions get the digest when a release rolls out."""
    item = item_of(keys.shown_key(NAPS), shown_item(shown()))
    assert not Change("e1", item["pk"], item["sk"], item, item | {"searched": "w1"}).is_news


def test_a_hidden_version_reaches_its_own_page() -> None:
    """An older source has its address, or had it a moment ago: a page that has moved on is built where it is now."""
    item = item_of(keys.shown_key(NAPS), shown_item(shown()))
    assert {"report posts/naps.md", "path /naps/"} == affected(item, None, memory_catalog())


def test_a_second_claim_reaches_the_reports_of_both_claimants() -> None:
    """The first one keeps the address; a new owner alone is reported on with its page."""
    older = replace(LIVE, sort="2024-01-01T00:00:00")
    (first,) = keys.claim_keys("posts/older.md", older, [])
    (second,) = keys.claim_keys(NAPS, LIVE, [])
    older_claim = item_of(first, {"source": "posts/older.md", "cause": CAUSE.to_item()})
    newer_claim = item_of(second, {"source": NAPS, "cause": CAUSE.to_item()})
    both = {"path /naps/", "report posts/naps.md", "report posts/older.md"}
    assert both == affected(None, newer_claim, memory_catalog(older_claim, newer_claim))
    assert {"path /naps/"} == affected(None, newer_claim, memory_catalog(newer_claim))


def test_a_new_version_is_reported_on_when_its_page_is_there() -> None:
    """Unless the version before it was refused: then its page may be there already."""
    (claim,) = keys.claim_keys(NAPS, LIVE, [])
    catalog = memory_catalog(item_of(claim, {"source": NAPS, "cause": CAUSE.to_item()}))
    item = item_of(keys.post_key(NAPS), post_item(post()))
    new = {**item, "etag": "e2"}
    assert {"path /naps/"} == affected(item, new, catalog)
    assert {"path /naps/", "report posts/naps.md"} == affected({**item, "outcome": REFUSED}, new, catalog)
    assert {"path /naps/", "report posts/naps.md"} == affected(item, {**item, "warnings": ["?"]}, catalog)


def test_a_new_source_leaves_its_page_to_its_claim() -> None:
    """The claim is new as well: two requests may be two builds. A draft, which claims nothing, has its report."""
    item = item_of(keys.post_key(NAPS), post_item(post()))
    posts = [list_item("all", snapshot(day)) for day in (1, 2, 3)]
    assert set() == affected(None, item, memory_catalog(*posts))
    draft = item_of(keys.post_key(NAPS), post_item(post(None, outcome=DRAFT)))
    assert {"report posts/naps.md"} == affected(None, draft, memory_catalog(*posts))


def test_an_added_month_reaches_the_months_beside_it() -> None:
    """They link to each other; another count in an existing month does not change the links."""
    months = [
        item_of((keys.sums_of(keys.ALL), name), {"count": 1, "cause": CAUSE.to_item()})
        for name in ("2024-01", "2024-11", "2025-03", "2025-04", "2025-06")
    ]
    catalog, item = memory_catalog(*months), months[2]
    shared = {"archive", "sitemap", "year 2025", "month 2025-03"}
    assert {*shared, "month 2024-11", "month 2025-04"} == affected(None, item, catalog)
    assert shared == affected(item, {**item, "count": 2}, catalog)
