"""3 publish: the feeds, of all posts and of each tag, each as Atom and as JSON Feed, with full text."""

from collections.abc import Callable

from dropcap.aws import catalog_keys as keys
from dropcap.site import urls
from dropcap.site.content.absolute_urls import absolute_url
from dropcap.site.content.feeds import Channel, entries_of, json_feed, well_formed
from dropcap.site.urls import LISTS
from dropcap.steps.publish.context import ATOM, JSON_FEED, Making
from dropcap.steps.publish.lists import label_of

IN_FEED = 20

Tags = frozenset[str]


def feed(make: Making) -> Tags:
    """Write the two feeds of all posts."""
    return _feeds(make, keys.ALL, "/feed.xml", "/feed.json", page="/", title=make.site.title)


def tag_feed(make: Making, slug: str) -> Tags:
    """Write the two feeds of one tag; a tag without entries has none."""
    newest = make.tools.catalog.lists.newest(keys.tag_list(slug), 1)
    atom, as_json = urls.tag_feed_path(slug), urls.tag_feed_path(slug, "json")
    if not newest:
        return make.remove(atom, [LISTS]) | make.remove(as_json, [LISTS])
    title = f"{make.site.title}: {label_of(newest[0], slug).label}"
    return _feeds(make, keys.tag_list(slug), atom, as_json, page=urls.tag_path(slug), title=title)


def _feeds(make: Making, name: str, atom: str, as_json: str, *, page: str, title: str) -> Tags:  # noqa: PLR0913  # what two feeds differ in
    cards = make.bodies_of(make.tools.catalog.lists.newest(name, IN_FEED))
    entries = entries_of(make.site, cards)
    urls = [absolute_url(make.site.url, path) for path in (atom, as_json, page)]
    channel = Channel(title, *urls)
    text = make.render("feeds/atom.xml", path=atom, feed=channel, entries=entries)
    written = make.text(atom, well_formed(text), ATOM, [LISTS])
    return written | make.text(as_json, json_feed(make.site, channel, entries), JSON_FEED, [LISTS])


SINGLE: dict[str, Callable[[Making], Tags]] = {"feed": feed}
NAMED: dict[str, Callable[[Making, str], Tags]] = {"tag-feed": tag_feed}
