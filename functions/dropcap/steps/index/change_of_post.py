"""2 index: the views that read the state of a post."""

from dropcap.aws import catalog_keys as keys
from dropcap.aws.catalog import Catalog
from dropcap.site import views
from dropcap.site.post import PUBLISHED
from dropcap.steps.index.catalog_change import Change

FIRST_POSTS = 3
"""A site with fewer posts asks for what every site has with each new source."""


def views_of_post(change: Change, key: str, catalog: Catalog) -> set[str]:
    """Send for its page, its preview and its report; for all that it owns where the settings are others.

    The first sources send also for what every site has, `site.yaml` or not: its lists may stay empty for long.
    """
    paths = {image["live"]["path"] for image in change.images if image["live"]}
    if len({image["site"] for image in change.images}) > 1:
        owned = [tuple(owned) for image in change.images for owned in image["owns"]]
        paths |= {keys.address_of(claim) for claim in owned if keys.is_claim(claim)}
    previews = {views.preview(image["preview"], key) for image in change.images if image.get("preview")}
    always = set() if change.old or _has_posts(catalog) else set(views.EVERYWHERE)
    reports = set() if _is_reported_with_page(change, key, catalog) else {views.report(key)}
    return {*reports, *map(views.path, paths), *previews, *always}


def _is_reported_with_page(change: Change, key: str, catalog: Catalog) -> bool:
    """Return whether KEY has its address, and a new version: its page is recorded as shown, which is reported.

    After a refused version the same good one may come back: its page is recorded already, and its report is refused.
    """
    old, new = change.old, change.new
    if not new or not new["live"] or new["outcome"] != PUBLISHED:
        return False
    if old and (old["outcome"] != PUBLISHED or old["etag"] == new["etag"]):
        return False
    return catalog.claims(new["live"]["path"])[:1] == [(keys.OWNER, key)]


def _has_posts(catalog: Catalog) -> bool:
    """Return whether posts are published, so that what every site has was asked for, each time by one of the first."""
    return len(catalog.lists.newest(keys.ALL, FIRST_POSTS)) == FIRST_POSTS
