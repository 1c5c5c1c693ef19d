"""Views of lists, sums, feeds and addresses: a bounded query each, and the values that its template gets."""

import itertools
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from dropcap.aws import catalog_keys as keys
from dropcap.aws.masthead import with_masthead
from dropcap.aws.media_items import media_item
from dropcap.aws.post_items import card_item, post_item, shown_item, shown_of
from dropcap.aws.site_bucket import FOR_EVER, FRESH, SiteObject
from dropcap.aws.source_state import source_state_of
from dropcap.aws.table import Check, Item, item_of
from dropcap.document import Tag
from dropcap.errors import ConflictError, ContractError, Finding, ServiceError
from dropcap.site.cards import Month, Year
from dropcap.site.content.search import FOLDED
from dropcap.site.media import READY, Content, Media, Rendition
from dropcap.site.post import DRAFT, ItemKey, Snapshot
from dropcap.site.reports.mail_note import SENT, WAITING, MailNote
from dropcap.site.settings.model import SITE_KEY
from dropcap.site.urls import LISTS, media_path
from dropcap.steps.publish.context import HTML
from dropcap.steps.publish.dispatch import publish_view
from dropcap.steps.publish.path import ROUNDS
from dropcap.steps.publish.related import LOOKED_AT, related
from dropcap.steps.publish.series_of import series_of
from support.memory_table import URL, MemoryTable
from support.posts import CAUSE, LIVE, post, shown
from support.publish_bench import PublishBench, urls_of

NAPS = "posts/naps.md"


def dated(sort: str, **changes: Any) -> Snapshot:  # noqa: ANN401  # values of any field
    """Return a post whose time is SORT, at an address of its own."""
    named = {"path": f"/{sort}/", "sort": sort, "published": f"{sort}+01:00", **changes}
    return replace(LIVE, **named)


def list_item(name: str, live: Snapshot, **attributes: object) -> Item:
    """Return the item of LIVE in the list NAME."""
    key = f"posts{live.path.rstrip('/')}.md"
    card = card_item(live.card(key, f"<p>{live.title}</p>", ""))
    return item_of(
        (keys.list_of(name), keys.item_sort(live.sort, key)), {**card, "cause": CAUSE.to_item(), **attributes}
    )


def sum_item(name: str, period: str, **attributes: object) -> Item:
    """Return the sum of the list NAME over PERIOD."""
    return item_of((keys.sums_of(name), period), {**attributes, "cause": CAUSE.to_item()})


POSTS = [
    dated(sort) for sort in ("2023-12-01T09:00:00", "2025-03-14T09:00:00", "2025-03-15T09:00:00", "2025-06-01T09:00:00")
]
MONTHS = [("2023-12", 1), ("2025-03", 2), ("2025-06", 1)]


@pytest.fixture
def bench() -> PublishBench:
    """Return a bench with four posts of one tag in two years, and their sums."""
    lists = [list_item(name, live) for name in (keys.ALL, "tag#sleep") for live in POSTS]
    months = [sum_item(keys.ALL, month, count=count, changed=f"{month}-20T09:00:00+01:00") for month, count in MONTHS]
    years = [sum_item("tag#sleep", "2023", count=1), sum_item("tag#sleep", "2025", count=3)]
    return PublishBench.with_items(*lists, *months, *years)


@pytest.mark.parametrize(
    ("view", "path", "template"),
    [
        ("home", "/", "site/home.html"),
        ("archive", "/archive/", "site/archive.html"),
        ("year 2025", "/2025/", "site/year.html"),
        ("month 2025-03", "/2025/03/", "site/month.html"),
        ("tag sleep", "/tags/sleep/", "site/tag.html"),
        ("tag-year sleep 2025", "/tags/sleep/2025/", "site/tag_year.html"),
        ("tags", "/tags/", "site/tags.html"),
        ("sitemap", "/sitemap.xml", "feeds/sitemap_index.xml"),
        ("sitemap-month 2025-03", "/sitemap/2025-03.xml", "feeds/sitemap.xml"),
        ("newsletter", "/newsletter/", "site/newsletter.html"),
    ],
)
def test_each_view_has_a_template_of_its_own(bench: PublishBench, view: str, path: str, template: str) -> None:
    """Its object is kept under the tag of lists, and in browsers for no time."""
    bench.site = replace(bench.site, newsletter=True)
    assert {LISTS} == publish_view(bench.context, view)
    written = bench.bucket.objects[path]
    assert (f"<t>{template}</t>", (LISTS,), FRESH) == (written.body.decode(), written.tags, written.caching)


def test_a_report_on_the_folder_of_all_sources_is_not_built(bench: PublishBench) -> None:
    """Dead letters of an earlier release name it; a redrive empties them. Views of other names are unknown still."""
    assert frozenset() == publish_view(bench.context, "report ")
    with pytest.raises(ContractError):
        publish_view(bench.context, "path ")


