"""Each language that `site.yaml` names has a list and feeds of its own; another language has none."""

import json
import re
from collections import Counter

from dropcap_local.cloud import LocalCloud

SITE = "title: Hour\nlanguage: en\nlanguages: [de, pt]\n"
FEEDS = ("feed.xml", "feed.json", "rss.xml")


def post(title: str, language: str = "", day: str = "2025-03-14") -> str:
    """Return the source of a post in LANGUAGE."""
    return f"---\ntitle: {title}\ndate: {day}\n{f'lang: {language}' if language else ''}\n---\nText.\n"


def titles(cloud: LocalCloud, path: str) -> list[str]:
    """Return the titles that the list at PATH and its feed have, which are the same."""
    listed = re.findall(r"<li[^>]*><a href=[^>]*>([^<]*)</a> <time", cloud.page(path).body.decode())
    feed = json.loads(cloud.page(f"{path}feed.json").body)
    assert listed == [item["title"] for item in feed["items"]]
    return listed


def test_a_named_language_has_a_list_and_feeds_in_that_language() -> None:
    """From the first day on, and with each post as it comes and goes."""
    with LocalCloud() as cloud:
        cloud.upload("site.yaml", SITE)
        cloud.upload("posts/walk.md", post("Walk"))
        cloud.settle()
        assert [] == titles(cloud, "/de/") == titles(cloud, "/pt/")
        cloud.upload("posts/gang.md", post("Gang", "de"))
        cloud.upload("posts/walk.de.md", post("Der Weg", day="2025-03-15"))
        cloud.upload("posts/marche.md", post("La marche", "fr"))
        cloud.settle()
        assert ["Der Weg", "Gang"] == titles(cloud, "/de/")
        assert [404] == sorted({cloud.page(f"/fr/{name}").status for name in ("", *FEEDS)})
        page = cloud.page("/de/").body.decode()
        assert '<html lang="de"' in page
        assert "Archiv" in page  # the interface too
        assert b"<language>de</language>" in cloud.page("/de/rss.xml").body
        assert b'xml:lang="de"' in cloud.page("/de/feed.xml").body
        cloud.delete("posts/gang.md")
        cloud.settle()
        assert ["Der Weg"] == titles(cloud, "/de/")


def test_home_and_the_lists_of_languages_name_each_other() -> None:
    """For search engines by `hreflang`, for readers by links; a site with one language has neither."""
    with LocalCloud() as cloud:
        cloud.upload("site.yaml", SITE)
        cloud.settle()
        for path in ("/", "/de/", "/pt/"):
            page = cloud.page(path).body.decode()
            alternates = re.findall(r'rel="alternate" hreflang="([\w-]+)" href="https?://[^/]+([^"]*)"', page)
            assert [("en", "/"), ("x-default", "/"), ("de", "/de/"), ("pt", "/pt/")] == alternates
        assert '<a href="/de/" hreflang="de" lang="de">Deutsch</a>' in cloud.page("/archive/").body.decode()
        cloud.upload("site.yaml", "title: Hour\nlanguage: en\n")
        cloud.settle()
        assert "hreflang" not in cloud.page("/").body.decode()


def test_a_language_that_is_named_later_or_no_longer_is_as_if_it_had_always_been_so() -> None:
    """Its address may be a post's before and after; in between the post is refused."""
    page = "---\ntitle: Own page\npermalink: /de/\n---\nText.\n"
    with LocalCloud() as cloud:
        cloud.upload("site.yaml", "title: Hour\nlanguage: en\n")
        cloud.upload("posts/gang.md", post("Gang", "de"))
        cloud.upload("pages/de.md", page)
        cloud.settle()
        assert b"Own page" in cloud.page("/de/").body
        cloud.upload("site.yaml", SITE)
        cloud.upload("pages/de.md", page.replace("permalink: /de/", "aliases: /de/"))
        cloud.settle()
        assert ["Gang"] == titles(cloud, "/de/")
        cloud.upload("site.yaml", "title: Hour\nlanguage: en\n")
        cloud.settle()
        assert [404] == sorted({cloud.page(f"/de/{name}").status for name in FEEDS})
        cloud.upload("pages/de.md", page)
        cloud.settle()
        assert b"Own page" in cloud.page("/de/").body
        assert [] == cloud.event_loop.errors


def test_a_language_costs_a_publication_at_most_twenty_calls() -> None:
    """For any number of posts in it; and no call if `site.yaml` does not name the language."""
    costs = []
    for languages in ("[]", "[de]"):
        with LocalCloud() as cloud:
            cloud.upload("site.yaml", f"title: Hour\nlanguages: {languages}\n")
            for number in range(30):
                cloud.upload(f"posts/p{number}.md", post(f"P{number}", "de", f"2025-01-{number + 1:02}"))
            cloud.settle()
            cloud.calls.clear()
            cloud.upload("posts/new.md", post("New", "de"))
            cloud.settle()
            costs.append(Counter({call: count for (_, call), count in cloud.calls.items()}))
    more = costs[1] - costs[0]
    assert 20 >= more.total(), more


def test_the_translation_of_the_home_page_opens_the_list_of_its_language() -> None:
    """By its name, whatever it is called; it is canonical there, in no masthead, and leaves with its file."""
    with LocalCloud() as cloud:
        cloud.upload("site.yaml", SITE)
        cloud.upload("index.md", "# Hello\n\nCome in.\n")
        cloud.upload("index.de.md", "# Guten Tag\n\nTreten Sie ein.\n")
        cloud.upload("posts/gang.md", post("Gang", "de"))
        cloud.settle()
        page = cloud.page("/de/").body.decode()
        assert page.index("<h1>Guten Tag</h1>") < page.index("<p>Treten Sie ein.") < page.index("Gang</a> <time")
        assert ["Gang"] == titles(cloud, "/de/")
        own = cloud.page("/de/guten-tag/").body.decode()
        assert re.search(r'rel="canonical" href="https?://[^/]+/de/"', own)
        assert 'rel="alternate" hreflang' not in own  # only canonical pages name their translations
        assert [200] == sorted({cloud.page(path).status for path in ("/hello/", "/archive/")})
        assert "/de/guten-tag/" not in cloud.page("/archive/").body.decode()
        assert "Guten Tag" not in cloud.page("/").body.decode()
        assert "Guten Tag" not in cloud.page("/pt/").body.decode()
        cloud.upload("index.de.md", "# Guten Tag\n\nBitte einzutreten.\n")
        cloud.upload("pages/start.de.md", "---\ntitle: Start\npermalink: /de/\n---\nNoch eine.\n")
        cloud.settle()
        assert "Noch eine." in cloud.page("/de/").body.decode()
        warnings = [item["message"] for item in (cloud.report("index.de.md") or {})["warnings"]]
        assert ["/de/ shows pages/start.de.md; this page is only at its own address."] == warnings
        cloud.delete("pages/start.de.md")
        cloud.settle()
        assert "Bitte einzutreten." in cloud.page("/de/").body.decode()
        cloud.delete("index.de.md")
        cloud.settle()
        assert "<h1" in cloud.page("/de/").body.decode()
        assert "einzutreten" not in cloud.page("/de/").body.decode()
        assert [] == cloud.event_loop.errors
