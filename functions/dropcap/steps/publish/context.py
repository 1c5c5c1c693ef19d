"""3 publish: build one view.

There is one writer a view (the FIFO queue's message group), so a view reads, writes, and needs no condition. Cache
tags name what has changed for readers; `refresh` invalidates them at the CDN.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from dropcap.aws.buckets import Artifacts, Reports
from dropcap.aws.catalog import Catalog
from dropcap.aws.media import RenditionStore
from dropcap.aws.site_bucket import FOR_EVER, SiteBucket, SiteObject
from dropcap.contracts import Cause
from dropcap.site import urls
from dropcap.site.cards import Card
from dropcap.site.settings.model import SiteSettings
from dropcap.site.theme import Theme
from dropcap.site.urls import CacheTags

HTML, XML, ATOM = "text/html; charset=utf-8", "application/xml; charset=utf-8", "application/atom+xml; charset=utf-8"
RSS = "application/rss+xml; charset=utf-8"
JSON_FEED = "application/feed+json; charset=utf-8"
JSON = "application/json; charset=utf-8"
KINDS = {
    ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".js": "text/javascript; charset=utf-8",
    ".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8", ".png": "image/png", ".ico": "image/x-icon",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PublishTools:
    """The collaborators of publish. TOKEN returns a random token for a commit."""

    catalog: Catalog
    bucket: SiteBucket
    fragments: Artifacts
    bodies: Artifacts
    reports: Reports
    theme: Theme
    token: Callable[[], str]
    renditions: RenditionStore


@dataclass(frozen=True, slots=True)
class PublishContext:
    """One view that is being built: its tools, its settings and its cause.

    ON_LIVE is called when a new version of a post is public, with the time since when it could have been.
    """

    tools: PublishTools
    site: SiteSettings
    cause: Cause
    on_live: Callable[[datetime], None] = lambda _: None

    def page(self, path: str, template: str, cache: Iterable[str], /, **values: object) -> CacheTags:
        """Write TEMPLATE at PATH as HTML; return the tags CACHE to clear if that changed anything."""
        return self.text(path, self.render(template, path=path, **values), HTML, cache)

    def text(self, path: str, text: str, kind: str, tags: Iterable[str]) -> CacheTags:
        """Write TEXT at PATH; return the cache TAGS to clear if that changed anything."""
        return self.put(path, SiteObject(text.encode(), kind, tuple(tags)))

    def put(self, path: str, what: SiteObject, *, is_new: bool = False) -> CacheTags:
        """Write WHAT, which probably IS_NEW there, at PATH; return its cache tags if that changed anything."""
        return frozenset(what.tags) if self.tools.bucket.write(path, what, is_new=is_new) else frozenset()

    def remove(self, path: str, tags: Iterable[str]) -> CacheTags:
        """Delete the object at PATH; return the cache TAGS to clear if there was one."""
        return frozenset(tags) if self.tools.bucket.remove(path) else frozenset()

    def render(self, template: str, **values: object) -> str:
        """Fill in TEMPLATE with the site's settings."""
        return self.tools.theme.render(template, site=self.site, **values)

    def bodies_of(self, cards: Iterable[Card]) -> list[tuple[Card, str]]:
        """Return each card with its resolved body: links and pictures are filled in."""
        return [(card, self.tools.bodies.get(card.digest)) for card in cards]


def publish_assets(tools: PublishTools, *, again: bool = False) -> None:
    """Write the theme's assets that are missing, before any page names them; their names are hashes of their bytes.

    AGAIN, those that are there are compared, too: a new release may serve the same bytes with other headers.
    """
    present = frozenset() if again else tools.bucket.names("/assets/", deep=False)
    for path, content in tools.theme.asset_files().items():
        if path not in present:
            kind = KINDS.get("." + path.rpartition(".")[2], "application/octet-stream")
            tools.bucket.write(path, SiteObject(content, kind, caching=FOR_EVER), is_new=not again)


def publish_colours(tools: PublishTools, site: SiteSettings) -> None:
    """Write the sheet with the colours of SITE, if it has its own, before any page names it."""
    if sheet := tools.theme.colours_of(site):
        tools.bucket.write(sheet[0], SiteObject(sheet[1], KINDS[".css"], caching=FOR_EVER))


def tags_of(view: str) -> CacheTags:
    """Return the cache tags under which VIEW is kept at the edge: to clear if an earlier try may have failed to."""
    kind, _, rest = view.partition(" ")
    if kind in {"path", "preview"}:
        return frozenset({urls.page_tag(rest.split(" ")[0] if kind == "preview" else rest)})
    return (
        frozenset()
        if kind in {"report", "tag-total", "navigation"} or kind.endswith("-sum")
        else frozenset({urls.LISTS})
    )
