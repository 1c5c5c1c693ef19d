"""Metadata for programs on a page: microformats, JSON-LD of the site, author profiles, and descriptions."""

import re
from dataclasses import replace
from typing import Any

import mf2py

from dropcap.site.content.json_ld import structured, website
from dropcap.site.settings.model import Person, SiteSettings
from dropcap.site.theme import Theme
from support.pages import CARD, PAGES, POST
from support.posts import LIVE

PROFILES = ("https://social.example/@ann",)
SITE = SiteSettings(
    "https://journal.example",
    title="Hour",
    authors=("Ann Moor", "Bo Lake"),
    people=(
        Person("Ann Moor", "https://ann.example/", profiles=PROFILES, fediverse="@ann@social.example"),
        Person("Bo Lake"),
    ),
    languages=("de",),
)


def html(theme: Theme, name: str, **values: object) -> str:
    """Return the page that the template NAME makes, with other VALUES than usual."""
    return theme.render(f"site/{name}", site=SITE, path="/x/", **{**PAGES[name], **values})


def entries(page: str) -> list[dict[str, Any]]:
    """Return the properties of the entries that a parser of microformats finds in PAGE, at any depth."""
    read = mf2py.parse(doc=page, url="https://journal.example/x/")["items"]
    items = [item for top in read for item in (top, *top.get("children", []))]
    return [item["properties"] for item in items if "h-entry" in item["type"]]


def test_a_post_is_an_entry_with_name_text_dates_author_and_address(theme: Theme) -> None:
    """As software for comments and reactions between sites reads it: https://microformats.org/wiki/h-entry."""
    (entry,) = entries(html(theme, "article.html", post=POST))
    assert [CARD.title] == entry["name"]
    assert ["https://journal.example/schl%C3%A4fchen/"] == entry["url"] == entry["uid"]
    assert ["2025-03-14T09:00:00+0100"] == entry["published"]
    assert ["2025-04-01T00:00:00+0200"] == entry["updated"]
    assert ["Sleep & rest"] == entry["category"]
    assert "Lie down." in entry["content"][0]["value"]
    assert ["A. Author"] == [author["properties"]["name"][0] for author in entry["author"]]


def test_a_post_without_authors_is_by_those_of_the_site(theme: Theme) -> None:
    """Programs learn it; the page does not repeat it to people, and a preview says nothing of its author."""
    page = html(theme, "article.html", post={**POST, "authors": ()})
    assert ["Ann Moor", "Bo Lake"] == entries(page)[0]["author"]
    assert ["@ann@social.example"] == re.findall(r'name="fediverse:creator" content="([^"]*)"', page)
    draft = html(theme, "article.html", post={**POST, "authors": (), "is_draft": True})
    assert "author" not in entries(draft)[0]


def test_an_author_without_a_page_is_named_without_a_link(theme: Theme) -> None:
    """One whose name has no letter or digit for an address."""
    page = html(theme, "article.html", post={**POST, "authors": (Person("🦊"), Person("Ada"))})
    assert '<span class="p-author h-card">🦊</span>' in page
    assert ["/authors/ada/"] == re.findall(r'href="(/authors/[^"]*)"', page)
    assert ["🦊", "Ada"] == [author["properties"]["name"][0] for author in entries(page)[0]["author"]]
    live = replace(LIVE, authors=("🦊", "Ada"))
    fox, ada = structured(SITE, live, f"{SITE.url}/naps/", None)["@graph"][0]["author"]  # type: ignore[index]  # JSON
    assert ({"@type": "Person", "name": "🦊"}, f"{SITE.url}/authors/ada/") == (fox, ada["url"])


def test_lists_are_feeds_of_entries(theme: Theme) -> None:
    """Home is an h-feed."""
    page = html(theme, "home.html")
    (entry,) = entries(page)
    assert (["https://journal.example/schläfchen/"], [CARD.title]) == (
        [url.replace("%C3%A4", "ä") for url in entry["url"]],
        entry["name"],
    )
    feeds = mf2py.parse(doc=page)["items"]
    assert [["h-feed"]] == [item["type"] for item in feeds if "h-feed" in item["type"]]


def test_home_links_to_the_profiles_of_the_authors(theme: Theme) -> None:
    """So that a profile elsewhere can verify that the site is its owner's: https://microformats.org/wiki/rel-me."""
    assert ["https://social.example/@ann"] == mf2py.parse(doc=html(theme, "home.html"))["rels"]["me"]


def test_the_site_describes_itself_with_its_search_authors_and_languages() -> None:
    """The values of schema.org's WebSite; an author without an address or posts has no URL."""
    values = website(SITE)
    assert ("WebSite", "Hour", "https://journal.example/") == (values["@type"], values["name"], values["url"])
    assert ["en", "de"] == values["inLanguage"]
    authors = values["author"]
    assert isinstance(authors, list)
    assert [
        {
            "@type": "Person",
            "name": "Ann Moor",
            "url": "https://ann.example/",
            "sameAs": ["https://social.example/@ann"],
        },
        {"@type": "Person", "name": "Bo Lake"},
    ] == authors
    assert "description" not in values
    assert "search/?q={search_term_string}" in str(values["potentialAction"])


def test_tag_pages_and_the_page_for_nothing_have_descriptions_of_their_own(theme: Theme) -> None:
    """Each exactly one, and no two the same."""
    site = replace(SITE, description="A journal.")
    pages = [
        theme.render(f"site/{name}", site=site, path="/x/", **PAGES[name])
        for name in ("tag.html", "tag_year.html", "404.html", "home.html")
    ]
    descriptions = [re.findall(r'<meta name="description" content="([^"]*)"', page) for page in pages]
    assert [1, 1, 1, 1] == list(map(len, descriptions))
    assert 4 == len({description[0] for description in descriptions})
    assert "Posts about Sleep &amp; rest, the newest first, in Hour." == descriptions[0][0]
