"""3 publish: the template values of a post's page: the post and its neighbours."""

from typing import NamedTuple

from markupsafe import Markup

from dropcap.site.content.absolute_urls import absolute_url
from dropcap.site.content.accessibility import Labels, on_page
from dropcap.site.content.json_ld import structured
from dropcap.site.content.opening import opening, outline, standfirst
from dropcap.site.post import Post, Snapshot
from dropcap.steps.publish.context import PublishContext
from dropcap.steps.publish.home_pages import address_to_share
from dropcap.steps.publish.related import backlinks, related
from dropcap.steps.publish.series_of import series_of
from dropcap.steps.publish.social_image import SocialImage
from dropcap.steps.publish.translations import translations_of


class Owner(NamedTuple):
    """The post that has an address, and its public version."""

    post: Post
    live: Snapshot


def description(
    context: PublishContext, owner: Owner, body: str, image: SocialImage | None = None, *, alone: bool = False
) -> dict[str, object]:
    """Return the values of `site/article.html` for the post of OWNER, whose resolved text is BODY.

    IMAGE is its social image. A page that stands ALONE links to no others.
    """
    live, key = owner.live, owner.post.key
    card = live.card(key, "", "")
    address = address_to_share(context, key, live)
    canonical = absolute_url(context.site.url, address)
    html = body_on_page(context, body, live.language)
    return {
        "title": live.title, "url": live.path, "date": card.date, "summary": live.summary, "tags": live.tags,
        "standfirst": standfirst(live.summary, live.title, body),
        "meta_description": live.description or live.summary, "extra": live.extra,
        "html": html, "opening": opening(body) if not live.is_page else None,
        "outline": outline(str(html), live.minutes, wanted=live.toc),
        "updated": card.changed if live.updated else None,
        "minutes": live.minutes, "authors": tuple(map(context.site.person, live.authors)),
        "language": live.language, "is_page": live.is_page,
        "dated": live.dated, "disclaimer": context.site.disclaimer_of(live.disclaimer),
        "image": image, "image_alt": live.image_alt, "image_caption": live.image_caption,
        "is_draft": False, "lead": "",
        "canonical": canonical, "is_canonical": address == live.path,
        "structured": structured(context.site, live, canonical, image.url if image else None),
        **(ALONE if alone else _surroundings(context, key, live)),
    }  # fmt: skip


ALONE: dict[str, object] = {
    "earlier": None, "later": None, "related": [], "backlinks": [], "series": None, "translations": (),
}  # fmt: skip
"""The surroundings of a page that links to no others: a preview, or a page that is not in its lists yet."""


def _surroundings(context: PublishContext, key: str, live: Snapshot) -> dict[str, object]:
    """Return the values about other posts for the page of LIVE, the source KEY."""
    earlier, later = (None, None) if live.is_page else context.tools.catalog.lists.neighbours(live.sort, key)
    return {
        "earlier": earlier and earlier.named,
        "later": later and later.named,
        "related": related(context, key, live, earlier),
        "backlinks": backlinks(context, key, live),
        "series": series_of(context, key, live),
        "translations": translations_of(context, key, live),
    }


def welcome(context: PublishContext, key: str | None) -> dict[str, object] | None:
    """Return what the page of source KEY shows at the top of a list; None while it is not published."""
    post, shown = context.tools.catalog.post_and_shown(key) if key else (None, None)
    if not shown or not post or not post.live:
        return None
    card, body = shown.card, context.tools.bodies.get(shown.card.digest)
    return {
        "title": card.title,
        "summary": card.summary,
        "standfirst": standfirst(card.summary, card.title, body),
        "language": post.live.language,
        "html": body_on_page(context, body, card.language),
    }


def body_on_page(context: PublishContext, body: str, language: str | None) -> Markup:
    """Return the resolved BODY, a text in LANGUAGE, with the additions that only pages of the site have."""
    messages = context.tools.theme.messages_for_text(language, context.site)
    labels = Labels(
        messages.table, messages.code, messages.formula, messages.footnote, messages.label("article.formula_in_line"),
        messages.label("article.footnotes"), messages.label("article.enlarge"),
    )  # fmt: skip
    return Markup(on_page(body, labels))  # noqa: S704  # sanitised by render
