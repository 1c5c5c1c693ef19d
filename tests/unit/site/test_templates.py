"""The pages of the default theme: each renders from what it is given, and none needs a script."""

import re
from dataclasses import replace

import pytest

from dropcap.site.cards import Period, Sent
from dropcap.site.settings.model import SiteSettings
from dropcap.site.theme import Theme
from dropcap.steps.publish.series_of import Series
from support.pages import BARE, CARD, EMPTY, FULL, PAGES, POST, TEMPLATES

PARTS = {"page.html", "notice.html", "parts.html"}
"""Templates that are included by others."""


def page(theme: Theme, name: str, site: SiteSettings = FULL, **context: object) -> str:
    """Render the site's template NAME, with CONTEXT over the sample that it has here."""
    return theme.render(f"site/{name}", site=site, path="/here/", **{**PAGES[name], **context})


def test_every_page_of_the_theme_is_tried_here() -> None:
    """A template that is added gets a sample context, and so all the tests below."""
    assert PARTS | set(PAGES) == {file.name for file in (TEMPLATES / "site").iterdir()}


@pytest.mark.parametrize("name", sorted(PAGES))
@pytest.mark.parametrize("site", [FULL, EMPTY], ids=["full", "empty"])
def test_a_page_holds_no_inline_script_and_no_style_of_its_own(theme: Theme, name: str, site: SiteSettings) -> None:
    """The site's policy allows neither; a script is a file of ours, or values for search engines."""
    ours = r'src="/assets/\w+\.[0-9a-f]+\.js"'
    allowed = (
        rf'<script type="application/ld\+json">|<script (?:type="module" )?{ours}(?: fetchpriority="low")?></script>'
    )
    assert [] == re.findall(
        r"<script|<style|\sstyle=|\son\w+=|javascript:", re.sub(allowed, "", page(theme, name, site))
    )


def test_the_text_of_a_post_is_one_element_in_its_own_language(theme: Theme) -> None:
    """Reader modes and archives find it by its class, which is its only one, and nothing but it ends the article."""
    html = page(theme, "article.html", post={**POST, "tags": (), "opening": None, "language": "de"})
    assert re.search(r'<article [^>]*lang="de"', html)
    assert re.search(r'<div class="prose">.*?</div>\s*</div>\s*</article>', html, re.DOTALL)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_has_one_heading_its_landmarks_and_ids_of_its_own(theme: Theme, name: str) -> None:
    """One h1, one main, one title; no id twice, and none that an author's heading could have."""
    html = page(theme, name)
    assert [1, 1, 1] == [html.count(start) for start in ("<h1", "<main", "<title>")]
    ids = re.findall(r'\sid="([^"]*)"', html)
    assert sorted(set(ids)) == sorted(ids)
    assert [] == [name for name in ids if not name.startswith("dropcap-")]


@pytest.mark.parametrize("name", sorted(PAGES))
def test_addresses_are_percent_encoded_and_texts_escaped(theme: Theme, name: str) -> None:
    """No address holds a letter beyond ASCII, and no title becomes markup."""
    html = page(theme, name)
    assert [] == [link for link in re.findall(r'(?:href|action)="([^"]*)"', html) if not link.isascii()]
    assert "<naps>" not in html
    assert "<Even>" not in html


def test_an_article_without_anything_optional_still_renders(theme: Theme) -> None:
    """No summary, tags, authors, neighbours or backlinks; and as a page, it has no date either."""
    bare = page(theme, "article.html", EMPTY, post={**POST, **BARE})
    assert "March 14, 2025" in bare
    assert "standfirst" not in bare
    assert "March 14, 2025" not in page(theme, "article.html", EMPTY, post={**POST, **BARE, "is_page": True})


def test_an_article_in_another_language_says_so(theme: Theme) -> None:
    """Language and direction of the page are the article's; masthead, margin and foot have the site's."""
    html = page(theme, "article.html", post={**POST, "language": "ar"})
    assert '<html lang="ar" dir="rtl">' in html
    for start in (
        'header class="masthead"',
        'div class="article-margin"',
        'div class="after"',
        'footer class="colophon"',
    ):
        assert f'<{start} lang="en-GB" dir="ltr">' in html
    assert '<a class="p-category" href="/tags/sleep-rest/" rel="tag" lang="ar">' in html


