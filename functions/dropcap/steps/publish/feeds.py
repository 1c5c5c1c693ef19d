"""3 publish: the feeds, of all posts and of each tag, each as Atom and as JSON Feed, with full text."""

from collections.abc import Callable

from dropcap.aws import catalog_keys as keys
from dropcap.site import urls
from dropcap.site.content.absolute_urls import absolute_url
from dropcap.site.content.feeds import Channel, feed_items, json_feed, well_formed
from dropcap.site.urls import LISTS, CacheTags
from dropcap.steps.publish.context import ATOM, JSON_FEED, PublishContext
from dropcap.steps.publish.lists import label_of

IN_FEED = 20


def feed(context: PublishContext) -> CacheTags:
    """Write the two feeds of all posts."""
    return _feeds(context, keys.ALL, "/feed.xml", "/feed.json", page="/", title=context.site.title)


def tag_feed(context: PublishContext, slug: str) -> CacheTags:
    """Write the two feeds of one tag; a tag without entries has none."""
    newest = context.tools.catalog.lists.newest(keys.tag_list(slug), 1)
    atom, as_json = urls.tag_feed_path(slug), urls.tag_feed_path(slug, "json")
    if not newest:
        return context.remove(atom, [LISTS]) | context.remove(as_json, [LISTS])
    title = f"{context.site.title}: {label_of(newest[0], slug).label}"
    return _feeds(context, keys.tag_list(slug), atom, as_json, page=urls.tag_path(slug), title=title)


def _feeds(context: PublishContext, name: str, atom: str, as_json: str, *, page: str, title: str) -> CacheTags:  # noqa: PLR0913  # what two feeds differ in
    cards = context.bodies_of(context.tools.catalog.lists.newest(name, IN_FEED))
    entries = feed_items(context.site, cards)
    urls = [absolute_url(context.site.url, path) for path in (atom, as_json, page)]
    channel = Channel(title, *urls)
    text = context.render("feeds/atom.xml", path=atom, feed=channel, entries=entries)
    written = context.text(atom, well_formed(text), ATOM, [LISTS])
    return written | context.text(as_json, json_feed(context.site, channel, entries), JSON_FEED, [LISTS])


SINGLE: dict[str, Callable[[PublishContext], CacheTags]] = {"feed": feed}
NAMED: dict[str, Callable[[PublishContext, str], CacheTags]] = {"tag-feed": tag_feed}
