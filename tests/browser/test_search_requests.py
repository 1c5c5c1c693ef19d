"""The requests of a search in a browser, on generated sites, and the place of an exact title."""
# ruff: noqa: RUF001  # typographic apostrophes, as titles have them

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from support.generated_site import PLAIN, GeneratedSite, served

pytestmark = pytest.mark.xdist_group("browser")  # one browser for all of them

TITLES = (
    "Join us",
    "18F: an open source team",
    "What’s in a name?",
    "Post",
    "The post of the journal",
    "Äpfel & Öl",
    "C++ notes (part 2)",
    "「昼寝の話」",
)


def site_of(posts: int, years: int, *, texts: int = 30) -> GeneratedSite:
    """Return a site of POSTS over YEARS; each mentions every title, and the oldest posts have TITLES."""
    site = GeneratedSite()
    for number, title in enumerate(TITLES):
        site.add(title, f"2016-01-0{number + 1}", "Short.")
    for number in range(posts - len(TITLES)):
        day = f"{2016 + number * years // posts}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        site.add(f"Journal post {number}, join us", day, " ".join(TITLES)[: texts * 10])
    return site


@contextmanager
def searching(chromium: Browser, site: GeneratedSite) -> Iterator[tuple[Page, list[str]]]:
    """Open the search of SITE; the list has the paths that the page fetches from now on, the browser's icon apart."""
    with served(site.build()) as address:
        page = chromium.new_page()
        page.goto(f"{address}/search/")
        page.wait_for_load_state("networkidle")
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url) if "/icon." not in request.url else None)
        yield page, requests
        page.close()


def search(page: Page, query: str) -> None:
    """Search for QUERY, and wait until nothing more is looked for."""
    page.get_by_role("searchbox").fill(query)
    expect(page.get_by_role("status")).to_contain_text("found among")
    expect(page.get_by_role("status")).not_to_contain_text("Looking")


def test_a_word_that_is_nowhere_takes_twelve_requests_at_500_posts(chromium: Browser) -> None:
    """Over ten years: the library, the list of shards, and a shard a year."""
    with searching(chromium, site_of(500, 10)) as (page, requests):
        search(page, "xylophone")
        expect(page.get_by_role("status")).to_contain_text("Nothing found among 500 posts")
        assert 12 >= len(requests), requests


def test_an_exact_title_is_the_first_hit_whatever_its_age(chromium: Browser) -> None:
    """Also where hundreds of newer posts have its words, and however it is typed."""
    with searching(chromium, site_of(500, 10)) as (page, _):
        for title in TITLES:
            search(page, title)
            expect(page.locator("#dropcap-results a").first).to_have_text(title)
        search(page, "what's in a NAME")
        expect(page.locator("#dropcap-results a").first).to_have_text("What’s in a name?")


def test_vowel_signs_and_voiced_kana_part_words_and_accents_do_not(chromium: Browser) -> None:
    """`दिन` is a day and `दान` a gift; `apfel` is typed for `Äpfel`, and no harakat or niqqud at all."""
    site = GeneratedSite()
    for number, title in enumerate(("दिन", "दान", "दूनी", "ปี", "ปู", "カス", "ガス", "Äpfel", "كِتَاب", "שָׁלוֹם")):
        named = replace(PLAIN, title=title, path=f"/{number}/")
        site.add_post(replace(named, sort=f"2025-01-0{number}T09:00:00", published="2025-01-01T09:00:00+00:00"))
    with searching(chromium, site) as (page, _):
        for query, title in (
            *((word, word) for word in ("दिन", "दान", "दूनी", "ปี", "ปู", "カス", "ガス", "كِتَاب")),
            ("apfel", "Äpfel"),
            ("كتاب", "كِتَاب"),
            ("שלום", "שָׁלוֹם"),
        ):
            search(page, query)
            expect(page.locator("#dropcap-results a")).to_have_text([title])
            expect(page.locator("#dropcap-results a mark")).to_have_text([title])


def test_a_large_site_is_read_by_titles_first_and_older_texts_on_demand(chromium: Browser) -> None:
    """Thirty requests at most, then a button; what it reads is announced, and found."""
    site = GeneratedSite()
    for number in range(4_000):
        words = "A xylophone." if number == 0 else "Text."
        site.add(f"Post {number}", f"{2016 + number // 400}-{number // 40 % 10 + 1:02}-{number % 28 + 1:02}", words)
    with searching(chromium, site) as (page, requests):
        search(page, "Post 7")
        expect(page.locator("#dropcap-results a").first).to_have_text("Post 7")
        search(page, "xylophone")
        assert 30 >= len(requests), requests
        expect(page.locator("#dropcap-results li")).to_have_count(0)
        page.get_by_role("button", name="Look through older posts too").click()
        expect(page.locator("#dropcap-results a")).to_have_text("Post 0")