@pytest.mark.parametrize("name", ["tag.html", "series.html"])
def test_the_name_of_a_tag_and_of_a_series_is_in_the_language_of_its_posts(theme: Theme, name: str) -> None:
    """The name is an author's word, as the titles below it are."""
    html = page(theme, name, cards=[replace(CARD, language="ar")])
    assert '<h1 lang="ar" dir="rtl">' in html


def test_a_post_in_another_language_says_so_wherever_it_is_named(theme: Theme) -> None:
    """Its title and summary, in lists and beside other posts; tags and dates stay the site's."""
    card = replace(CARD, language="ar")
    other = 'lang="ar" dir="rtl"'
    assert 2 == page(theme, "home.html", cards=[card]).count(other)
    beside = {"earlier": card, "later": card, "backlinks": [card], "related": [card]}
    assert 4 == page(theme, "article.html", post={**POST, **beside}).count(other)
    assert other in page(theme, "newsletter_year.html", issues=[Sent(card.date, card)])
    assert other not in page(theme, "home.html", cards=[CARD])


@pytest.mark.parametrize("name", ["archive.html", "year.html", "author.html", "language.html"])
def test_a_list_of_titles_gives_the_language_of_a_post_to_its_title_alone(theme: Theme, name: str) -> None:
    """Its day is in the site's language: in the post's direction it was reversed, in the place of the title."""
    card = replace(CARD, language="ar")
    html = page(theme, name, periods=[Period("/2025/", card.date, [card])])
    assert re.search(r'<li><a href="[^"]*" lang="ar" dir="rtl">[^<]*</a> <time', html)


def test_a_part_of_a_long_series_names_the_parts_before_and_after_it(theme: Theme) -> None:
    """Each by its side, since there is no list of all parts to see it in; the first part has none before it."""
    series = Series("Nights", "/series/nights/", (), None, None, CARD)
    html = page(theme, "article.html", post={**POST, "series": series})
    assert '<li>Next part: <a href="/schl%C3%A4fchen/">' in html
    assert "Previous part" not in html


def test_lists_may_be_empty(theme: Theme) -> None:
    """A site with nothing in it yet says so, on every overview."""
    for name, empty in {"home.html": "cards", "archive.html": "years", "tags.html": "tags"}.items():
        assert 'class="quiet"' in page(theme, name, EMPTY, **{empty: []})


def test_forms_post_what_the_api_reads(theme: Theme) -> None:
    """Subscribing sends an address and an empty trap; the buttons send the subscriber and the token."""
    subscribe = page(theme, "newsletter.html")
    assert 'action="/api/subscribe" method="post"' in subscribe
    assert ["email", "website"] == re.findall(r'<input[^>]* name="([^"]*)"', subscribe)
    for name in ("confirm", "unsubscribe"):
        html = page(theme, f"{name}.html")
        assert f'action="/api/{name}" method="post"' in html
        assert ["subscriber", "to&#34;ken"] == re.findall(r'type="hidden"[^>]* value="([^"]*)"', html)


def test_the_page_of_an_author_of_the_site_leads_on_to_posts_that_name_nobody(theme: Theme) -> None:
    """Feeds say that these are by the authors of the site (decision 0072); a guest wrote none of them."""
    onward = '<a href="/archive/">Posts that name no author are in the archive.</a>'
    assert onward in page(theme, "author.html")
    guest = {**PAGES["author.html"], "name": "G. Guest"}
    assert onward not in theme.render("site/author.html", site=FULL, path="/authors/g-guest/", **guest)


@pytest.mark.parametrize("name", ["404.html", "gone.html"])
def test_a_page_without_content_leads_to_all_posts(theme: Theme, name: str) -> None:
    """To the newest, and to the archive: tags lead only to posts that have some."""
    main = page(theme, name).split("<main")[1].split("</main>")[0]
    assert ["/", "/archive/"] == re.findall(r'<a href="([^"]+)"', main)
