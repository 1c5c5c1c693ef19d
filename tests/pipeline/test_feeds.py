"""Feeds as readers' software meets them: they hold to their standards, and an entry is known again."""

import json
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from dropcap_local.cloud import LocalCloud
from support.feeds import atom_faults, json_feed_faults

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it asks for modules that Python is about to drop
    import feedparser

SITE = "title: Hour & more\nurl: https://journal.example\nlanguage: en-GB\nauthor: A. Author\ntagline: <Notes>\n"
NAPS = """---
title: Why <naps> & "rests" work
date: 2025-03-14
tags: [Sleep & rest]
authors: [B. Writer]
---
Lie down, as [walking](/walks/) people do, &#8; or see [below](#below) and ![a cot](/cot.png).
"""
ATOMS, JSONS = ("/feed.xml", "/tags/sleep-rest/feed.xml"), ("/feed.json", "/tags/sleep-rest/feed.json")


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
    atom = {entry.title: entry.id for entry in parsed(cloud, "/feed.xml").entries}
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


def test_a_feed_has_the_whole_text_for_readers_who_are_elsewhere(cloud: LocalCloud) -> None:
    """Titles are plain text, every address is absolute, an entry says who wrote it and in which language."""
    entries = {entry.title: entry for entry in parsed(cloud, "/feed.xml").entries}
    naps = entries["Why <naps> & “rests” work"]
    assert "https://journal.example/naps/" == naps.link
    assert "B. Writer" == naps.author
    for address in ("https://journal.example/walks/", "https://journal.example/naps/#below"):
        assert f'href="{address}"' in naps.content[0].value
    assert "de" == entries["One"].content[0].language
    (item,) = [entry for entry in json.loads(cloud.page("/feed.json").body)["items"] if entry["title"] == naps.title]
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
