"""3 publish: the feeds of all posts, of each tag, author and language, as Atom, JSON Feed and RSS 2.0."""

from collections.abc import Callable
from dataclasses import replace

from dropcap.aws import catalog_keys as keys
from dropcap.document import slug as slug_of
from dropcap.site import urls
from dropcap.site.content.absolute_urls import absolute_url
from dropcap.site.content.feeds import Channel, feed_items, json_feed, well_formed
from dropcap.site.content.translations import language_name
from dropcap.site.urls import LISTS, CacheTags
from dropcap.steps.publish.context import ATOM, JSON_FEED, RSS, PublishContext
from dropcap.steps.publish.lists import label_of

IN_FEED, IN_LANGUAGE = 20, 10
FORMS = ("feed.xml", "feed.json", "rss.xml")
"""File names of the formats: Atom, JSON Feed, RSS."""


def feed(context: PublishContext) -> CacheTags:
    """Write the feeds of all posts."""
    return _feeds(context, keys.ALL, "/", title=context.site.title)


def tag_feed(context: PublishContext, slug: str) -> CacheTags:
    """Write the feeds of one tag; a tag without posts has none."""
    name = keys.tag_list(slug)
    newest = context.tools.catalog.lists.newest(name, IN_FEED)
    label = label_of(newest[0], slug).label if newest else None
    return _feeds_of_part(context, name, urls.tag_path(slug), label)


def author_feed(context: PublishContext, slug: str) -> CacheTags:
    """Write the feeds of one author; an author without posts has none."""
    name = keys.author_list(slug)
    newest = context.tools.catalog.lists.newest(name, IN_FEED)
    label = next((author for author in newest[0].authors if slug_of(author) == slug), slug) if newest else None
    return _feeds_of_part(context, name, urls.author_path(slug), label)


def language_feed(context: PublishContext, name: str) -> CacheTags:
    """Write the feeds of a language that `site.yaml` names; another has none."""
    tag = next((tag for tag in context.site.other_languages if tag.casefold() == name), None)
    page = urls.language_path(name)
    if tag is None:
        return _feeds_of_part(context, "", page, None)
    title = f"{context.site.title}: {language_name(tag)}"
    own = replace(context, site=replace(context.site, language=tag))
    return _feeds(own, keys.language_list(tag), page, title=title, most=IN_LANGUAGE)


def _feeds_of_part(context: PublishContext, name: str, page: str, label: str | None) -> CacheTags:
    if label is None:
        return CacheTags().union(*(context.remove(page + form, [LISTS]) for form in FORMS))
    return _feeds(context, name, page, title=f"{context.site.title}: {label}")


def _feeds(context: PublishContext, name: str, page: str, *, title: str, most: int = IN_FEED) -> CacheTags:
    """Write the newest items of the list NAME, MOST at most, in every format beside its PAGE."""
    items = feed_items(context.site, context.bodies_of(context.tools.catalog.lists.newest(name, most)))
    atom, as_json, rss = (page + form for form in FORMS)
    addresses = [absolute_url(context.site.url, path) for path in (atom, as_json, rss, page)]
    channel = Channel(title, *addresses)
    cleared = context.text(as_json, json_feed(context.site, channel, items), JSON_FEED, [LISTS])
    for path, template, kind in ((atom, "feeds/atom.xml", ATOM), (rss, "feeds/rss.xml", RSS)):
        text = context.render(template, path=path, feed=channel, entries=items)
        cleared |= context.text(path, well_formed(text), kind, [LISTS])
    return cleared


SINGLE: dict[str, Callable[[PublishContext], CacheTags]] = {"feed": feed}
NAMED: dict[str, Callable[[PublishContext, str], CacheTags]] = {
    "tag-feed": tag_feed,
    "author-feed": author_feed,
    "language-feed": language_feed,
}
