"""2 index, in the model: a changed item sends for the views that read it."""

from model.cloud import Cloud, Item, Record, seen
from model.render import Steps

SERIES = "LIST#s"
"""The list whose items are the parts of a series."""
LISTED = 2
"""Most parts that each part lists; one of a longer series shows its neighbours."""


def index(cloud: Cloud, record: Record) -> Steps:
    """Send for the views of one RECORD. Every `yield` is a call that may be the last."""
    pk, _, old, new = record
    kind = pk.partition("#")[0]
    images = [image for image in (old, new) if image]
    views: set[str] = set()
    if kind == "SUM":
        views = {"tags", "list " + pk[4:]}
    elif kind in RULES:
        yield from RULES[kind](cloud, record, images, views)
    for view in sorted(views):
        cloud.send(view)
        yield


def post(cloud: Cloud, record: Record, images: list[Item], views: set[str]) -> Steps:
    """Send for what is the post's own; a page that will be recorded as shown is reported then.

    The claim of a new post is new as well, and sends for its page, and for its report if another one has the address.
    """
    key, (_, _, old, new) = record[0][5:], record
    views |= post_views(key, images)
    if not new or not new["live"] or new["refused"]:
        return
    if not old:
        views -= {"path " + new["live"].path, "report " + key}
        return
    if old["refused"] or old["etag"] == new["etag"]:
        return
    owners = [item["post"] for sk, item in cloud.query("URL#" + new["live"].path) if sk.startswith("1")]
    yield
    if owners[:1] == [key]:
        views.discard("report " + key)


def claim(cloud: Cloud, record: Record, images: list[Item], views: set[str]) -> Steps:
    """Rebuild the page and the reports of all claimants, but not of one that gets it now: its page is reported."""
    _, _, old, new = record
    claims = cloud.query(record[0])
    yield
    views |= {"path " + record[0][4:], *("report " + image["post"] for image in images)}
    views |= {"report " + item["post"] for _, item in claims}
    if new and not old and claims and claims[0][0] == record[1] and claims[0][0].startswith("1"):
        views.discard("report " + new["post"])


def name_of_post(cloud: Cloud, record: Record, _images: list[Item], views: set[str]) -> Steps:
    """Rebuild the pages of all posts that mention the name."""
    for key, _ in cloud.query("REF#" + record[0][5:]):
        post = cloud.get("POST#" + key)
        yield
        views |= mentions(key, post) if post else set()


def shown(cloud: Cloud, record: Record, images: list[Item], views: set[str]) -> Steps:
    """Rebuild the pages it mentions, its redirects and its report; if only the text changed, the report alone."""
    key, (_, _, old, new) = record[0][6:], record
    views.add("report " + key)
    if old and new and all(old[name] == new[name] for name in ("entries", "links", "path")):
        return
    for target in sorted({link for image in images for link in image["links"]}):
        views |= {"path " + item["path"] for _, item in cloud.query("NAME#" + target)}
        yield
    post = cloud.get("POST#" + key)
    yield
    views |= {"path " + pk[4:] for pk, sk in (post["owns"] if post else ()) if sk.startswith("2")}


def entry(cloud: Cloud, record: Record, _images: list[Item], views: set[str]) -> Steps:
    """Send for the list, for the pages next to the item, and for the page of one that comes or goes once more.

    Another text alone is read by the lists that show it. An item that comes changes the sum, which sends for the list
    that shows both. One that goes sends for the list as well: if it was there for a short time, the sum never had it.
    """
    pk, sk, old, new = record
    views |= {"home"} if pk == "LIST#all" else set()
    if seen(old) == seen(new):
        return
    if old:
        views.add("list " + pk[5:])
    if old and new and old["path"] == new["path"]:
        return
    views.add("sum " + pk[5:])
    if pk == SERIES:
        parts = cloud.query(pk)
        yield
        near = [card for _, card in parts] if len(parts) <= LISTED else neighbours(parts, sk)
        views |= {"series", *("path " + card["path"] for card in near if card)}
    if pk == "LIST#all":
        entries = cloud.query(pk)
        yield
        own = (old, new) if not (old and new) else ()
        views |= {"path " + card["path"] for card in (*neighbours(entries, sk), *own) if card}


def long_series(cloud: Cloud, _record: Record, _images: list[Item], views: set[str]) -> Steps:
    """Rebuild all parts of a series that has become long: some may have been made while it was short."""
    parts = cloud.query(SERIES)
    yield
    views |= {"path " + card["path"] for _, card in parts}


RULES = {"POST": post, "URL": claim, "NAME": name_of_post, "SHOWN": shown, "LIST": entry, "LONG": long_series}


def post_views(key: str, images: list[Item]) -> set[str]:
    """Name the pages of a post, its preview and its report; and whatever it owns where the settings changed."""
    views = {"report " + key}
    views |= {"path " + image["live"].path for image in images if image["live"]}
    views |= {f"preview {image['preview']} {key}" for image in images if image["preview"]}
    if len({image["settings"] for image in images}) > 1:
        views |= {"path " + pk[4:] for image in images for pk, _ in image["owns"] if pk.startswith("URL#")}
    return views


def mentions(key: str, post: Item) -> set[str]:
    """Name what shows the text of POST."""
    if post["live"]:
        return {"path " + post["live"].path}
    return {f"preview {post['preview']} {key}"} if post["preview"] else set()


def neighbours(entries: list[tuple[str, Item]], sk: str) -> tuple[Item | None, Item | None]:
    """Return the entries next before and next after SK."""
    before = [entry for place, entry in entries if place < sk]
    after = [entry for place, entry in entries if place > sk]
    return (before[-1] if before else None), (after[0] if after else None)
