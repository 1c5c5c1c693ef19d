"""1 render, in the model: a source becomes a post. Every `yield` is a call that may be the last."""

from collections.abc import Iterator
from dataclasses import replace

from model.cloud import Cloud, ConflictError, Item, Journal, Key, Text

Steps = Iterator[None]
PAGE = 2
"""So many sources a step of a walk."""


def render(cloud: Cloud, key: str) -> Steps:
    """Make the Catalog say what the newest good version of KEY says, at this moment."""
    while True:
        settings, post, shown = cloud.settings[-1], cloud.get("POST#" + key), cloud.get("SHOWN#" + key)
        yield
        etag, newest = cloud.source(key)  # after the state: a commit cannot put an older version over a newer one
        yield
        now = cloud.now
        text = cloud.newest_good(key) if newest and newest.bad else newest
        standing = text.standing(now) if text else "nothing"
        public = text if standing == "public" else None
        hidden = text if standing in {"draft", "scheduled"} else None
        token = cloud.token()
        yield from register(cloud, key, public, public or hidden)
        journal = stored = cloud.journal(key)
        if hidden and not journal.preview:
            journal = replace(journal, preview=cloud.token())
        if public:
            adopted = [path for name in public.known_as for path in left_behind(cloud, name, key)]
            yield
            journal = journal.after(public, adopted)
        owned = claims(key, public, journal) | found_again(key, public, journal)
        state: Item = {
            "token": token, "etag": etag, "settings": settings, "refused": bool(newest and newest.bad),
            "live": public, "hidden": hidden, "preview": journal.preview if hidden else None,
            "standing": standing, "due": text.due(now) if text else None, "owns": sorted(owned),
        }  # fmt: skip
        deletes = [item for item in (post["owns"] if post else ()) if item not in owned]
        checks = [("POST#" + key, post["token"] if post else None)]
        if not public:
            deletes += [*shown["entries"], ("SHOWN#" + key, "")] if shown else []
            checks.append(("SHOWN#" + key, shown["token"] if shown else None))
        try:
            yield from remember(cloud, key, stored, journal)
            cloud.transact({("POST#" + key, ""): state, **owned}, deletes, checks)
        except ConflictError:
            yield
            continue
        yield
        if not public:
            for name in journal.known_as:
                cloud.uploads += [sk for sk, item in cloud.query("ID#" + name) if sk != key and not item["left"]]
                yield
        yield from wake(cloud, key, state["due"], bool(post and post["due"] is not None))
        if (cloud.source(key)[0], cloud.settings[-1]) == (etag, settings):  # whoever finishes last has looked last
            return
        yield


def register(cloud: Cloud, key: str, public: Text | None, text: Text | None) -> Steps:
    """Register, then look: a REF too many costs one needless view, and an ID too many one needless look."""
    for name in text.links if text else ():
        cloud.transact({("REF#" + name, key): {}})
        yield
    for name in public.known_as if public else ():
        if not cloud.get("ID#" + name, key):
            cloud.transact({("ID#" + name, key): {"left": ()}})
            yield


def remember(cloud: Cloud, key: str, stored: Journal, journal: Journal) -> Steps:
    """Write JOURNAL before the commit, if it is still as it was STORED: no address that ever was is forgotten."""
    if journal == stored:
        return
    if cloud.journal(key) != stored:
        raise ConflictError
    cloud.journals[key] = journal
    yield


def left_behind(cloud: Cloud, name: str, key: str) -> list[str]:
    """Return the addresses of others than KEY that were known by NAME and are not public any more."""
    return [path for sk, item in cloud.query("ID#" + name) if sk != key for path in item["left"]]


def claims(key: str, public: Text | None, journal: Journal) -> dict[Key, Item]:
    """Claim the address of what is public, and redirect or say "gone" at the former ones; adopted ones come last."""
    own = [("URL#" + path, "#") for path in journal.addresses if not public or path != public.path]
    every = [*own, *(("URL#" + path, "~") for path in journal.adopted)]
    former: dict[Key, Item] = {(pk, f"{2 if public else 3}{mark}{key}"): {"post": key} for pk, mark in every}
    return {("URL#" + public.path, f"1#{public.date}#{key}"): {"post": key}, **former} if public else former


def found_again(key: str, public: Text | None, journal: Journal) -> dict[Key, Item]:
    """Return an item for each name of KEY with the addresses it leaves behind, once it is not public any more."""
    left = () if public else (*journal.addresses, *journal.adopted)
    return {("ID#" + name, key): {"left": left} for name in journal.known_as}


def wake(cloud: Cloud, key: str, due: int | None, was_due: bool) -> Steps:  # noqa: FBT001  # a model of a condition
    """See to it that somebody looks again when KEY is DUE."""
    if due is not None:
        cloud.schedules[key] = due
        yield
    elif was_due:
        cloud.schedules.pop(key, None)
        yield


def walk(cloud: Cloud, what: str, after: str) -> Steps:
    """Send one page of a walk round again: over the content, and then over the journals of what is gone."""
    there = cloud.journals if what == "journals" else [key for key in cloud.content if cloud.source(key)[1]]
    keys = sorted(key for key in there if key > after)
    page, rest = keys[:PAGE], keys[PAGE:]
    yield
    for key in page:
        post = cloud.get("POST#" + key)
        yield
        if what == "content" or post is None or post["standing"] == "nothing":
            cloud.uploads.append(key)
            yield
    if rest:
        cloud.bulk.append((what, page[-1]))
    elif what == "content":
        cloud.bulk.append(("journals", ""))
    yield
