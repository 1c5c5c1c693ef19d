"""3 publish: the page of the post that has an address.

A page is written before anything links to it: first the page, then its body, and then one transaction that adds it to
every list and under its names. A new post's page is first written alone, without its surroundings:
its item in the list of all posts requests it once more, when neighbours that came at the same time are there too.
"""

from datetime import UTC, datetime

from dropcap.aws import catalog_keys as keys
from dropcap.aws.site_bucket import SiteObject
from dropcap.site.content.pictures import filled
from dropcap.site.content.search import words_digest, words_of
from dropcap.site.post import Post, Shown
from dropcap.site.urls import CacheTags
from dropcap.steps.publish.context import HTML, PublishContext
from dropcap.steps.publish.lead_picture import card_picture, lead_picture
from dropcap.steps.publish.media import Gallery, place, tidy
from dropcap.steps.publish.page_context import Owner, body_on_page, description
from dropcap.steps.publish.resolve_links import FilledIn, filled_in
from dropcap.steps.publish.social_image import social_image


def page(context: PublishContext, address: str, key: str, tags: list[str]) -> CacheTags:
    """Write the page of source KEY at ADDRESS, and record it as shown; return the cache TAGS if its bytes changed."""
    post, shown = context.tools.catalog.post_and_shown(key)
    if post is None or post.live is None or post.path != address:
        return frozenset()  # its address has just changed; the stream record of that requests this view again
    owner = Owner(post, post.live)
    is_new = shown is None
    alone = is_new and not owner.live.is_page
    gallery = place(context, address, key, owner.live.files, is_first=alone)
    marked = context.tools.fragments.get(owner.live.digest)
    picture = lead_picture(owner.live, marked, gallery)
    fragment = filled(marked, gallery.placed, is_below=bool(picture))
    text = filled_in(context, fragment, key, owner.live.language)
    image, drawn = social_image(context, owner.live, gallery)
    lead = body_on_page(context, picture, owner.live.language)
    values = description(context, owner, text.page, image, alone=alone) | {"lead": lead}
    html = context.render("site/article.html", path=address, post=values)
    changed = context.put(address, SiteObject(html.encode(), HTML, tuple(tags)), is_new=is_new)
    _show(context, owner, shown, gallery, text)
    return changed | tidy(context, gallery, drawn)


def _show(context: PublishContext, owner: Owner, shown: Shown | None, gallery: Gallery, text: FilledIn) -> None:
    """Commit that the page is published: only from now on lists and wikilinks name it."""
    post, live = owner.post, owner.live
    digest = context.tools.bodies.put(text.body, shown.card.digest if shown else None)
    card = live.card(post.key, digest, post.site, card_picture(live, gallery))
    words = words_of(text.body, live.summary)
    token, items = context.tools.token(), keys.item_keys(post.key, live)
    stands = Shown(
        card, post.etag, token, items, live.links, gallery.files, post.cause, text.targets, text.doubts,
        listed=shown.listed if shown and shown.item_keys == items else token, searched=words_digest(words),
    )  # fmt: skip
    if not stands.same_as(shown):
        context.tools.catalog.commit_shown(post, stands, shown, words)
        if (shown is None or shown.etag != post.etag) and (since := _possible_since(post)):
            context.on_live(since)


def _possible_since(post: Post) -> datetime | None:
    """Return since when POST could be live: its upload, or its date if scheduled; None if a time is unreadable."""
    try:
        times = [datetime.fromisoformat(time) for time in (post.cause.time, post.publishes) if time]
    except ValueError:
        return None
    return max((time if time.tzinfo else time.replace(tzinfo=UTC) for time in times), default=None)
