"""A page shows the same neighbours, related posts and backlinks for every order of uploads."""

import re

from dropcap_local.cloud import LocalCloud
from support.histories import afresh


def post(day: int, tag: str = "sleep") -> str:
    """Write a post of a DAY in March under TAG."""
    return f"---\ntitle: Day {day}\ndate: 2025-03-{day:02}\ntags: [{tag}]\n---\nText {day}.\n"


def related(cloud: LocalCloud, day: int) -> list[str]:
    """Return the titles that the page of DAY shows as related."""
    html = cloud.site()[f"d{day}/index.html"][0].decode()
    section = re.search(r'aria-labelledby="dropcap-related".*?</section>', html, re.DOTALL)
    return re.findall(r'<a href="[^"]*">([^<]*)</a>', section[0]) if section else []


def test_related_are_the_nearest_earlier_posts_under_the_same_tags() -> None:
    """One that comes late or goes changes the pages of those that follow it; at rest it is as if published afresh."""
    with LocalCloud() as cloud:
        for day in (2, 4, 6, 8, 10, 12):
            cloud.upload(f"posts/d{day}.md", post(day))
        cloud.settle()
        assert ["Day 8", "Day 6", "Day 4"] == related(cloud, 12)
        cloud.upload("posts/d7.md", post(7))
        cloud.settle()
        assert ["Day 8", "Day 7", "Day 6"] == related(cloud, 12)
        cloud.upload("posts/d8.md", post(8, "walks"))
        cloud.delete("posts/d6.md")
        cloud.settle()
        assert ["Day 7", "Day 4", "Day 2"] == related(cloud, 12)
        assert [] == related(cloud, 8)
        assert [] == afresh(cloud)


def test_a_page_called_home_opens_the_home_page() -> None:
    """Its text stands above the newest posts, changes and goes with its source."""
    with LocalCloud() as cloud:
        cloud.upload("posts/d2.md", post(2))
        cloud.upload("pages/home.md", "---\ntitle: Come in\n---\nSee [[d2]].\n")
        cloud.settle()
        home = cloud.site()["index.html"][0].decode()
        assert home.index('<a href="/d2/">d2</a>') < home.index("Day 2</a>")
        assert "<h1>Come in</h1>" in home
        own = cloud.site()["home/index.html"][0].decode()
        assert re.search(r'<link rel="canonical" href="https?://[^/]+/">', own)
        cloud.delete("pages/home.md")
        cloud.settle()
        assert "Come in" not in cloud.site()["index.html"][0].decode()
