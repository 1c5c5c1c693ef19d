"""Feeds as readers' software meets them: they hold to their standards, and an entry is known again."""

import json
import re
import warnings
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest

from dropcap_local.cloud import LocalCloud
from support.feeds import atom_faults, json_feed_faults
from support.made_pictures import picture
from support.rss import html_faults, rss_faults

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it asks for modules that Python is about to drop
    import feedparser

SITE = """title: Hour & more
url: https://journal.example
languages: [de]
language: en-GB
author: A. Author
tagline: <Notes>
"""
NAPS = """---
title: Why <naps> & "rests" work
date: 2025-03-14
tags: [Sleep & rest]
authors: [B. Writer]
---
Q&A: lie down, as [walking](/walks/) people do, &#8; or see [below](#below) and ![a cot](/cot.png).
"""
ATOMS, JSONS = ("/feed.xml", "/tags/sleep-rest/feed.xml"), ("/feed.json", "/tags/sleep-rest/feed.json")
RSS = ("/rss.xml", "/tags/sleep-rest/rss.xml", "/authors/b-writer/rss.xml", "/de/rss.xml")
URL = "https://journal.example"


@pytest.fixture
def cloud() -> Iterator[LocalCloud]:
    """Return a site of three posts: two claim one `id`, one is in another language, all have special characters."""
    with LocalCloud() as local:
        local.upload("site.yaml", SITE)
        local.upload("posts/naps.md", NAPS)
        local.upload("posts/one.md", "---\ntitle: One\ndate: 2025-03-12\nid: same\nlang: de\n---\nSchlaf.\n")
        local.upload("posts/two.md", "---\ntitle: Two\ndate: 2025-03-13\nid: same\ntags: [sleep rest]\n---\n\n")
        local.settle()
        yield local


def parsed(cloud: LocalCloud, address: str) -> Any:  # noqa: ANN401  # feedparser has no types
    """Read the feed at ADDRESS as feedparser does."""
    page = cloud.page(address)
    return feedparser.parse(page.body, response_headers={"content-type": page.headers["content-type"]})


def ids(cloud: LocalCloud) -> dict[str, str]:
    """Return each entry's id by its title, equal in both formats."""
    atom = {unescape(entry.title): entry.id for entry in parsed(cloud, "/feed.xml").entries}
    assert atom == {item["title"]: item["id"] for item in json.loads(cloud.page("/feed.json").body)["items"]}
    return atom


def test_feeds_hold_to_their_standards(cloud: LocalCloud) -> None:
    """RFC 4287 and JSON Feed 1.1, for the site and for a tag; feedparser finds nothing to mend."""
    for address in ATOMS:
        assert [] == atom_faults(cloud.page(address).body), address
        read = parsed(cloud, address)
        assert not read.bozo, read.get("bozo_exception")
        assert "atom10" == read.version
    for address in JSONS:
        assert [] == json_feed_faults(cloud.page(address).body), address
        assert "application/feed+json; charset=utf-8" == cloud.page(address).headers["content-type"]


def test_the_feed_validator_has_nothing_to_complain_of(cloud: LocalCloud) -> None:
    """Its rules for RSS, and for HTML and addresses in each format; feedparser reads the same entries in all."""
    for address in RSS:
        page = cloud.page(address)
        assert "application/rss+xml; charset=utf-8" == page.headers["content-type"]
        assert [] == rss_faults(page.body, URL + address), address
        assert [] == html_faults(page.body), address
        read, atom = parsed(cloud, address), parsed(cloud, address.replace("rss", "feed"))
        assert (False, "rss20") == (read.bozo, read.version)
        assert [entry.id for entry in atom.entries] == [entry.id for entry in read.entries]
    for address in ("/feed.xml", "/tags/sleep-rest/feed.xml", "/de/feed.xml"):
        assert [] == html_faults(cloud.page(address).body), address
    assert [["B. Writer"], ["A. Author"]] == [
        [author.name for author in entry.authors] for entry in parsed(cloud, "/rss.xml").entries[:2]
    ]


