"""3 publish, for one address: the object there is a function of who claims it.

The oldest post has it, else a redirect, else "gone", else nothing.
"""

from dropcap.aws import catalog_keys as keys
from dropcap.aws.site_bucket import SiteObject
from dropcap.errors import ConflictError, ServiceError
from dropcap.site import urls
from dropcap.site.theme import href
from dropcap.steps.publish.context import HTML, Making
from dropcap.steps.publish.media import clear_away
from dropcap.steps.publish.page import page

ROUNDS = 6
MOVED, NO_MORE = 301, 410


def path(make: Making, address: str) -> frozenset[str]:
    """Make the object at ADDRESS true; give the cache tags to clear. Raises ServiceError to be tried again later."""
    cleared: frozenset[str] = frozenset()
    for _ in range(ROUNDS):
        try:
            return cleared | _once(make, address)
        except ConflictError:
            # The page may have been written before the conflict: it is cleared whatever the next round finds.
            cleared = frozenset({urls.page_tag(address)})
    raise ServiceError.restless(address, ROUNDS)


def _once(make: Making, address: str) -> frozenset[str]:
    claims = make.tools.catalog.claims(address)
    tags = [urls.page_tag(address)]
    if not claims:
        return make.remove(address, tags) | clear_away(make, address)
    rank, key = claims[0]
    if rank == keys.OWNER:
        changed = page(make, address, key, tags)
        _hide(make, [other for rank, other in claims[1:] if rank == keys.OWNER])
        return changed
    return _redirect(make, address, key, tags) if rank == keys.REDIRECT else _gone(make, address, tags)


def _redirect(make: Making, address: str, key: str, tags: list[str]) -> frozenset[str]:
    """Lead to where the post stands now; until that is shown, its page stays here, or the address says "gone"."""
    post, shown = make.tools.catalog.post_and_shown(key)
    target = post.path if post else None
    if target and shown and shown.card.url == target:
        text = make.render("site/redirect.html", path=address, target=target)
        moved = SiteObject(text.encode(), HTML, tuple(tags), MOVED, href(target))
        return make.put(address, moved) | clear_away(make, address)
    if shown and shown.card.url == address:
        return frozenset()
    return _gone(make, address, tags)


def _gone(make: Making, address: str, tags: list[str]) -> frozenset[str]:
    text = make.render("site/gone.html", path=address, title=None)
    return make.put(address, SiteObject(text.encode(), HTML, tuple(tags), NO_MORE)) | clear_away(make, address)


def _hide(make: Making, rivals: list[str]) -> None:
    """Take those out of every list whose address somebody older has."""
    for shown in make.tools.catalog.shown(rivals).values() if rivals else ():
        make.tools.catalog.hide(shown)
