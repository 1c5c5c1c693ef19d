"""A site of any size, built view by view from cards: the real queries and templates on a table in memory.

Pages of the posts themselves are not built. Used where a build of the whole pipeline would take too long.
"""

import json
import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from werkzeug.wrappers import Request, Response

from dropcap.aws import catalog_keys as keys
from dropcap.aws.catalog import Catalog
from dropcap.aws.post_items import card_item
from dropcap.aws.site_bucket import SiteBucket, SiteObject
from dropcap.aws.table import Check, Item, Table
from dropcap.contracts import Cause
from dropcap.site import views
from dropcap.site.post import ItemKey, Snapshot
from dropcap.site.settings.model import SiteSettings
from dropcap.site.theme import Theme
from dropcap.steps.publish.context import JSON, PublishContext, PublishTools
from dropcap.steps.publish.context import KINDS as ASSET_KINDS
from dropcap.steps.publish.dispatch import publish_view
from dropcap_local.server.serving import Server
from support.posts import LIVE

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

SITE = SiteSettings.default("https://journal.example")
TEMPLATES = Path(__file__).parents[2] / "templates"
ORDER = ("month-sum", "search-shard", "search-year", "tag-sum", "tag-total", "")
"""Kinds of views, by the beginnings of their names: a view that reads a sum comes after the one that writes it."""
PLAIN = replace(LIVE, tags=(), authors=(), names=(), summary="")
"""A post that is only in the list of all posts: no tag or author leads to it."""
KINDS = {**ASSET_KINDS, ".json": JSON}
LINK = re.compile(r'<a [^>]*href="(/[^"#?]*)')