def test_a_sitemap_has_the_addresses_and_the_changes_of_a_month(bench: PublishBench) -> None:
    """A month without posts has none."""
    publish_view(bench.context, "sitemap-month 2025-06")
    (entry,) = bench.values("/sitemap/2025-06.xml")["entries"]
    assert {"url": f"{URL}/2025-06-01T09:00:00/", "lastmod": "2025-06-01T09:00:00+01:00"} == entry
    bench.table.items.clear()
    assert {LISTS} == publish_view(bench.context, "sitemap-month 2025-06")
    assert {} == bench.bucket.objects


def test_the_archive_has_the_newest_year_first(bench: PublishBench) -> None:
    """With the number of posts of all its months."""
    assert {LISTS} == publish_view(bench.context, "archive")
    values = bench.values("/archive/")
    assert [Year("2025", "/2025/", 3), Year("2023", "/2023/", 1)] == values["years"]
    assert [("/2025/", 3), ("/2023/", 1)] == [(period.url, len(period.cards)) for period in values["periods"]]
    assert frozenset() == publish_view(bench.context, "archive")


def test_a_year_has_its_newest_month_first(bench: PublishBench) -> None:
    """And no post of another year; a year without posts has no page, which clears the lists if there was one."""
    publish_view(bench.context, "year 2025")
    values = bench.values("/2025/")
    assert [Month("2025-06", 1), Month("2025-03", 2)] == values["months"]
    assert ["/2025/06/", "/2025/03/"] == [period.url for period in values["periods"]]
    bench.table.items.clear()
    assert {LISTS} == publish_view(bench.context, "year 2025")
    assert (frozenset(), {}) == (publish_view(bench.context, "year 2025"), bench.bucket.objects)


def test_a_month_leads_to_the_nearest_months_with_posts(bench: PublishBench) -> None:
    """In any year; the first and the last have one neighbour."""
    for month, expected in (("2025-03", ["2023-12", "2025-06"]), ("2023-12", [None, "2025-03"])):
        publish_view(bench.context, f"month {month}")
        values = bench.values(f"/{month[:4]}/{month[5:]}/")
        assert expected == [near and near.name for near in (values["earlier"], values["later"])]


def test_the_sum_of_a_month_names_its_posts(bench: PublishBench) -> None:
    """How many, when the latest of them changed, and a digest of which; no sum where there are none."""
    assert frozenset() == publish_view(bench.context, "month-sum 2025-03")
    sum_of_march = bench.sum(keys.ALL, "2025-03")
    assert (2, "2025-03-15T09:00:00+01:00") == (sum_of_march["count"], sum_of_march["changed"])
    assert frozenset() == publish_view(bench.context, "month-sum 2025-04")
    del bench.table.items[keys.list_of(keys.ALL), keys.item_sort(POSTS[3].sort, f"posts{POSTS[3].path[:-1]}.md")]
    publish_view(bench.context, "month-sum 2025-06")
    assert ({}, {}) == (bench.sum(keys.ALL, "2025-04"), bench.sum(keys.ALL, "2025-06"))


def test_a_post_that_was_out_of_a_list_in_between_is_another_in_its_sum(bench: PublishBench) -> None:
    """A list that was built without it meanwhile is requested by the sum, though the count is as before."""
    place = (keys.list_of(keys.ALL), keys.item_sort(POSTS[3].sort, f"posts{POSTS[3].path[:-1]}.md"))
    item, sums = bench.table.items[place], []
    for token in ("t1", "t1", "t2"):
        bench.table.items[place] = {**item, "token": token}
        publish_view(bench.context, "month-sum 2025-06")
        sums.append(bench.sum(keys.ALL, "2025-06"))
    assert sums[0] == sums[1]
    assert {name for name in sums[2] if sums[1][name] != sums[2][name]} == {"members"}


def test_a_tag_has_its_years_with_their_counts(bench: PublishBench) -> None:
    """The newest first, as with the posts; the tag is written as in the newest of them."""
    publish_view(bench.context, "tag sleep")
    values = bench.values("/tags/sleep/")
    assert [Year("2025", "/tags/sleep/2025/", 3), Year("2023", "/tags/sleep/2023/", 1)] == values["years"]
    assert [live.path for live in reversed(POSTS)] == urls_of(values["cards"])
    assert Tag("Sleep", "sleep") == values["tag"]


def test_a_tag_adds_up_its_years(bench: PublishBench) -> None:
    """The sum of a year is counted from its posts, and that of the tag from its years."""
    assert frozenset() == publish_view(bench.context, "tag-sum sleep 2025")
    assert 3 == bench.sum("tag#sleep", "2025")["count"]
    assert frozenset() == publish_view(bench.context, "tag-total sleep")
    assert (4, "Sleep") == (bench.sum("tags", "sleep")["count"], bench.sum("tags", "sleep")["label"])
    assert {LISTS} == publish_view(bench.context, "tags")
    assert [(Tag("Sleep", "sleep"), 4)] == [(total.tag, total.count) for total in bench.values("/tags/")["tags"]]