def test_a_site_may_publish_excerpts(cloud: LocalCloud) -> None:
    """In each format, with the whole text only on its page."""
    whole = "lie down, as walking people do"
    assert all(b"see" in cloud.page(address).body for address in ("/feed.xml", "/feed.json", "/rss.xml"))
    cloud.upload("site.yaml", SITE + "feed_excerpts: true\n")
    cloud.upload("posts/naps.md", NAPS.replace("tags:", "summary: Short.\ntags:"))
    cloud.settle()
    for address in ("/feed.xml", "/rss.xml"):
        (naps,) = [entry for entry in parsed(cloud, address).entries if "naps" in entry.link]
        assert "<p>Short.</p>" == naps.content[0].value
    (item,) = [item for item in json.loads(cloud.page("/feed.json").body)["items"] if "naps" in item["url"]]
    assert "<p>Short.</p>" == item["content_html"]
    assert whole in cloud.page("/naps/").body.decode().replace("</a>", "").replace('<a href="/walks/">', "")


def test_feeds_have_icon_logo_and_the_pictures_of_posts(cloud: LocalCloud) -> None:
    """Each at an address of the site that is there."""
    for name, size in (("icon", (64, 64)), ("logo", (400, 100)), ("cot", (900, 600))):
        cloud.upload(f"images/{name}.png", picture("red", size, format="PNG"))
    cloud.upload("site.yaml", SITE + "icon: /images/icon.png\nlogo: /images/logo.png\n")
    cloud.upload("posts/naps.md", NAPS.replace("tags:", "image: /images/cot.png\ntags:"))
    cloud.settle()
    atom, rss, as_json = (cloud.page(address).body.decode() for address in ("/feed.xml", "/rss.xml", "/feed.json"))
    (icon,), (logo,) = re.findall(r"<icon>(.*?)</icon>", atom), re.findall(r"<logo>(.*?)</logo>", atom)
    (thumbnail,) = set(re.findall(r'<media:thumbnail url="([^"]*)"', atom + rss))
    feed = json.loads(as_json)
    images = [item["image"] for item in feed["items"] if "image" in item]
    assert [icon] == re.findall(r"<image><url>(.*?)</url>", rss) == [feed["icon"]]
    assert [] == rss_faults(rss.encode(), f"{URL}/rss.xml") + atom_faults(atom.encode())
    for address in (icon, logo, thumbnail, *images):
        assert address.startswith(f"{URL}/assets/media/")
        assert 200 == cloud.page(address.removeprefix(URL)).status
    assert 1 == len(images)


def test_a_feed_has_the_whole_text_for_readers_who_are_elsewhere(cloud: LocalCloud) -> None:
    """Titles are plain text, every address is absolute, an entry says who wrote it and in which language."""
    entries = {unescape(entry.title): entry for entry in parsed(cloud, "/feed.xml").entries}
    naps = entries["Why <naps> & “rests” work"]
    assert "https://journal.example/naps/" == naps.link
    assert "B. Writer" == naps.author
    for address in ("https://journal.example/walks/", "https://journal.example/naps/#below"):
        assert f'href="{address}"' in naps.content[0].value
    assert "de" == entries["One"].content[0].language
    (item,) = [item for item in json.loads(cloud.page("/feed.json").body)["items"] if item["url"] == naps.link]
    assert (["Sleep & rest"], [{"name": "B. Writer"}]) == (item["tags"], item["authors"])
    assert 'href="https://journal.example/walks/"' in item["content_html"]


def test_an_entry_is_known_again(cloud: LocalCloud) -> None:
    """A new address, title and date is no new entry; a file that moves keeps its entry by its `id`."""
    before = ids(cloud)
    cloud.upload("posts/naps.md", NAPS.replace("date: 2025-03-14", "date: 2025-03-15\nslug: resting"))
    cloud.delete("posts/one.md")
    cloud.upload("notes/one.md", "---\ntitle: One\ndate: 2025-03-12\nid: same\n---\nSchlaf.\n")
    cloud.settle()
    assert before == ids(cloud)
    assert 3 == len(set(before.values()))
