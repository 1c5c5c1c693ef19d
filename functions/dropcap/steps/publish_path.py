"""3 publish, for one address: the object there is a function of who claims it.

The oldest post has it, else a redirect, else "gone", else nothing. A page before whatever names it: first the page is
written, then its body is kept, and only then one transaction says that it stands, in every list and under its names.
"""

from dataclasses import dataclass

from markupsafe import Markup

from dropcap.aws.site_bucket import SiteObject
from dropcap.document import resolve
from dropcap.errors import ConflictError, ServiceError
from dropcap.site import addresses, keys
from dropcap.site.body import absolute_url
from dropcap.site.cards import Card
from dropcap.site.post import Live, Post, Shown
from dropcap.site.theme import href
from dropcap.steps.publish_view import HTML, Making

BACKLINKS, LOOKED_AT = 20, 100
"""A page shows its newest 20 backlinks, and looks at so many references at a time to find them."""
ROUNDS = 6
OK, MOVED, NO_MORE = 200, 301, 410


@dataclass(frozen=True, slots=True)
class _Owner:
    """The post that has an address, and what it says."""

    post: Post
    live: Live


def path(make: Making, address: str) -> frozenset[str]:
    """Make the object at ADDRESS true; give the cache tags to clear. Raises ServiceError to be tried again later."""
    cleared: frozenset[str] = frozenset()
    for _ in range(ROUNDS):
        try:
            return cleared | _once(make, address)
        except ConflictError:
            # The page may have been written before the conflict: it is cleared whatever the next round finds.
            cleared = frozenset({addresses.page_tag(address)})
    raise ServiceError.restless(address, ROUNDS)


def _once(make: Making, address: str) -> frozenset[str]:
    claims = make.tools.catalog.claims(address)
    tags = [addresses.page_tag(address)]
    if not claims:
        return make.remove(address, tags)
    rank, key = claims[0]
    if rank == keys.OWNER:
        changed = _page(make, address, key, tags)
        _hide(make, [other for rank, other in claims[1:] if rank == keys.OWNER])
        return changed
    return _redirect(make, address, key, tags) if rank == keys.REDIRECT else _gone(make, address, tags)


def _redirect(make: Making, address: str, key: str, tags: list[str]) -> frozenset[str]:
    """Lead to where the post stands now; until that is shown, its page stays here, or the address says "gone"."""
    post, shown = make.tools.catalog.post_and_shown(key)
    target = post.path if post else None
    if target and shown and shown.card.url == target:
        text = make.render("site/redirect.html", path=address, target=target)
        return make.put(address, SiteObject(text.encode(), HTML, tuple(tags), MOVED, href(target)))
    if shown and shown.card.url == address:
        return frozenset()
    return _gone(make, address, tags)


def _gone(make: Making, address: str, tags: list[str]) -> frozenset[str]:
    text = make.render("site/gone.html", path=address, title=None)
    return make.put(address, SiteObject(text.encode(), HTML, tuple(tags), NO_MORE))


def _page(make: Making, address: str, key: str, tags: list[str]) -> frozenset[str]:
    post, shown = make.tools.catalog.post_and_shown(key)
    if post is None or post.live is None or post.path != address:
        return frozenset()  # it has just moved on, and its own record will bring us back
    owner = _Owner(post, post.live)
    body = _body(make, owner)
    changed = make.page(address, "site/article.html", tags, post=_article(make, owner, body))
    _show(make, owner, shown, body)
    return changed


def _body(make: Making, owner: _Owner) -> str:
    """Give the post's fragment with its wikilinks filled in."""
    fragment = make.tools.fragments.get(owner.live.digest)
    if not owner.live.links:
        return fragment
    called = {name: make.tools.catalog.called(name) for name in owner.live.links}
    return resolve(fragment, {name: card.url if card else None for name, card in called.items()})


def _article(make: Making, owner: _Owner, body: str) -> dict[str, object]:
    live = owner.live
    earlier, later = (None, None) if live.is_page else make.tools.catalog.neighbours(live.sort, owner.post.key)
    card = live.card(owner.post.key, "", "")
    return {
        "title": live.title, "url": live.path, "date": card.date, "summary": live.summary, "tags": live.tags,
        "html": Markup(body),  # noqa: S704  # sanitised by render
        "updated": card.changed if live.updated else None,
        "minutes": live.minutes, "authors": live.authors, "language": live.language, "is_page": live.is_page,
        "dated": live.dated, "earlier": earlier, "later": later, "backlinks": _backlinks(make, owner),
        "canonical": absolute_url(make.site.url, live.path),
    }  # fmt: skip


def _backlinks(make: Making, owner: _Owner) -> list[Card]:
    """Give the newest posts that stand and mention this one by one of its names."""
    found: dict[str, Card] = {}
    for name in owner.live.names:
        found |= _mentions(make, name)
    found.pop(owner.post.key, None)
    newest = sorted(found.values(), key=lambda card: (card.sort, card.key), reverse=True)
    return newest[:BACKLINKS]


def _mentions(make: Making, name: str) -> dict[str, Card]:
    """Give the newest cards that mention NAME, by source key; references nobody stands for any more are passed over."""
    found: dict[str, Card] = {}
    before = None
    while len(found) < BACKLINKS:
        items = make.tools.catalog.referrers(name, most=LOOKED_AT, newest_first=True, before=before)
        standing = make.tools.catalog.shown({item["source"] for item in items})
        found |= {key: shown.card for key, shown in standing.items() if name in shown.links}
        if len(items) < LOOKED_AT:
            break
        before = items[-1]["sk"]
    return found


def _show(make: Making, owner: _Owner, shown: Shown | None, body: str) -> None:
    """Say that the page stands: now, and only now, lists and wikilinks may name it."""
    post, live = owner.post, owner.live
    digest = make.tools.bodies.put(body, shown.card.digest if shown else None)
    card = live.card(post.key, digest, post.site)
    stands = Shown(card, post.etag, make.tools.token(), keys.entry_keys(post.key, live), live.links, post.cause)
    if not stands.same_as(shown):
        make.tools.catalog.commit_shown(post, stands, shown)


def _hide(make: Making, rivals: list[str]) -> None:
    """Take those out of every list whose address somebody older has."""
    for shown in make.tools.catalog.shown(rivals).values() if rivals else ():
        make.tools.catalog.hide(shown)
