"""Translations of one text are joined, and pages choose the home page."""

import re
from contextlib import ExitStack
from unittest.mock import patch

import pytest

from dropcap.aws import catalog_keys
from dropcap.document.metadata import urls
from dropcap.document.paths.source_path import file_names
from dropcap.steps.publish import resolve_links
from dropcap_local.cloud import LocalCloud

ENGLISH = "---\ntitle: Hello\ndate: 2024-01-01\nslug: hello\n---\nEnglish text.\n"
GERMAN = '---\ntitle: Hallo\ndate: 2024-01-01\nslug: hello\n---\nEin "Wort".\n'


def html(cloud: LocalCloud, path: str) -> str:
    """Return the page at PATH; empty if there is none."""
    cloud.settle()
    return cloud.site().get(f"{path}index.html", (b"", {}))[0].decode()


def languages(page: str) -> list[str]:
    """Return the addresses that PAGE names for each language, without the site's URL."""
    return re.findall(r'<link rel="alternate" hreflang="\w+" href="https?://[^/]+(/[^"]*)"', page)


def missing_links(cloud: LocalCloud, key: str) -> list[tuple[str, int]]:
    """Return the names and lines of the links in source KEY that lead to nothing, as its report says."""
    report = cloud.report(key) or {}
    warnings = ((re.search(r"has the name `([^`]*)`", item["message"]), item["line"]) for item in report["warnings"])
    return [(match[1], line) for match, line in warnings if match]


@pytest.mark.botocore
def test_a_translation_is_joined_whichever_file_comes_first() -> None:
    """Without `languages` in `site.yaml`, `x.de.md` is German only while `x.md` exists."""
    with LocalCloud() as cloud:
        cloud.upload("posts/trip/index.de.md", GERMAN)
        assert html(cloud, "hello/")
        cloud.upload("posts/trip/index.md", ENGLISH)
        assert ["/de/hello/", "/hello/"] == languages(html(cloud, "hello/")) == languages(html(cloud, "de/hello/"))
        assert "„Wort“" in html(cloud, "de/hello/")
        assert 'lang="de">Deutsch</a>' in html(cloud, "hello/")
        cloud.delete("posts/trip/index.md")
        assert "Hallo" in html(cloud, "hello/")
        assert [] == languages(html(cloud, "hello/"))


def test_a_translation_key_joins_files_with_other_names() -> None:
    """A change of the title reaches the other page, and a removed translation leaves it."""
    with LocalCloud() as cloud:
        cloud.upload("posts/walk.md", "---\nlang: en\ntranslationKey: w\n---\nText.\n")
        cloud.upload("posts/gang.md", "---\nlang: de\ntranslationKey: w\n---\nText.\n")
        assert ["/de/gang/", "/walk/"] == languages(html(cloud, "walk/"))
        cloud.delete("posts/gang.md")
        assert [] == languages(html(cloud, "walk/"))


def test_the_home_page_is_the_one_with_its_address_else_the_one_with_its_name() -> None:
    """Each has an address of its own besides."""
    with LocalCloud() as cloud:
        cloud.upload("index.md", "# Index\n\nFrom the index.\n")
        assert "From the index." in html(cloud, "")
        cloud.upload("pages/home.md", "# Home\n\nFrom home.\n")
        assert "From home." in html(cloud, "")
        cloud.upload("posts/front.md", "---\npermalink: /\n---\nFrom the front.\n")
        assert "From the front." in html(cloud, "")
        assert 'rel="canonical" href="https://journal.example.org/"' in html(cloud, "front/")
        for other in ("pages/home.md", "index.md"):
            assert "The home page shows posts/front.md" in warnings(cloud, other)
        cloud.delete("posts/front.md")
        assert "From home." in html(cloud, "")


def test_a_link_to_a_renamed_file_still_works() -> None:
    """By the name that the file had before."""
    text = "A text that is long enough to be recognised under another name, since its words are all the same. " * 2
    with LocalCloud() as cloud:
        cloud.upload("posts/old name.md", text)
        cloud.upload("posts/a.md", "See [[old name]].\n")
        assert '<a href="/old-name/">old name</a>' in html(cloud, "a/")
        cloud.delete("posts/old name.md")
        cloud.upload("posts/new name.md", text)
        assert '<a href="/new-name/">old name</a>' in html(cloud, "a/")


def test_a_link_to_nothing_is_reported_with_its_line_until_its_target_is_published() -> None:
    """Wikilinks and links to files alike."""
    with LocalCloud() as cloud:
        cloud.upload("posts/a.md", "See [[no such]].\n\nAnd [x](missing.md).\n")
        cloud.settle()
        assert [("no-such", 1), ("missing", 3)] == missing_links(cloud, "posts/a.md")
        cloud.upload("posts/missing.md", "Here.\n")
        cloud.upload("posts/no such.md", "Here.\n")
        cloud.settle()
        assert [] == missing_links(cloud, "posts/a.md")


