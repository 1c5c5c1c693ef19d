"""Templates for programs: feeds and sitemaps that follow their standards, and both parts of mails."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from markupsafe import escape

from dropcap.site.theme import Theme
from support.pages import CARD, EMPTY, FULL, POST

ATOM = "{http://www.w3.org/2005/Atom}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def feed(theme: Theme, entries: list[Mapping[str, object]]) -> ET.Element:
    """Render a feed of ENTRIES and read it as XML."""
    site = "https://journal.example"
    channel = {
        "url": f"{site}/feed.xml",
        "json_url": f"{site}/feed.json",
        "page": f"{site}/",
        "rss_url": f"{site}/rss.xml",
        "title": "Hour & more",
    }
    text = theme.render("feeds/atom.xml", site=FULL, path="/feed.xml", feed=channel, entries=entries)
    return ET.fromstring(text)  # noqa: S314 -- our own text


def test_a_feed_is_well_formed_and_full(theme: Theme) -> None:
    """RFC 4287: an id, a title and a time for the feed and for each entry, and the whole text as escaped HTML."""
    entry = {**POST, "thumbnail": None, "id": "tag:journal.example,2025:naps", "url": "https://journal.example/naps/"}
    read = feed(theme, [entry])
    assert "2025-04-01T00:00:00+02:00" == read.findtext(f"{ATOM}updated")
    element = read.find(f"{ATOM}entry")
    assert element is not None
    texts = [element.findtext(ATOM + name) for name in ("id", "title", "content", "published")]
    assert [entry["id"], str(escape(CARD.title)), "<p>Lie down.</p>", "2025-03-14T09:00:00+01:00"] == texts


def test_an_empty_feed_is_a_feed_too(theme: Theme) -> None:
    """A feed must say when it changed, even one with nothing in it."""
    assert datetime(1970, 1, 1, tzinfo=UTC) == datetime.fromisoformat(feed(theme, []).findtext(f"{ATOM}updated") or "")


@pytest.mark.parametrize("beyond", [0, 1, 3, 40])
def test_the_description_of_the_search_keeps_to_the_lengths_of_its_standard(theme: Theme, beyond: int) -> None:
    """OpenSearch 1.1: at most 16 characters of a name and 1,024 of a description, also of texts just beyond."""
    site = replace(FULL, title="x" * (16 + beyond), description="x" * (1024 + beyond))
    text = theme.render("feeds/opensearch.xml", site=site, path="/opensearch.xml")
    read = ET.fromstring(text)  # noqa: S314 -- our own text
    for name, most in {"ShortName": 16, "Description": 1024}.items():
        shown = read.findtext(f"{OPENSEARCH}{name}") or ""
        assert (most, bool(beyond)) == (len(shown), shown.endswith("…")), name


@pytest.mark.parametrize("name", ["sitemap", "sitemap_index"])
def test_sitemaps_name_addresses_and_times(theme: Theme, name: str) -> None:
    """Each entry has its address; the time of its change is left out where nobody knows it."""
    entries = [
        {"url": "https://journal.example/a?b&c", "lastmod": "2025-04-01"},
        {"url": "https://x/", "lastmod": None},
    ]
    text = theme.render(f"feeds/{name}.xml", site=FULL, path="/sitemap.xml", entries=entries)
    read = ET.fromstring(text)  # noqa: S314 -- our own text
    assert ["https://journal.example/a?b&c", "https://x/"] == [loc.text for loc in read.iter(f"{SITEMAP}loc")]
    assert ["2025-04-01"] == [changed.text for changed in read.iter(f"{SITEMAP}lastmod")]


@pytest.mark.parametrize(("kind", "written"), [("html", "Why &lt;naps&gt; &amp;"), ("txt", 'Why <naps> & "rests"')])
def test_a_letter_can_be_left_and_says_where_it_comes_from(theme: Theme, kind: str, written: str) -> None:
    """Each form of an issue has the title as its kind writes it, the link that unsubscribes and the postal address."""
    length = {"is_long": False, "is_excerpt": False}
    post = {**POST, "url": "https://journal.example/naps/", "text": "Lie down.", "links": (), **length}
    text = theme.render(
        f"email/issue.{kind}", site=FULL, post=post, unsubscribe_url="the-mark", postal_address="1 Lantern Lane"
    )
    for expected in (written, "the-mark", "1 Lantern Lane", "Lie down."):
        assert expected in text


@pytest.mark.parametrize("kind", ["html", "txt"])
def test_a_confirmation_carries_its_link(theme: Theme, kind: str) -> None:
    """Each form of the mail that asks has the link, and the postal address."""
    text = theme.render(
        f"email/confirmation.{kind}", site=EMPTY, confirm_url="the-mark", postal_address="1 Lantern Lane"
    )
    assert "the-mark" in text
    assert "1 Lantern Lane" in text
