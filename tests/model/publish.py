"""3 publish, in the model: one view is made true, by one writer at a time (the FIFO group)."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from model.cloud import Cloud, ConflictError, Item, Key, Text, seen
from model.index import LISTED, SERIES, neighbours
from model.render import Steps

NEWEST = 2
"""Entries that the home page shows."""


def name_of(key: str) -> str:
    """Return the name by which others link to KEY; two keys may share one, and the least path then has it."""
    return "abcd"[ord(key) % 4]


def publish(cloud: Cloud, view: str) -> Steps:
    """Make VIEW true. Every `yield` is a call that may be the last."""
    kind, _, name = view.partition(" ")
    if kind == "path":
        yield from publish_path(cloud, name)
    elif kind == "preview":
        settings = cloud.settings[-1]
        yield
        yield from publish_preview(cloud, name, settings)
    elif kind in {"home", "list"}:
        entries = [seen(entry) for _, entry in cloud.query("LIST#" + (name or "all"))]
        yield
        cloud.write("/list/" + name if name else "/", entries if name else entries[-NEWEST:])
        yield
    elif kind == "sum":
        members = [(sk, entry["token"]) for sk, entry in cloud.query("LIST#" + name)]
        yield
        place: Key = ("SUM#" + name, "")
        total = {"count": len(members), "members": members}
        cloud.transact({place: total} if members else {}, [] if members else [place])
        yield
    elif kind == "tags":
        sums = sorted((pk, item["count"]) for (pk, _), item in cloud.catalog.items() if pk.startswith("SUM#"))
        yield
        cloud.write("/tags", sums)
        yield
    elif kind == "series":
        yield from publish_series(cloud)
    elif kind == "report":
        yield from publish_report(cloud, name)


def publish_series(cloud: Cloud) -> Steps:
    """Make the page of the series; of a long one, store parts, unless enough stored ones were parts ever since."""
    parts = cloud.query(SERIES)
    yield
    cloud.write("/series", [{"path": card["path"]} for _, card in parts])
    yield
    if len(parts) <= LISTED:
        return
    present = [(sk, card["token"]) for sk, card in parts]
    stored = cloud.get("LONG#s")
    yield
    if not stored or len([part for part in stored["parts"] if part in present]) <= LISTED:
        cloud.transact({("LONG#s", ""): {"parts": present[: 2 * LISTED]}})
        yield


def publish_report(cloud: Cloud, key: str) -> Steps:
    """Report `published` only for the version that is shown at its address; else who has that address."""
    post, shown = cloud.get("POST#" + key), cloud.get("SHOWN#" + key)
    yield
    live: Text | None = post["live"] if post else None
    if post is None or post["standing"] == "nothing":
        cloud.write("report " + key, None)
    else:
        stands = live and shown and shown["etag"] == post["etag"] and shown["path"] == live.path
        owner = None
        if live and not stands:
            owner = next((item["post"] for sk, item in cloud.query("URL#" + live.path) if sk[0] == "1"), None)
            yield
        public: object = ("published", post["etag"], live.body, live.path) if live and stands else "waits"
        outcome = "refused" if post["refused"] else public if live else post["standing"]
        cloud.write("report " + key, (outcome, owner, post["due"], post["preview"]))
    yield


def publish_path(cloud: Cloud, path: str) -> Steps:
    """Make the object at PATH what its claims say: oldest post, else redirect, else gone, else nothing."""
    claims = cloud.query("URL#" + path)
    yield
    rank, key = (claims[0][0][0], claims[0][1]["post"]) if claims else ("", "")
    settings, post, shown = cloud.settings[-1], cloud.get("POST#" + key), cloud.get("SHOWN#" + key)
    yield
    live: Text | None = post["live"] if post else None
    if rank == "1":
        if post is None or live is None or live.path != path:
            return  # it has just moved on, and its own record will bring us back
        yield from page(cloud, key, post, settings, first=shown is None)
        if any(sk.startswith("1") for sk, _ in claims[1:]):
            rivals = cloud.query("URL#" + path)[1:]  # once more: one of them may have moved on
            yield
            for sk, item in rivals:
                if sk.startswith("1"):
                    yield from hide(cloud, item["post"])
    elif rank == "2" and live and shown and shown["path"] == live.path:
        cloud.write(path, {"to": live.path, "settings": settings})
    elif rank and not (rank == "2" and shown and shown["path"] == path):  # while lists name it here, it stays here
        cloud.write(path, {"gone": True, "settings": settings})
    elif not rank:
        cloud.write(path, None)
    yield


def publish_preview(cloud: Cloud, name: str, settings: int) -> Steps:
    """Make the preview of a hidden post, as it would look; nothing once it is hidden no more."""
    token, _, key = name.partition(" ")
    post = cloud.get("POST#" + key)
    yield
    hidden: Text | None = post["hidden"] if post and str(post["preview"]) == token else None
    links = []
    for link in hidden.links if hidden else ():
        holders = cloud.query("NAME#" + link)
        yield
        links.append((link, holders[0][1]["path"] if holders else None))
    shows = {"preview": hidden.body, "links": links, "settings": settings} if hidden else None
    cloud.write("/preview/" + token, shows)
    yield


def page(cloud: Cloud, key: str, post: Item, settings: int, *, first: bool) -> Steps:
    """Write the page of KEY, and then say that it stands; the FIRST one without what is around it."""
    text: Text = post["live"]
    before, after = (None, None) if first else neighbours(cloud.query("LIST#all"), f"{text.date}#{key}")
    yield
    parts = cloud.query(SERIES) if "s" in text.tags and not first else []
    beside = neighbours(parts, f"{text.date}#{key}") if len(parts) > LISTED else [card for _, card in parts]
    yield
    links: list[tuple[str, str | None]] = []
    embeds = []
    for name in text.links:
        holders = cloud.query("NAME#" + name)
        yield
        links.append((name, holders[0][1]["path"] if holders else None))
        embeds.append(holders[0][1]["digest"] if holders else None)
    back = []
    for holder, _ in () if first else cloud.query("REF#" + name_of(key)):
        other = cloud.get("SHOWN#" + holder)
        yield
        if other and name_of(key) in other["links"]:
            back.append(other["path"])
    shows = {"post": key, "body": text.body, "links": links, "back": sorted(back), "embeds": embeds}
    around = {"before": before and before["path"], "after": after and after["path"], "settings": settings}
    around["series"] = [card and card["path"] for card in beside]
    cloud.write(text.path, shows | around)
    yield
    yield from show(cloud, key, post, (text.body, tuple(links)))


def show(cloud: Cloud, key: str, post: Item, digest: object) -> Steps:
    """Commit that the page is published: only from now on lists and wikilinks name it."""
    text: Text = post["live"]
    shown = cloud.get("SHOWN#" + key)
    yield
    card = {"path": text.path, "digest": digest, "post": key}
    lists = [("LIST#" + tag, f"{text.date}#{key}") for tag in ("all", *text.tags)]
    name: Key = ("NAME#" + name_of(key), f"{text.path}#{key}")
    places, token = sorted([*lists, name]), cloud.token()
    listed = shown["listed"] if shown and shown["entries"] == places else token  # one that comes again is another
    stands = {"entries": places, "links": text.links, "path": text.path, "etag": post["etag"], "listed": listed}
    if shown and same(shown, stands) and all(seen(cloud.get(*place)) == card for place in places):
        return
    gone: Sequence[Key] = [place for place in (shown["entries"] if shown else ()) if place not in places]
    puts: dict[Key, Item] = {name: card, ("SHOWN#" + key, ""): {**stands, "token": token}}
    puts |= {place: {**card, "token": listed} for place in lists}
    try:
        checks = [("POST#" + key, post["token"]), ("SHOWN#" + key, shown["token"] if shown else None)]
        cloud.transact(puts, gone, checks)
    except ConflictError:
        cloud.send("path " + text.path)
    yield


def same(shown: Mapping[str, Any], stands: Mapping[str, Any]) -> bool:
    """Return whether SHOWN says what STANDS."""
    return all(shown[name] == value for name, value in stands.items())


def hide(cloud: Cloud, key: str) -> Steps:
    """Take KEY out of every list: somebody older has its address."""
    shown = cloud.get("SHOWN#" + key)
    yield
    if shown:
        with suppress(ConflictError):
            cloud.transact({}, [*shown["entries"], ("SHOWN#" + key, "")], [("SHOWN#" + key, shown["token"])])
        yield