def warnings(cloud: LocalCloud, key: str) -> str:
    """Return the warnings in the report on source KEY."""
    cloud.settle()
    return " ".join(item["message"] for item in (cloud.report(key) or {})["warnings"])


def test_an_alias_that_two_posts_name_is_reported_to_the_one_it_does_not_lead_to() -> None:
    """Until the other one gives it up."""
    with LocalCloud() as cloud:
        for name in "ab":
            cloud.upload(f"posts/{name}.md", "---\naliases: [/old/]\n---\nText.\n")
        assert "/old/ leads to posts/a.md" in warnings(cloud, "posts/b.md")
        assert "/old/" not in warnings(cloud, "posts/a.md")
        cloud.delete("posts/a.md")
        assert "/old/" not in warnings(cloud, "posts/b.md")
        assert "/b/" == cloud.page("/old/").headers["location"]


def test_an_alias_that_another_post_has_is_reported_and_so_is_a_second_home_page() -> None:
    """Whichever file comes first."""
    with LocalCloud() as cloud:
        cloud.upload("posts/a.md", "---\naliases: [/b/]\n---\nText.\n")
        assert "/b/" not in warnings(cloud, "posts/a.md")
        cloud.upload("posts/b.md", "Text.\n")
        assert "/b/ belongs to posts/b.md" in warnings(cloud, "posts/a.md")
        cloud.upload("pages/home.md", "Text.\n")
        cloud.upload("index.md", "# Index\n\nText.\n")
        assert "The home page shows pages/home.md" in warnings(cloud, "index.md")
        cloud.delete("pages/home.md")
        assert "home page" not in warnings(cloud, "index.md")


TRIP = "---\ntitle: Trip\ndate: 2024-01-01\n---\nEnglish text.\n"
REISE = "---\ntitle: Reise\ndate: 2024-01-01\n---\nGerman text.\n"
LINKS = "---\ndate: 2024-01-02\n---\nSee [[trip]], or [[trip.de|German]].\n\n![[trip]]\n"


def upload_trip(cloud: LocalCloud, original: str, translation: str) -> None:
    """Upload a text, its German translation, and two texts, one of them German, that link to both."""
    cloud.upload("site.yaml", "languages: [de]\n")
    for key, text in ((f"posts/{original}", TRIP), (f"posts/{translation}", REISE)):
        cloud.upload(key, text)
    for key in ("posts/a.md", "posts/b.md", "posts/b.de.md"):
        cloud.upload(key, LINKS)
    cloud.settle()


def leads_to_the_original(cloud: LocalCloud, path: str) -> bool:
    """Return whether the page at PATH links to the original and shows it, and has a link to the translation."""
    page = html(cloud, path)
    links = 'See <a href="/trip/">trip</a>, or <a href="/de/trip/">German</a>' in page
    return links and "<p>English text.</p>" in page and "German text." not in page


@pytest.mark.parametrize(
    ("original", "translation"), [("trip.md", "trip.de.md"), ("trip/index.md", "trip/index.de.md")]
)
def test_a_wikilink_leads_to_the_original_and_with_a_language_to_the_translation(
    original: str, translation: str
) -> None:
    """From texts in either language, for single files and bundles alike, and without a warning."""
    with LocalCloud() as cloud:
        upload_trip(cloud, original, translation)
        assert [True] * 3 == [leads_to_the_original(cloud, path) for path in ("a/", "b/", "de/b/")]
        assert "" == warnings(cloud, "posts/a.md")
        cloud.delete(f"posts/{original}")
        assert '<a href="/de/trip/">trip</a>' in html(cloud, "a/")


def test_a_stack_whose_translated_bundle_has_the_name_of_its_original_is_corrected_by_the_rollout() -> None:
    """An earlier version stored the folder's name as that of both files; the next release renders all sources again."""

    def earlier(key: str) -> tuple[str, ...]:
        return (*file_names(key), "posts/trip") if key == "posts/trip/index.de.md" else file_names(key)

    with LocalCloud() as cloud:
        with ExitStack() as patches:
            for module in (catalog_keys, urls, resolve_links):
                patches.enter_context(patch.object(module, "file_names", earlier))
            patches.enter_context(patch.object(urls, "name_of_original", lambda _key: ""))
            upload_trip(cloud, "trip/index.md", "trip/index.de.md")
            assert '<a href="/de/trip/">trip</a>' in html(cloud, "a/")
            assert "may mean" in warnings(cloud, "posts/a.md")
        assert "renderer" == cloud.run_function("ReconcileFunction")["release"]
        assert leads_to_the_original(cloud, "a/")
        assert "" == warnings(cloud, "posts/a.md")
        assert [] == cloud.event_loop.errors
