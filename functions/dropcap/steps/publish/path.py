"""3 publish: the object at one address, a function of the claims on that address.

The oldest post has it, else a redirect, else "gone", else nothing. The home address of a language has its list.
"""

from dropcap.aws import catalog_keys as keys
from dropcap.aws.site_bucket import SiteObject
from dropcap.errors import ConflictError, ServiceError
from dropcap.site import urls
from dropcap.site.content.translations import listed_language
from dropcap.site.theme import href
from dropcap.site.urls import CacheTags
from dropcap.steps.publish.context import HTML, PublishContext
from dropcap.steps.publish.languages import language_list
from dropcap.steps.publish.media import clear_away
from dropcap.steps.publish.page import page

ROUNDS = 6
MOVED, NO_MORE = 301, 410


def path(context: PublishContext, address: str) -> CacheTags:
    """Write the object at ADDRESS; return the cache tags to clear. Raises ServiceError for a retry."""
    cleared: CacheTags = frozenset()
    for _ in range(ROUNDS):
        try:
            return cleared | _once(context, address)
        except ConflictError:
            # The page may have been written before the conflict: it is cleared in any case.
            cleared = frozenset({urls.page_tag(address)})
    raise ServiceError.unstable(address, ROUNDS)


def _once(context: PublishContext, address: str) -> CacheTags:
    if language := listed_language(context.site, address):
        return language_list(context, language) | clear_away(context, address)
    claims = context.tools.catalog.first_claims(address)
    tags = [urls.page_tag(address)]
    if not claims:
        return context.remove(address, tags) | clear_away(context, address)
    rank, key = claims[0]
    if rank == keys.OWNER:
        changed = page(context, address, key, tags)
        if any(rank == keys.OWNER for rank, _ in claims[1:]):
            _hide_rivals(context, address)
        return changed
    return _redirect(context, address, key, tags) if rank == keys.REDIRECT else _gone(context, address, tags)


def _redirect(context: PublishContext, address: str, key: str, tags: list[str]) -> CacheTags:
    """Redirect to the post's new address; until its page is there, the old page stays, or the address says "gone"."""
    post, shown = context.tools.catalog.post_and_shown(key)
    target = post.path if post else None
    if target and shown and shown.card.url == target:
        text = context.render("site/redirect.html", path=address, target=target)
        moved = SiteObject(text.encode(), HTML, tuple(tags), MOVED, href(target))
        return context.put(address, moved) | clear_away(context, address)
    if shown and shown.card.url == address:
        return frozenset()
    return _gone(context, address, tags)


def _gone(context: PublishContext, address: str, tags: list[str]) -> CacheTags:
    text = context.render("site/gone.html", path=address, title=None)
    return context.put(address, SiteObject(text.encode(), HTML, tuple(tags), NO_MORE)) | clear_away(context, address)


def _hide_rivals(context: PublishContext, address: str) -> None:
    """Remove the sources from every list that claim ADDRESS, which an older one has.

    Claims are read once more: a source that has moved on since the page was begun is at another address.
    """
    rivals = [other for rank, other in context.tools.catalog.claims(address)[1:] if rank == keys.OWNER]
    for shown in context.tools.catalog.shown(rivals).values():
        context.tools.catalog.hide(shown)
