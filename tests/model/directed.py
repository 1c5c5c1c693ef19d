"""Histories in a given order, for rules that random ones need only once in thousands."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from model.cloud import Cloud, Text
from model.index import index
from model.publish import publish
from model.render import Steps, render
from model.rest import rests


class Directed:
    """A cloud whose functions run one after the other, each to its end."""

    def __init__(self) -> None:
        self.cloud = Cloud()

    def saves(self, key: str, text: Text | None, etag: int = 0) -> None:
        """Make TEXT the newest version of KEY; remove KEY if there is none. ETAG is that of equal bytes before."""
        self.cloud.content.setdefault(key, []).append((etag or self.cloud.token(), text))
        self.cloud.uploads.append(key)

    def runs(self, *, without: str = "") -> None:
        """Run everything until nothing is left but the view WITHOUT."""
        while steps := self._next(without):
            ends(steps)

    def _next(self, without: str) -> Steps | None:
        cloud = self.cloud
        if cloud.uploads:
            return render(cloud, cloud.uploads.pop(0))
        for shard in cloud.stream:
            if shard:
                return index(cloud, shard.popleft())
        for view, waiting in sorted(cloud.views.items()):
            if waiting and view != without:
                waiting.clear()
                return publish(cloud, view)
        return None


def ends(steps: Steps) -> None:
    """Run STEPS to their end."""
    for _ in steps:
        pass


def text(path: str, words: str = "") -> Text:
    """Return a public text at PATH with the tag `t`."""
    return Text(path=path, date=0, body=f"body of {path} {words}", words=words or path, tags=("t",))


def removed_before_it_was_counted() -> None:
    """Build a list for another post while a new one is in it, which goes before the sum of the list is made."""
    directed = Directed()
    directed.saves("a", text("/x"))
    directed.runs()
    for key, version in (("b", text("/y")), ("a", text("/x", "changed")), ("b", None)):
        directed.saves(key, version)
        directed.runs(without="sum t")
    directed.runs()
    rests(directed.cloud)


def removed_and_there_again() -> None:
    """Build a list without a post that comes again before the sum of the list is made."""
    directed = Directed()
    for key in "ab":
        directed.saves(key, text("/" + key))
    directed.runs()
    for version in (None, text("/b")):
        directed.saves("b", version)
        directed.runs(without="sum t")
    directed.runs()
    rests(directed.cloud)


def grown_beyond_the_limit() -> None:
    """Add a part to a series that is as long as its parts list: only some of them are its neighbours."""
    directed = Directed()
    for keys in ("ab", "cd"):
        for key in keys:
            directed.saves(key, replace(text("/" + key), tags=("s",)))
        directed.runs()
    rests(directed.cloud)


def short_while_its_series_is_not_built(*later: str) -> None:
    """Remove a part of a long series, and add those of LATER, before the view of the series is built again."""
    directed = Directed()
    for key in "abc":
        directed.saves(key, replace(text("/" + key), tags=("s",)))
    directed.runs()
    directed.saves("c", None)
    directed.runs(without="series")
    for key in later:
        directed.saves(key, replace(text("/" + key), tags=("s",)))
    directed.runs()
    rests(directed.cloud)


def renamed_while_it_is_rendered() -> None:
    """Render the deletion of the old file after each call of the render of the new one."""
    place, ended = 0, False
    while not ended:
        directed = Directed()
        directed.saves("a", text("/x", "words"))
        directed.runs()
        directed.saves("b", text("/y", "words"))
        directed.saves("a", None)
        directed.cloud.uploads.clear()
        copy = render(directed.cloud, "b")
        ended = any(next(copy, "over") == "over" for _ in range(place))
        ends(render(directed.cloud, "a"))
        ends(copy)
        directed.runs()
        rests(directed.cloud)
        place += 1


def moved_twice_while_it_is_rendered() -> None:
    """Render the first version of a post; after each call, two others at other addresses are published."""
    place, ended = 0, False
    while not ended:
        directed = Directed()
        directed.saves("a", text("/x"))
        slow = render(directed.cloud, directed.cloud.uploads.pop())
        ended = any(next(slow, "over") == "over" for _ in range(place))
        for path in ("/y", "/z"):
            directed.saves("a", text(path))
            directed.runs()
        ends(slow)
        directed.runs()
        rests(directed.cloud)
        assert directed.cloud.site.get("/y", {}).get("to") == "/z"
        place += 1


def refused_and_undone() -> None:
    """Upload the bytes from before a refused version, before anything was published for the sake of that."""
    directed = Directed()
    directed.saves("a", text("/x"))
    etag, _ = directed.cloud.source("a")
    directed.runs()
    directed.saves("a", replace(text("/x"), bad=True))
    directed.runs(without="path /x")
    directed.saves("a", text("/x"), etag)
    directed.runs()
    rests(directed.cloud)


DIRECTED: Mapping[str, Callable[[], None]] = {
    "a removed item does not rebuild its list": removed_before_it_was_counted,
    "an item that comes again is not another": removed_and_there_again,
    "a series that becomes long does not rebuild its parts": grown_beyond_the_limit,
    "a series is short for a while, and nobody sees it": partial(short_while_its_series_is_not_built, "d"),
    "a part that comes again to a series is not another": partial(short_while_its_series_is_not_built, "c"),
    "a new post registers its id after it looks for others": renamed_while_it_is_rendered,
    "a journal is written without a condition": moved_twice_while_it_is_rendered,
    "a good version after a refused one is not reported": refused_and_undone,
}
"""The histories that detect a mutation in place of random ones."""