def test_a_tag_without_posts_or_years_has_no_sum(bench: PublishBench) -> None:
    """The two may be built in any order when the last post goes."""
    years = [key for key in bench.table.items if key[0] == "SUM#tag#sleep"]
    posts = [key for key in bench.table.items if key[0] == "LIST#tag#sleep"]
    for gone in (years, posts):
        rest = {key: item for key, item in bench.table.items.items() if key not in gone}
        other = PublishBench(MemoryTable(*rest.values(), sum_item("tags", "sleep", count=4, label="Sleep")))
        publish_view(other.context, "tag-total sleep")
        assert {} == other.sum("tags", "sleep")


def test_the_index_of_the_sitemaps_names_each_month_and_the_pages(bench: PublishBench) -> None:
    """Pages have no month; the latest change of each counts."""
    pages = [dated(sort, is_page=True) for sort in ("2024-01-01T09:00:00", "2024-02-01T09:00:00")]
    bench.table.put_all(list_item(keys.PAGES, live) for live in pages)
    publish_view(bench.context, "sitemap")
    entries = bench.values("/sitemap.xml")["entries"]
    names = [f"{URL}/sitemap/{name}.xml" for name in ("2023-12", "2025-03", "2025-06", "pages")]
    assert names == [entry["url"] for entry in entries]
    assert ["2023-12-20T09:00:00+01:00", "2024-02-01T09:00:00+01:00"] == [entries[i]["lastmod"] for i in (0, 3)]


def test_a_change_before_there_were_time_zones_is_written_without_seconds_of_its_offset() -> None:
    """Earlier versions stored them in the sum of a month."""
    rows = [sum_item(keys.ALL, "1850-03", count=1, changed="1850-03-04T00:00:00+00:53:28")]
    other = PublishBench(MemoryTable(*rows))
    publish_view(other.context, "sitemap")
    pages, month = other.values("/sitemap.xml")["entries"]
    assert ("", "1850-03-04T00:00:00+00:53") == tuple(sorted((pages["lastmod"], month["lastmod"])))


def test_feeds_have_a_form_for_each_program(bench: PublishBench) -> None:
    """At the address of the tag, each with its own media type."""
    publish_view(bench.context, "tag-feed sleep")
    kinds = {path: what.kind.partition(";")[0] for path, what in bench.bucket.objects.items()}
    start = "/tags/sleep/"
    expected = {
        "feed.xml": "application/atom+xml",
        "feed.json": "application/feed+json",
        "rss.xml": "application/rss+xml",
    }
    assert {start + name: kind for name, kind in expected.items()} == kinds
    channel = bench.values(f"{start}feed.xml")["feed"]
    assert f"{URL}/tags/sleep/" in channel
    assert "The Quiet Hour: Sleep" in channel


def test_a_language_has_feeds_only_while_the_site_names_it(bench: PublishBench) -> None:
    """Of the posts in it; their title has its name."""
    bench.table.put_all([list_item("language#de", dated("2025-01-01T09:00:00", language="de"))])
    assert frozenset() == publish_view(bench.context, "language-feed de")
    bench.site = replace(bench.site, languages=("de",))
    assert {LISTS} == publish_view(bench.context, "language-feed de")
    assert [f"{URL}/2025-01-01T09:00:00/"] == [item.url for item in bench.values("/de/feed.xml")["entries"]]
    assert {"The Quiet Hour: Deutsch", f"{URL}/de/"} < set(bench.values("/de/feed.xml")["feed"])


def test_sent_newsletters_are_listed_with_the_newest_first() -> None:
    """Those whose posts are still published, in the site's zone; one that only waits is none."""
    lives = {f"posts/{number}.md": dated(f"2025-03-0{number}T09:00:00") for number in (1, 2, 3)}
    bench = PublishBench.with_items(
        *(item_of(keys.shown_key(key), shown_item(shown(live, key=key))) for key, live in list(lives.items())[:2])
    )
    bench.site = replace(bench.site, newsletter=True, zone="Europe/Berlin")
    for key, when in (("posts/1.md", "2025-12-31T23:30:00+00:00"), ("posts/2.md", "2025-03-02T12:00:00+00:00")):
        bench.context.tools.catalog.note_mail(key, MailNote(SENT, when, readers=3), 2, CAUSE)
    bench.context.tools.catalog.note_mail(
        "posts/3.md", MailNote(SENT, "2025-03-03T12:00:00+00:00", readers=3), 2, CAUSE
    )
    bench.context.tools.catalog.note_mail("posts/4.md", MailNote(WAITING, "2025-03-04T12:00:00+00:00"), 1, CAUSE)
    publish_view(bench.context, "newsletter")
    issues = bench.values("/newsletter/")["issues"]
    assert ["/2025-03-01T09:00:00/", "/2025-03-02T09:00:00/"] == [issue.card.url for issue in issues]
    assert "2026-01-01T00:30:00+01:00" == issues[0].when.isoformat()
    assert {LISTS} == publish_view(bench.context, "newsletter-year 2025")
    assert 2 == bench.sum(keys.ISSUES, "2025")["count"]
    for key in list(lives):
        bench.table.items.pop(keys.shown_key(key), None)
    assert {LISTS} == publish_view(bench.context, "newsletter-year 2025")
    assert {} == bench.sum(keys.ISSUES, "2025")


def searched(sort: str, words: str) -> Item:
    """Return the item of a post with WORDS in the list of the search."""
    return list_item(keys.SEARCH, dated(sort), words=words)


