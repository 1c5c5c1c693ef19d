"""2 index: the views that read the state of a post."""

from dropcap.aws import catalog_keys as keys
from dropcap.aws.catalog import Catalog
from dropcap.site import views
from dropcap.site.post import PUBLISHED
from dropcap.steps.index.catalog_change import Change

FIRST_POSTS = 3
"""While a site has fewer posts, each new source also requests the views of every site."""


def views_of_post(change: Change, key: str, catalog: Catalog) -> set[str]:
    """Return its page, its preview and its report; everything that it owns if the site's settings have changed.

    The page of a new source is requested by its claim, which is new as well: two requests may be two builds. The first
    sources also request the views of every site, with or without `site.yaml`, since lists may long stay empty.
    """
    paths = {image["live"]["path"] for image in change.images if image["live"] and change.old}
    if len({image["site"] for image in change.images}) > 1:
        owned = [tuple(owned) for image in change.images for owned in image["owns"]]
        paths |= {keys.address_of(claim) for claim in owned if keys.is_claim(claim)}
    previews = {views.preview(image["preview"], key) for image in change.images if image.get("preview")}
    always = set() if change.old or _has_posts(catalog) else set(views.EVERYWHERE)
    reports = set() if _is_reported_with_page(change, key, catalog) else {views.report(key)}
    return {*reports, *map(views.path, paths), *previews, *always}


def _is_reported_with_page(change: Change, key: str, catalog: Catalog) -> bool:
    """Return whether KEY has its address and a new version: then recording its page as shown requests the report.

    After a refused version the former good one may return. Its page is recorded already, so its report is requested
    now. The claim of a new source is new as well, and requests the report where the source does not get its address.
    """
    old, new = change.old, change.new
    if not new or not new["live"] or new["outcome"] != PUBLISHED:
        return False
    if not old:
        return True
    if old["outcome"] != PUBLISHED or old["etag"] == new["etag"]:
        return False
    return catalog.claims(new["live"]["path"])[:1] == [(keys.OWNER, key)]


def _has_posts(catalog: Catalog) -> bool:
    """Return whether FIRST_POSTS posts are published; each of them has requested the views of every site."""
    return len(catalog.lists.newest(keys.ALL, FIRST_POSTS)) == FIRST_POSTS
