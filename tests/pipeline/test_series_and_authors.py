"""Series and authors: pages of their own, and each post's place in them."""

import json
import re

import pytest

from dropcap.site import views
from dropcap_local.cloud import LocalCloud

SITE = """title: The Quiet Hour
authors:
- name: Ann Moor
  bio: Walks.
  rel_me: [https://social.example/@ann]
  fediverse: ann@social.example
- Bo Lake
"""


def part(number: int, more: str = "series: Night walks\n") -> str:
    """Return the source of the part of NUMBER."""
    return f"---\ntitle: Walk {number}\ndate: 2025-03-{number:02}\nauthors: [Ann Moor, Bo Lake]\n{more}---\nText.\n"


def listed(cloud: LocalCloud, path: str) -> list[str]:
    """Return the titles that the page at PATH lists as parts of its series."""
    box = re.search(r'aria-labelledby="dropcap-series">.*?</nav>', cloud.page(path).body.decode(), re.DOTALL)
    return re.findall(r"Walk \d+", box[0]) if box else []


def test_the_parts_of_a_series_list_each_other_and_have_a_page(cloud: LocalCloud) -> None:
    """Also once a part has come between them, and once one has gone."""
    for number in (1, 3):
        cloud.upload(f"posts/walk-{number}.md", part(number))
    cloud.settle()
    assert ["Walk 1", "Walk 3"] == listed(cloud, "/walk-1/") == listed(cloud, "/walk-3/")
    cloud.upload("posts/walk-2.md", part(2))
    cloud.settle()
    for number in (1, 2, 3):
        assert ["Walk 1", "Walk 2", "Walk 3"] == listed(cloud, f"/walk-{number}/")
    assert b"Part 2 of 3" in cloud.page("/walk-2/").body
    assert b"Walk 1" in cloud.page("/series/night-walks/").body
    for number in (2, 3):
        cloud.delete(f"posts/walk-{number}.md")
    cloud.settle()
    assert [] == listed(cloud, "/walk-1/")
    cloud.delete("posts/walk-1.md")
    cloud.settle()
    assert 404 == cloud.page("/series/night-walks/").status


def test_a_long_series_shows_the_parts_before_and_after(cloud: LocalCloud, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit a new part changes the pages of its neighbours, and no more."""
    monkeypatch.setattr(views, "SERIES_PARTS", 2)
    for number in (1, 2, 3, 4):
        cloud.upload(f"posts/walk-{number}.md", part(number))
        cloud.settle()
    assert ["Walk 1", "Walk 3"] == listed(cloud, "/walk-2/")
    assert ["Walk 3"] == listed(cloud, "/walk-4/")


@pytest.mark.parametrize("one_by_one", [True, False])
def test_a_series_that_passes_the_limit_by_several_parts_ends_the_same(
    cloud: LocalCloud, monkeypatch: pytest.MonkeyPatch, *, one_by_one: bool
) -> None:
    """Index may read the list when all of them are in it; and no page keeps a link to a part that is removed later."""
    monkeypatch.setattr(views, "SERIES_PARTS", 4)
    for number in range(1, 9):
        cloud.upload(f"posts/walk-{number}.md", part(number))
        if one_by_one or number == 3:
            cloud.settle()
    cloud.settle()
    for number in range(2, 8):
        assert [f"Walk {number - 1}", f"Walk {number + 1}"] == listed(cloud, f"/walk-{number}/")
    for number in (4, 8, 7, 6):
        cloud.delete(f"posts/walk-{number}.md")
        if one_by_one:
            cloud.settle()
    cloud.settle()
    for number in (1, 2, 3, 5):
        assert ["Walk 1", "Walk 2", "Walk 3", "Walk 5"] == listed(cloud, f"/walk-{number}/")
    for number in (6, 7, 8):
        cloud.upload(f"posts/walk-{number}.md", part(number))
    cloud.settle()
    assert ["Walk 1", "Walk 3"] == listed(cloud, "/walk-2/")


def test_authors_have_a_page_and_feeds_and_are_persons_everywhere(cloud: LocalCloud) -> None:
    """Each is a person of their own in JSON-LD and feeds, with what `site.yaml` says of them."""
    cloud.upload("site.yaml", SITE)
    cloud.upload("posts/walk-1.md", part(1))
    cloud.settle()
    page = cloud.page("/authors/ann-moor/").body.decode()
    assert all(expected in page for expected in ("Walks.", 'rel="me" href="https://social.example/@ann"', "/walk-1/"))
    post = cloud.page("/walk-1/").body.decode()
    assert '<meta name="fediverse:creator" content="@ann@social.example">' in post
    assert ["/authors/ann-moor/", "/authors/bo-lake/"] == re.findall(r'rel="author" href="([^"]*)"', post)
    structured = json.loads(re.findall(r'application/ld\+json">(.*?)</script>', post, re.DOTALL)[0])
    assert ["Ann Moor", "Bo Lake"] == [person["name"] for person in structured["@graph"][0]["author"]]
    for form in ("feed.xml", "feed.json", "rss.xml"):
        assert b"Bo Lake" in cloud.page(f"/authors/ann-moor/{form}").body
    assert ["Ann Moor", "Bo Lake"] == [
        author["name"] for author in json.loads(cloud.page("/feed.json").body)["authors"]
    ]
