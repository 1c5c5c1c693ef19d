"""Pages are in the navigation, the sitemap and the search, and never in the lists of posts, the feeds or the mails."""

import json
import re
from http import HTTPStatus

from dropcap_local.cloud import LocalCloud

DEFAULT = {"/archive/", "/tags/", "/search/", "/newsletter/"}
LISTS = ["/", "/archive/", "/2025/", "/2025/03/", "/tags/", "/tags/sleep/", "/tags/sleep/2025/", "/authors/ann/"]
EVERYWHERE = [*LISTS, "/series/nights/", "/de/", "/naps/", "/gone/", "/about/", "/404.html", "/newsletter/"]
POST = "---\ntitle: Naps\ndate: 2025-03-14\ntags: [Sleep]\nauthor: Ann\nseries: Nights\nlang: de\n---\nText.\n"


def navigation(cloud: LocalCloud, path: str) -> list[str]:
    """Return the links in the masthead of the page at PATH, without home and the default links."""
    header = cloud.page(path).body.decode().partition("<main")[0]
    match = re.search(r"<nav.*?</nav>", header, re.DOTALL)
    links: list[str] = re.findall(r'href="(/[a-z]+/)"', match[0]) if match else []
    return [link for link in links if link not in DEFAULT]


def test_pages_make_the_navigation_of_a_site_that_names_none(cloud: LocalCloud) -> None:
    """A page that comes or goes is in every masthead, or in none; also where an address says "gone"."""
    cloud.upload("site.yaml", "languages: [de]\n")
    cloud.upload("posts/naps.md", POST)
    cloud.upload("posts/gone.md", "---\ndate: 2025-03-10\n---\nText.\n")
    cloud.upload("posts/draft.md", "---\ndraft: true\n---\nText.\n")
    cloud.settle()
    cloud.delete("posts/gone.md")
    cloud.upload("pages/imprint.md", "# Imprint\n\nHere.\n")
    cloud.upload("pages/about.md", "# About\n\nMe.\n")
    cloud.upload("pages/home.md", "# Welcome\n\nYou.\n")
    cloud.settle()
    preview = next("/" + key.removesuffix("index.html") for key in cloud.site() if key.startswith("preview/"))
    for path in [*EVERYWHERE, preview]:
        assert ["/about/", "/imprint/"] == navigation(cloud, path), path
    assert b"/about/" in cloud.page("/sitemap/pages.xml").body
    for path in ("/feed.xml", "/sitemap/2025-03.xml"):
        assert b"/about/" not in cloud.page(path).body, path
    cloud.delete("pages/imprint.md")
    cloud.settle()
    for path in [*EVERYWHERE, preview, "/imprint/"]:
        assert ["/about/"] == navigation(cloud, path), path


def listed(cloud: LocalCloud) -> tuple[list[str], list[str]]:
    """Return the paths in the sitemap of the pages, and those that the search finds among them."""
    cloud.settle()
    sitemap = re.findall(r"<loc>https?://[^/]+([^<]*)</loc>", cloud.page("/sitemap/pages.xml").body.decode())
    shard = cloud.page("/search/pages.json")
    results = [page["url"] for page in json.loads(shard.body)] if shard.status == HTTPStatus.OK else []
    return sitemap, sorted(results)


def test_a_page_that_opens_a_home_page_is_listed_at_the_address_of_that(cloud: LocalCloud) -> None:
    """That is its canonical address; home pages are in the sitemap of every site, and changes reach both lists."""
    cloud.upload("posts/naps.md", POST)
    assert (["/"], []) == listed(cloud)
    assert b"/sitemap/pages.xml" in cloud.page("/sitemap.xml").body
    cloud.upload("pages/home.md", "# Welcome\n\nYou.\n")
    cloud.upload("pages/home.de.md", "# Willkommen\n\nDu.\n")
    (german,) = {"/", "/home/", *listed(cloud)[0]} - {"/", "/home/"}
    assert (["/", german], sorted(["/", german])) == listed(cloud)
    cloud.upload("site.yaml", "languages: [de]\n")
    assert (["/", "/de/"], ["/", "/de/"]) == listed(cloud)
    cloud.upload("pages/front.md", "---\npermalink: /\nsearch: false\n---\nFront.\n")
    assert (["/", "/de/", "/home/"], ["/de/", "/home/"]) == listed(cloud)
    cloud.delete("pages/front.md")
    cloud.upload("site.yaml", "title: Another\n")
    assert (["/", german], sorted(["/", german])) == listed(cloud)


def test_a_navigation_of_ones_own_stands_as_it_is(cloud: LocalCloud) -> None:
    """A navigation in `site.yaml` replaces the pages; without it the pages are back."""
    cloud.upload("site.yaml", "navigation:\n  - Mine: /mine/\n")
    cloud.upload("pages/about.md", "# About\n\nMe.\n")
    cloud.upload("posts/naps.md", POST)
    cloud.settle()
    assert ["/mine/"] == navigation(cloud, "/naps/")
    cloud.upload("site.yaml", "title: Another\n")
    cloud.settle()
    assert ["/about/"] == navigation(cloud, "/naps/")
