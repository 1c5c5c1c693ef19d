"""Addresses: the URL path of each view, the object behind it, and its cache tag."""

from hashlib import sha256

from dropcap.document.paths import url_paths
from dropcap.document.paths.slugs import slug
from dropcap.document.paths.url_paths import tag_path as tag_path  # noqa: PLC0414  # one of the addresses of this module

CacheTags = frozenset[str]
"""Cache tags whose objects the CDN must fetch again."""
LISTS = "lists"
"""Cache tag of everything that lists posts: one invalidation path clears them all."""


def object_key(path: str) -> str:
    """Return the site bucket's key behind URL PATH: `/` is `index.html`, `/x/` is `x/index.html`, a file is itself."""
    return path.removeprefix("/") + ("index.html" if path.endswith("/") else "")


def page_tag(path: str) -> str:
    """Return the cache tag of the page at PATH: always ASCII, and short."""
    return "page-" + sha256(path.encode()).hexdigest()[:16]


def preview_path(token: str) -> str:
    """Return the path of the preview that TOKEN names, which cannot be guessed."""
    return f"/preview/{token}/"


def month_path(month: str) -> str:
    """Return the path of a month's archive: `2025-03` is `/2025/03/`."""
    return f"/{month[:4]}/{month[5:7]}/"


def year_path(year: str) -> str:
    """Return the path of a year's archive."""
    return f"/{year}/"


def tag_year_path(slug: str, year: str) -> str:
    """Return the path of a tag's items in one year."""
    return f"/tags/{slug}/{year}/"


def author_path(name: str) -> str:
    """Return the path of the page of the author NAME; empty for a name without a letter or digit, which has none."""
    return url_paths.author_path(slug(name)) if slug(name) else ""


def series_path(name: str) -> str:
    """Return the path of the page of the series NAME."""
    return f"/series/{slug(name)}/"


def language_path(tag: str) -> str:
    """Return the path of the list of the posts in the language TAG (BCP 47)."""
    return f"/{tag.lower()}/"


def sitemap_path(month: str) -> str:
    """Return the path of a month's sitemap; `pages` is that of the undated pages."""
    return f"/sitemap/{month}.xml"


def newsletter_year_path(year: str) -> str:
    """Return the path of the newsletters that were sent in a year."""
    return f"/newsletter/{year}/"


def search_path(shard: str) -> str:
    """Return the path of a shard of the search: a month, `pages`, or the `index` that names them."""
    return f"/search/{shard}.json"


def media_path(path: str) -> str:
    """Return the folder in which the page at PATH keeps its pictures and files: no two pages have the same.

    It cannot be guessed without PATH, so the pictures of a draft's preview are as secret as the preview.
    """
    return f"/assets/media/{sha256(path.encode()).hexdigest()[:20]}/"


def card_path(path: str, digest: str) -> str:
    """Return the address of the social card of the page at PATH; DIGEST names its text and colours."""
    return f"{media_path(path)}card-{digest}.png"