def words_at(bench: PublishBench, path: str) -> list[Any]:
    """Return the words of the posts in the shard at PATH, or their titles where it has no words."""
    shard = json.loads(bench.bucket.objects[path].body)
    return [item.get("words", item["title"]) for item in shard]


def test_a_year_with_few_posts_is_one_shard_of_the_search() -> None:
    """Its months only count."""
    bench = PublishBench.with_items(searched("2025-03-14T09:00:00", "march"), searched("2025-06-14T09:00:00", "june"))
    for month in ("2025-03", "2025-06"):
        assert frozenset() == publish_view(bench.context, f"search-shard {month}")
        assert 1 == bench.sum(keys.SEARCH, month)["count"]
    assert {LISTS} == publish_view(bench.context, "search-year 2025")
    assert ["june", "march"] == words_at(bench, "/search/2025.json")
    assert (2, True) == (bench.sum(keys.SEARCH, "2025")["count"], bench.sum(keys.SEARCH, "2025")["folded"])
    assert {LISTS} == publish_view(bench.context, "search")
    assert [("2025", 2)] == [
        (part["name"], part["count"]) for part in json.loads(bench.bucket.objects["/search/index.json"].body)
    ]


def test_a_year_with_many_posts_has_titles_apart_from_texts() -> None:
    """The texts are in shards of the months; one post less, and the year is one shard again."""
    items = [
        searched(f"2025-03-14T{number // 60:02}:{number % 60:02}:00", f"w{number}") for number in range(FOLDED + 1)
    ]
    bench = PublishBench.with_items(*items, sum_item(keys.SEARCH, "2025-03", count=FOLDED + 1))
    publish_view(bench.context, "search-year 2025")
    assert {"/search/titles-2025.json"} == set(bench.bucket.objects)
    assert FOLDED + 1 == len(words_at(bench, "/search/titles-2025.json"))
    assert bench.sum(keys.SEARCH, "2025")["folded"] is False
    publish_view(bench.context, "search-shard 2025-03")
    assert f"w{FOLDED}" == words_at(bench, "/search/2025-03.json")[0]
    del bench.table.items[items[0]["pk"], items[0]["sk"]]
    for view in ("search-shard 2025-03", "search-year 2025", "search-shard 2025-03"):
        publish_view(bench.context, view)
    assert {"/search/2025.json"} == set(bench.bucket.objects)
    bench.table.items = {key: item for key, item in bench.table.items.items() if key[0] != keys.list_of(keys.SEARCH)}
    for view in ("search-shard 2025-03", "search-year 2025"):
        publish_view(bench.context, view)
    assert ({}, {}) == (bench.bucket.objects, bench.sum(keys.SEARCH, "2025"))


def test_an_author_and_a_series_are_named_as_their_posts_write_them() -> None:
    """The addresses have a simpler form of the name."""
    live = dated("2025-01-01T09:00:00", authors=("Bo", "Zoë Ünal"), series="Näps & more")
    bench = PublishBench.with_items(list_item("author#zoë-ünal", live), list_item("series#näps-more", live))
    publish_view(bench.context, "author zoë-ünal")
    publish_view(bench.context, "series näps-more")
    names = [values["name"] for values in bench.theme.values.values()]
    assert ["Zoë Ünal", "Näps & more"] == names