class MemoryTable(Table):
    """The table in memory: the same answers to `get` and `query`, items in order of their sort keys."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(cast("DynamoDBClient", None), "Catalog")
        self._items: dict[str, dict[str, Item]] = {}
        self._sorts: dict[str, list[str]] = {}

    def get(self, key: ItemKey) -> Item | None:
        """Return the item at KEY."""
        return self._items.get(key[0], {}).get(key[1])

    def get_all(self, keys: Iterable[ItemKey]) -> dict[ItemKey, Item]:
        """Return those items under KEYS that exist."""
        return {key: item for key in keys if (item := self.get(key))}

    def query(
        self, pk: str, *, most: int, newest_first: bool = False, where: Mapping[str, str] | None = None
    ) -> list[Item]:
        """Return at MOST so many items of PK in order, bounded as in `Table.query`."""
        sorts, bounds = self._sorts.get(pk, []), where or {}
        start, after = bounds.get("start", ""), bounds.get("after", "")
        first = bisect_left(sorts, max(start, after + "\0" if after else ""))
        last = bisect_left(sorts, bounds["before"]) if "before" in bounds else len(sorts)
        chosen = [sort for sort in sorts[first:last] if sort.startswith(start)]
        return [self._items[pk][sort] for sort in (chosen[::-1] if newest_first else chosen)[:most]]

    def put_all(self, items: Iterable[Item]) -> None:
        """Write ITEMS."""
        for item in items:
            if item["sk"] not in self._items.setdefault(item["pk"], {}):
                insort(self._sorts.setdefault(item["pk"], []), item["sk"])
            self._items[item["pk"]][item["sk"]] = item

    def put_changed(self, item: Item, attributes: Iterable[str]) -> None:
        """Write ITEM, unless the one under its key has the same values of ATTRIBUTES."""
        old = self.get((item["pk"], item["sk"])) or {}
        if any(name not in old or old[name] != item[name] for name in attributes):
            self.put_all([item])

    def commit(self, puts: Iterable[Item], deletes: Iterable[ItemKey] = (), checks: Iterable[Check] = ()) -> None:
        """Write PUTS and DELETES; there is only one writer, so that CHECKS always pass."""
        del checks
        self.put_all(puts)
        for pk, sort in deletes:
            if self._items.get(pk, {}).pop(sort, None):
                self._sorts[pk].remove(sort)


class MemoryBucket(SiteBucket):
    """The site bucket in memory, by URL path."""

    def __init__(self) -> None:
        """Start empty."""
        self.objects: dict[str, bytes] = {}

    def write(self, path: str, what: SiteObject, *, is_new: bool = False) -> bool:
        """Write WHAT at PATH."""
        changed = is_new or self.objects.get(path) != what.body
        self.objects[path] = what.body
        return changed

    def remove(self, path: str) -> bool:
        """Delete the object at PATH."""
        return self.objects.pop(path, None) is not None


class GeneratedSite:
    """A site of posts that can be added and removed; `build` writes every list that reads them."""

    def __init__(self, site: SiteSettings = SITE) -> None:
        """Start without posts, with the settings SITE."""
        self._table, self._bucket, self._views = MemoryTable(), MemoryBucket(), set[str]()
        theme, unused = Theme(TEMPLATES), cast("Any", None)
        tools = PublishTools(
            catalog=Catalog(self._table, site.url), bucket=self._bucket, fragments=unused, bodies=unused,
            reports=unused, theme=theme, token=unused, renditions=unused,
        )  # fmt: skip
        self._context = PublishContext(tools, site, Cause("posts/x.md", "e1", "2025-01-01T00:00:00Z"))
        self._bucket.objects |= theme.asset_files()

    def add(self, title: str, day: str, words: str = "") -> str:
        """Add a post of DAY (`2025-03-14`) with a TITLE and the WORDS of its text; return its address."""
        path = "/" + re.sub(r"\W+", "-", title.lower()).strip("-") + "/"
        self.add_post(
            replace(PLAIN, title=title, path=path, sort=f"{day}T09:00:00", published=f"{day}T09:00:00+00:00"), words
        )
        return path

    def add_post(self, live: Snapshot, words: str = "") -> None:
        """Add the post LIVE with the WORDS of its text."""
        key = f"posts/{live.path.strip('/')}.md"
        card = card_item(live.card(key, "", ""))
        for pk, sort in keys.item_keys(key, live):
            self._table.put_all([{"pk": pk, "sk": sort, **card, "words": words, "cause": {}}])
            self._views |= views.of_list(pk.partition("#")[2], sort) if pk.startswith("LIST#") else set()

    def build(self) -> dict[str, bytes]:
        """Build every view that reads a list item, sums before the views that read them; return all objects."""
        wanted = {view for view in (*self._views, *views.EVERYWHERE) if not view.split(" ")[0].endswith("feed")}
        ordered = sorted(
            wanted, key=lambda view: (next(n for n, kind in enumerate(ORDER) if view.startswith(kind)), view)
        )
        # The sum of a year that is no single shard requests the year's months, which were built before it.
        for view in (*ordered, *(view for view in ordered if view.startswith("search-shard"))):
            publish_view(self._context, view)
        return self._bucket.objects

    def clicks(self) -> dict[str, int]:
        """Return how many links each address is away from the home page, on the pages that are built."""
        objects, distances, front = self._bucket.objects, {"/": 0}, ["/"]
        while front:
            path = front.pop(0)
            for link in LINK.findall(objects.get(path, b"").decode()):
                if link not in distances:
                    distances[link] = distances[path] + 1
                    front.append(link)
        return distances

    def shards(self) -> list[dict[str, Any]]:
        """Return the list of the shards of the search."""
        listed: list[dict[str, Any]] = json.loads(self._bucket.objects["/search/index.json"])
        return listed


@contextmanager
def served(objects: Mapping[str, bytes]) -> Iterator[str]:
    """Serve OBJECTS on this machine for as long as the block runs; return the address."""

    def answer(request: Request) -> Response:
        if request.path not in objects:
            return Response(status=404)
        kind = KINDS.get(Path(request.path).suffix, "text/html; charset=utf-8")
        return Response(objects[request.path], content_type=kind)

    with Server(Request.application(answer)) as server:
        yield server.address
