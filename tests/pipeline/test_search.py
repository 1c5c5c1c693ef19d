"""The search index follows the published posts."""

import json

import pytest

from dropcap.site.content import search
from dropcap_local.cloud import LocalCloud

NAPS = "---\ntitle: Naps\ndate: 2025-03-14\ntags: [sleep]\n---\nTwenty minutes, as [[walks]] are.\n"


def titles(cloud: LocalCloud, shard: str) -> list[str] | None:
    """Return the titles in SHARD, or None if there is no such shard."""
    page = cloud.page(f"/search/{shard}.json")
    return [post["title"] for post in json.loads(page.body)] if page.status == 200 else None


def shards(cloud: LocalCloud) -> dict[str, int]:
    """Return the shards of the index with their numbers of posts."""
    return {part["name"]: part["count"] for part in json.loads(cloud.page("/search/index.json").body)}


def test_a_post_can_be_searched_as_long_as_it_stands(cloud: LocalCloud) -> None:
    """Posts by their month, pages apart; whoever does not want to be found is not, and what is withdrawn is gone."""
    cloud.upload("posts/naps.md", NAPS)
    cloud.upload("posts/walks.md", NAPS.replace("Naps", "Walks").replace("03-14", "03-15"))
    cloud.upload("posts/secret.md", NAPS.replace("Naps", "Secret\nsearch: false"))
    cloud.upload("posts/alone.md", NAPS.replace("Naps", "Alone\nsearch: false").replace("2025-03", "2024-01"))
    cloud.upload("pages/about.md", "---\ntitle: About\n---\nWho we are.\n")
    cloud.upload("posts/draft.md", NAPS.replace("Naps", "Draft\ndraft: true"))
    cloud.settle()
    assert {"2025": 2, "pages": 1} == shards(cloud)
    assert (["Walks", "Naps"], ["About"], None) == tuple(titles(cloud, name) for name in ("2025", "pages", "2024"))
    (naps,) = [post for post in json.loads(cloud.page("/search/2025.json").body) if post["title"] == "Naps"]
    assert "Twenty minutes, as walks are." == naps["summary"]
    cloud.upload("posts/walks.md", NAPS.replace("Naps", "Walks\ndraft: true"))
    cloud.upload("posts/naps.md", NAPS.replace("2025-03", "2025-04"))
    cloud.delete("pages/about.md")
    cloud.settle()
    assert {"2025": 1} == shards(cloud)
    assert (["Naps"], None) == tuple(titles(cloud, name) for name in ("2025", "pages"))


def test_a_year_changes_its_shards_when_it_grows_and_shrinks_over_the_limit(
    cloud: LocalCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Up to the limit it is one shard; beyond it has one of titles, and one of each month."""
    monkeypatch.setattr(search, "FOLDED", 2)
    for name, day in {"a": "2025-01-01", "b": "2025-03-01"}.items():
        cloud.upload(f"posts/{name}.md", f"---\ntitle: {name}\ndate: {day}\n---\nText.\n")
    cloud.settle()
    assert {"2025": 2} == shards(cloud)
    cloud.upload("posts/c.md", "---\ntitle: c\ndate: 2025-03-02\n---\nText.\n")
    cloud.settle()
    assert {"titles-2025": 3, "2025-03": 2, "2025-01": 1} == shards(cloud)
    assert (["c", "b", "a"], ["c", "b"], ["a"], None) == tuple(
        titles(cloud, name) for name in ("titles-2025", "2025-03", "2025-01", "2025")
    )
    cloud.delete("posts/a.md")
    cloud.settle()
    assert {"2025": 2} == shards(cloud)
    assert (["c", "b"], None, None, None) == tuple(
        titles(cloud, name) for name in ("2025", "titles-2025", "2025-03", "2025-01")
    )


def test_what_every_site_has_is_there_before_the_first_post(cloud: LocalCloud) -> None:
    """The page to search on, an index of nothing, the manifest and the icon, each of its own kind."""
    cloud.upload("site.yaml", "title: Hour & more\nlanguage: ar\n")
    cloud.settle()
    kinds = {
        path: cloud.page(path).headers["content-type"] for path in ("/search/", "/site.webmanifest", "/favicon.ico")
    }
    assert {"text/html; charset=utf-8", "application/manifest+json; charset=utf-8", "image/x-icon"} == set(
        kinds.values()
    )
    assert {} == shards(cloud)
    manifest = json.loads(cloud.page("/site.webmanifest").body)
    assert ("Hour & more", "rtl", "/") == (manifest["name"], manifest["dir"], manifest["start_url"])
    assert [200, 200] == [cloud.page(icon["src"]).status for icon in manifest["icons"]]