@pytest.mark.parametrize(("others", "parts"), [(0, None), (2, 3), (30, 0)])
def test_a_part_knows_its_series(others: int, parts: int | None) -> None:
    """A single part is no series yet, and a long one shows only the neighbours."""
    name = keys.series_list("nights")
    lives = [dated(f"2025-01-01T09:{number:02}:00", series="Nights") for number in range(others + 1)]
    bench = PublishBench.with_items(*(list_item(name, live) for live in lives))
    middle = lives[others // 2]
    series = series_of(bench.context, f"posts{middle.path[:-1]}.md", middle)
    assert parts == (series and len(series.parts))
    if series:
        assert ("Nights", others // 2 + 1 if others < 30 else None) == (series.name, series.part)
        beside = [card and card.path for card in (series.earlier, series.later)]
        assert ([None, None] if parts else [lives[14].path, lives[16].path]) == beside


def test_a_long_series_is_stored_as_long_when_it_may_have_been_short() -> None:
    """Not while it grows, and not for a removed part that leaves enough others; an item from before has no token."""
    name = keys.series_list("nights")
    lives = [dated(f"2025-01-01T09:{number:02}:00", series="Nights") for number in range(50)]
    items = [list_item(name, live) for live in lives]
    bench = PublishBench.with_items()

    def stored(*present: Item) -> list[str]:
        bench.table.items = {key: item for key, item in bench.table.items.items() if key[0] != keys.list_of(name)}
        bench.table.put_all(present)
        publish_view(bench.context, "series nights")
        return str(bench.sum(name, "long").get("parts", "")).split()

    assert [] == stored(*items[:30])
    first = stored(*items[:34])
    assert 34 == len(first)
    assert first == stored(*items[:29]) == stored(*items[:31], *items[40:]) == stored(*items)
    second = stored(*items[:30], *items[40:])
    assert 40 == len(second) == len(set(second) - set(first)) + 30
    again = [{**item, "token": "t2"} for item in items[:12]]
    assert second != stored(*again, *items[12:30], *items[40:])


def test_related_posts_are_the_nearest_earlier_ones_under_any_tag() -> None:
    """Each once, at most three, without the neighbour that the page shows anyway; a page has none."""
    live = dated("2025-03-14T09:00:00", tags=(Tag("Sleep", "sleep"), Tag("Work", "work")))
    days = [dated(f"2025-03-{day:02}T09:00:00") for day in (9, 10, 11, 12, 13, 20)]
    items = [list_item("tag#sleep", day) for day in days] + [list_item("tag#work", day) for day in days[:1] + days[4:]]
    bench = PublishBench.with_items(*items)
    neighbour = days[4].card(f"posts{days[4].path[:-1]}.md", "", "")
    cards = related(bench.context, NAPS, live, neighbour)
    assert [day.path for day in (days[3], days[2], days[1])] == urls_of(cards)
    assert [days[4].path] == urls_of(related(bench.context, NAPS, live, None))[:1]
    assert [] == related(bench.context, NAPS, replace(live, is_page=True), None)


def claims(*claimed: tuple[str, str]) -> list[Item]:
    """Return claims on `/naps/`: their sort keys and sources."""
    return [item_of((keys.claims_of("/naps/"), sort), {"source": key}) for sort, key in claimed]


def test_an_address_without_a_page_says_that_it_is_gone() -> None:
    """Under its own cache tag; without any claim there is no object."""
    bench = PublishBench.with_items(*claims((f"{keys.GONE}#{NAPS}", NAPS)))
    picture = f"{media_path('/naps/')}lamp.png"
    bench.bucket.write_new(picture, SiteObject(b"", "image/png"))
    (tag,) = publish_view(bench.context, "path /naps/")
    gone = bench.bucket.objects["/naps/"]
    assert (410, (tag,), HTML) == (gone.status, gone.tags, gone.kind)
    assert picture not in bench.bucket.objects
    bench.table.items.clear()
    assert {tag} == publish_view(bench.context, "path /naps/")
    assert {} == bench.bucket.objects


def test_a_former_address_redirects_once_the_new_page_is_there() -> None:
    """Until then the old page stays, or the address says that it is gone."""
    moved, old = replace(LIVE, path="/rest/"), shown()
    state = item_of(keys.post_key(NAPS), post_item(post(moved)))
    bench = PublishBench.with_items(*claims((f"{keys.REDIRECT}#{NAPS}", NAPS)), state)
    bench.table.put_all([item_of(keys.shown_key(NAPS), shown_item(old))])
    assert (frozenset(), {}) == (publish_view(bench.context, "path /naps/"), bench.bucket.objects)
    bench.table.put_all([item_of(keys.shown_key(NAPS), shown_item(shown(moved)))])
    assert 1 == len(publish_view(bench.context, "path /naps/"))
    redirect = bench.bucket.objects["/naps/"]
    assert (301, "/rest/", HTML) == (redirect.status, redirect.location, redirect.kind)


def test_a_post_whose_address_an_older_one_has_leaves_the_lists() -> None:
    """Until that one goes; the owner stays in them."""
    rival = replace(LIVE, sort="2025-04-01T09:00:00")
    owners = claims((f"{keys.OWNER}#1#{NAPS}", NAPS), (f"{keys.OWNER}#2#posts/rival.md", "posts/rival.md"))
    standing = [
        item_of(keys.shown_key("posts/rival.md"), shown_item(shown(rival, key="posts/rival.md"))),
        item_of(keys.post_key(NAPS), post_item(post())),
    ]
    bench = PublishBench.with_items(*owners, *standing, list_item("unrelated", rival))
    publish_view(bench.context, "path /naps/")
    assert (False, True) == tuple(keys.shown_key(key) in bench.table.items for key in ("posts/rival.md", NAPS))


def test_the_report_on_a_post_has_its_address_once_this_version_is_there() -> None:
    """Not while the page shows another version, or another post has got the address; settings are there at once.

    An older post that claims the address has it once its own page is written: that removes the record.
    """
    state = item_of(keys.post_key(NAPS), post_item(post()))
    owner = claims((f"{keys.OWNER}#{NAPS}", NAPS))
    standing = item_of(keys.shown_key(NAPS), shown_item(shown()))
    older = item_of(keys.shown_key(NAPS), shown_item(shown()._replace(etag="e0")))
    rival = claims((f"{keys.OWNER}#0", "posts/older.md"))
    for items, expected in (
        ((*owner, standing), True), ((*owner, older), False), ((*rival, *owner, standing), True),
        ((*rival, *owner), False),
    ):  # fmt: skip
        bench = PublishBench.with_items(state, *items)
        publish_view(bench.context, f"report {NAPS}")
        assert expected == (f"{URL}/naps/" in bench.reports[NAPS])
    assert "posts/older.md" in bench.reports[NAPS]
    settings = item_of(keys.post_key(SITE_KEY), post_item(post(None, key=SITE_KEY)))
    bench = PublishBench.with_items(settings)
    publish_view(bench.context, f"report {SITE_KEY}")
    assert f'"{URL}/"' in bench.reports[SITE_KEY]


def test_a_rival_that_has_moved_on_while_the_page_was_built_is_not_hidden() -> None:
    """Claims that were read with those of a whole batch may be old by then."""
    owners = claims((f"{keys.OWNER}#1#{NAPS}", NAPS), (f"{keys.OWNER}#2#posts/rival.md", "posts/rival.md"))
    rival = item_of(keys.shown_key("posts/rival.md"), shown_item(shown(key="posts/rival.md")))
    bench = PublishBench.with_items(*owners, rival, item_of(keys.post_key(NAPS), post_item(post())))
    context = bench.context
    before = context.tools.catalog.claims("/naps/")
    del bench.table.items[keys.claims_of("/naps/"), f"{keys.OWNER}#2#posts/rival.md"]

    def old(path: str) -> list[tuple[str, str]]:  # noqa: ARG001  # as in a batch
        return before

    context.tools.catalog.first_claims = old  # type: ignore[method-assign]  # of this context alone
    publish_view(context, "path /naps/")
    assert keys.shown_key("posts/rival.md") in bench.table.items


def test_a_backlink_is_found_behind_many_mentions_that_mean_others() -> None:
    """References are read a hundred at a time, the newest first, until twenty cards are there."""
    state, owner = item_of(keys.post_key(NAPS), post_item(post())), claims((f"{keys.OWNER}#{NAPS}", NAPS))
    standing = item_of(keys.shown_key(NAPS), shown_item(shown()))
    place = keys.references_to("naps")
    drafts = [item_of((place, f"2026-{number:03}#x"), {"source": f"x{number}.md"}) for number in range(2 * LOOKED_AT)]
    old = replace(LIVE, path="/old/", sort="2020-01-01T09:00:00")
    mention = item_of((place, "2020-001#posts/old.md"), {"source": "posts/old.md"})
    shown_old = shown(old, key="posts/old.md")._replace(targets=(NAPS,))
    bench = PublishBench.with_items(
        state, *owner, standing, *drafts, mention, item_of(keys.shown_key("posts/old.md"), shown_item(shown_old))
    )
    publish_view(bench.context, "path /naps/")
    assert ["/old/"] == [card.url for card in bench.values("/naps/")["post"]["backlinks"]]


def test_a_source_with_two_references_is_one_backlink() -> None:
    """One is from before its date changed. The page goes on reading until it has twenty posts."""
    place = keys.references_to("naps")

    def standing(key: str) -> Item:
        return item_of(keys.shown_key(key), shown_item(shown(LIVE, key=key)._replace(targets=(NAPS,))))

    def reference(key: str, number: int) -> Item:
        return item_of((place, f"{number:04}#{key}"), {"source": key})

    twice, others = "twice.md", [f"other-{number}.md" for number in range(19)]
    older = [twice, *others[1:], *(f"draft-{number}.md" for number in range(LOOKED_AT - 19))]
    newest = [twice, *(f"draft-{number}.md" for number in range(LOOKED_AT - 1))]
    bench = PublishBench.with_items(
        item_of(keys.post_key(NAPS), post_item(post())), *claims((f"{keys.OWNER}#{NAPS}", NAPS)), standing(NAPS),
        *map(standing, (twice, *others)),
        *(reference(key, number) for number, key in enumerate([others[0], *older, *newest])),
    )  # fmt: skip
    publish_view(bench.context, "path /naps/")
    assert 20 == len(bench.values("/naps/")["post"]["backlinks"])


def test_the_first_page_of_a_post_does_not_look_into_its_folder() -> None:
    """It is built once more when it is in the lists; that build deletes what is left there."""
    bench = PublishBench.with_items(
        item_of(keys.post_key(NAPS), post_item(post())), *claims((f"{keys.OWNER}#{NAPS}", NAPS))
    )
    left = media_path("/naps/") + "left.jpg"
    bench.bucket.objects[left] = SiteObject(b"", "image/jpeg")
    publish_view(bench.context, "path /naps/")
    assert left in bench.bucket.objects
    publish_view(bench.context, "path /naps/")
    assert left not in bench.bucket.objects


@pytest.mark.parametrize("earlier", [{"searched": "of-other-words"}, {}])
def test_words_that_an_earlier_version_read_in_the_same_text_are_replaced(earlier: dict[str, str]) -> None:
    """Once: the list of the search has them, although nothing else of the post has changed."""
    live = replace(LIVE, summary="Sleep.")
    bench = PublishBench.with_items(
        item_of(keys.post_key(NAPS), post_item(post(live))), *claims((f"{keys.OWNER}#{NAPS}", NAPS))
    )
    publish_view(bench.context, "path /naps/")
    (place,) = (key for key in bench.table.items if key[0] == keys.list_of(keys.SEARCH))
    now, record = bench.table.items[place], bench.table.items[keys.shown_key(NAPS)]
    bench.table.items[place] = {**now, "words": "."}
    kept = {name: value for name, value in record.items() if name != "searched"}
    bench.table.items[keys.shown_key(NAPS)] = {**kept, **earlier}
    publish_view(bench.context, "path /naps/")
    assert now == bench.table.items[place]
    bench.table.items[keys.shown_key(NAPS)]["token"] = "t9"  # noqa: S105  # it names a commit
    publish_view(bench.context, "path /naps/")
    assert "t9" == bench.table.items[keys.shown_key(NAPS)]["token"]


def test_a_doubt_about_a_link_is_reported_with_the_version_that_has_it() -> None:
    """A newer version may have another link."""
    doubt = Finding("A link may mean two posts.", "Write its folder.")
    state = item_of(keys.post_key(NAPS), post_item(post()))
    for etag, expected in (("e1", True), ("e0", False)):
        standing = shown()._replace(etag=etag, doubts=(doubt,))
        bench = PublishBench.with_items(state, item_of(keys.shown_key(NAPS), shown_item(standing)))
        publish_view(bench.context, f"report {NAPS}")
        assert expected == (doubt.message in bench.reports[NAPS])


class ContendedTable(MemoryTable):
    """A table that refuses so many commits, since others write at the same time."""

    refusals = 0

    def commit(self, puts: Iterable[Item], deletes: Iterable[ItemKey] = (), checks: Iterable[Check] = ()) -> None:
        """Refuse, or write."""
        if self.refusals:
            self.refusals -= 1
            raise ConflictError.refused("TransactWriteItems", "ConditionalCheckFailed")
        super().commit(puts, deletes, checks)


def contended(refusals: int) -> tuple[PublishBench, ContendedTable]:
    """Return a bench with one post, whose first commits are refused, and its table."""
    state = item_of(keys.post_key(NAPS), post_item(post()))
    table = ContendedTable(*claims((f"{keys.OWNER}#{NAPS}", NAPS)), state)
    table.refusals = refusals
    return PublishBench(table), table


def test_a_page_that_was_written_before_a_conflict_is_cleared_at_the_cdn() -> None:
    """The second round finds it as it should be, and changes nothing."""
    bench, table = contended(1)
    (tag,) = publish_view(bench.context, "path /naps/")
    assert (tag,) == bench.bucket.objects["/naps/"].tags
    assert keys.shown_key(NAPS) in table.items


def test_a_post_that_was_out_of_a_list_has_another_token_there() -> None:
    """Another title alone keeps it: then no sum counts anew."""
    bench, table = contended(0)
    tokens = map(str, itertools.count(1))
    context = replace(bench.context, tools=replace(bench.context.tools, token=tokens.__next__))

    def listed(**changes: Any) -> str:  # noqa: ANN401  # values of any field
        state = post_item(replace(post(), live=replace(LIVE, **changes)))
        table.put_all([item_of(keys.post_key(NAPS), state)])
        publish_view(context, "path /naps/")
        return str(table.items[keys.list_of(keys.ALL), keys.item_sort(LIVE.sort, NAPS)]["token"])

    first = listed()
    assert first == listed(title="New")
    without_tag, again = listed(tags=()), listed()
    bench.context.tools.catalog.hide(shown_of(table.items[keys.shown_key(NAPS)]))
    assert 4 == len({first, without_tag, again, listed()})


@pytest.mark.parametrize("refusals", [ROUNDS - 1, ROUNDS])
def test_a_page_that_always_conflicts_is_tried_again_later(refusals: int) -> None:
    """After a bounded number of rounds."""
    bench, table = contended(refusals)
    if refusals < ROUNDS:
        assert 1 == len(publish_view(bench.context, "path /naps/"))
    else:
        with pytest.raises(ServiceError, match="/naps/"):
            publish_view(bench.context, "path /naps/")
    assert (0, refusals < ROUNDS) == (table.refusals, keys.shown_key(NAPS) in table.items)


def test_a_preview_is_never_kept_and_goes_with_its_draft() -> None:
    """By nobody: neither browsers nor the CDN; its cache tag is that of its own address."""
    draft = replace(post(None, outcome=DRAFT), hidden=LIVE, preview="/preview/x/")
    bench = PublishBench.with_items(item_of(keys.post_key(NAPS), post_item(draft)))
    (tag,) = publish_view(bench.context, f"preview /preview/x/ {NAPS}")
    page = bench.bucket.objects["/preview/x/"]
    assert ((tag,), "private, no-store") == (page.tags, page.caching)
    assert bench.values("/preview/x/")["post"]["is_draft"]
    bench.table.items.clear()
    assert {tag} == publish_view(bench.context, f"preview /preview/x/ {NAPS}")
    assert {} == bench.bucket.objects


def test_the_report_on_a_draft_names_its_preview() -> None:
    """And that on a published post none; without the source there is no report."""
    draft = replace(post(None, outcome=DRAFT), hidden=LIVE, preview="/preview/x/")
    bench = PublishBench.with_items(item_of(keys.post_key(NAPS), post_item(draft)))
    publish_view(bench.context, f"report {NAPS}")
    assert f"{URL}/preview/x/" in bench.reports[NAPS]
    bench.table.items.clear()
    publish_view(bench.context, f"report {NAPS}")
    assert {} == bench.reports


def test_the_report_on_a_picture_says_where_it_is_shown() -> None:
    """At the page of the oldest post that shows its newest version; another picture of that name is not meant."""
    content = Content((Rendition("image/png", 40, 30, "d1"),), "", inline=True)
    media = Media("posts/lamp.png", READY, "e1", "picture-1", "t", content, (), (), CAUSE)
    mention = {"source": NAPS, "paths": [["posts/lamp.png", "lamp.png"]], "token": "t", "cause": CAUSE.to_item()}
    bench = PublishBench.with_items(
        item_of(keys.media_key("posts/lamp.png"), media_item(media)),
        item_of((keys.references_to(keys.mentions_of("lamp.png")), keys.item_sort(LIVE.sort, NAPS)), mention),
    )
    publish_view(bench.context, "report posts/lamp.png")
    assert f"{URL}{media_path('/naps/')}" not in bench.reports["posts/lamp.png"]
    other = shown()._replace(files=(("pages/lamp.png", content.digest),))
    bench.table.put_all([item_of(keys.shown_key(NAPS), shown_item(other))])
    publish_view(bench.context, "report posts/lamp.png")
    assert f"{URL}{media_path('/naps/')}" not in bench.reports["posts/lamp.png"]
    bench.table.put_all(
        [item_of(keys.shown_key(NAPS), shown_item(other._replace(files=((media.key, content.digest),))))]
    )
    publish_view(bench.context, "report posts/lamp.png")
    assert f"{URL}{media_path('/naps/')}" in bench.reports["posts/lamp.png"]


def logo(name: str, digest: str) -> list[Item]:
    """Return the items of the uploaded picture NAME with the one rendition DIGEST."""
    content = Content((Rendition("image/png", 40, 30, digest),), "", inline=True)
    media = Media(name, READY, "e1", "picture-1", "t", content, (), (), CAUSE)
    names = [item_of(key, {**named, "cause": CAUSE.to_item()}) for key, named in keys.file_name_items(media).items()]
    return [item_of(keys.media_key(name), media_item(media)), *names]


def test_the_former_logo_stays_until_every_page_has_been_built_again() -> None:
    """Pages still show it; the walk over all pages ends with this view, which then deletes it."""
    bench = PublishBench.with_items(*logo("files/logo.png", "d1"))
    bench.site = replace(bench.site, logo="/files/logo.png")
    for digest, number in (("d1", 1), ("d2", 2), ("d2", 1)):
        bench.table.put_all(logo("files/logo.png", digest))
        publish_view(bench.context, "navigation")
        pictures = [what.body.decode() for what in bench.bucket.objects.values()]
        assert (number, True) == (len(pictures), digest in pictures)
        bench.site = with_masthead(bench.site, bench.table.get(keys.NAVIGATION) or {})


def test_a_theme_without_a_font_draws_no_cards() -> None:
    """A page without a picture then has no picture for previews of links."""
    state = item_of(keys.post_key(NAPS), post_item(post()))
    bench = PublishBench.with_items(*claims((f"{keys.OWNER}#{NAPS}", NAPS)), state)
    publish_view(bench.context, "path /naps/")
    assert bench.values("/naps/")["post"]["image"] is None
    bench.theme.has_font = True
    publish_view(bench.context, "path /naps/")
    image = bench.values("/naps/")["post"]["image"]
    assert image.url.startswith(f"{URL}{media_path('/naps/')}card-")
    assert (1200, 630) == (image.width, image.height)
    assert FOR_EVER == bench.bucket.objects[image.url.removeprefix(URL)].caching


@pytest.mark.parametrize(
    ("key", "etag", "expected"),
    [(NAPS, "e1", True), (NAPS, "e0", False), (SITE_KEY, "e0", True)],
)
def test_a_failed_view_is_reported_for_the_version_that_caused_it(key: str, etag: str, *, expected: bool) -> None:
    """A later version has had a try of its own; settings concern the versions of many sources."""
    failed = {"cause": {**CAUSE.to_item(), "etag": etag}, "unmade": {"home", "archive"}}
    state = source_state_of(key, post_item(post(key=key)), None, None, failed)
    assert (("archive", "home") if expected else ()) == state.unmade
    assert () == source_state_of(key, None, None, None, failed).unmade


@pytest.mark.parametrize(
    ("own", "expected"), [(None, "Of the site."), ("Own.", "Own."), (False, ""), (True, "Of the site.")]
)
def test_a_post_has_its_own_disclaimer_or_that_of_the_site(own: str | bool | None, expected: str) -> None:  # noqa: FBT001  # a value of the field
    """An author may want none."""
    state = post(replace(LIVE, disclaimer=own, toc=True))
    bench = PublishBench.with_items(
        *claims((f"{keys.OWNER}#{NAPS}", NAPS)), item_of(keys.post_key(NAPS), post_item(state))
    )
    bench.site = replace(bench.site, disclaimer="Of the site.")
    publish_view(bench.context, "path /naps/")
    assert expected == bench.values("/naps/")["post"]["disclaimer"]
