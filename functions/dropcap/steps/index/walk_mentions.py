"""2 index, for a file name with many mentions: rebuild the texts that mention it, one page of them per message."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from dropcap.aws.catalog import Catalog
from dropcap.aws.queues import Queue, ViewQueue
from dropcap.site import views
from dropcap.site.media import is_meant
from dropcap.steps.index.walk_references import PAUSE, texts_of
from dropcap.walk_contracts import WalkMentions

PAGE = 500
"""Most texts a step."""
PATHS = 100
"""Most changed files of one name in a message: their paths are 50 KB at most."""


def mentioning_file(
    catalog: Catalog, name: str, paths: Collection[str], after: str = ""
) -> tuple[set[str], str | None]:
    """Return the views of one page of the texts for which NAME may mean a file at one of PATHS; and its last sort key.

    The page begins after AFTER; the key is None for the last page.
    """
    page = catalog.media.mentioners(name, most=PAGE, after=after)
    present = catalog.media.existing(name, (path for item in page for some in item["paths"] for path in some))
    sources = {
        item["source"]
        for item in page
        if any(is_meant(path, some, present) for some in item["paths"] for path in paths)
    }
    wanted = {*map(views.report, sources), *texts_of(catalog.posts(sources).values())}
    return wanted, page[-1]["sk"] if len(page) == PAGE else None


def walk_mentions(catalog: Catalog, queue: ViewQueue, bulk: Queue, walk: WalkMentions) -> int:
    """Request the views of one page of the WALK, then queue the rest of it; return how many views."""
    wanted, last = mentioning_file(catalog, walk.name, walk.paths, walk.after)
    queue.send(dict.fromkeys(sorted(wanted), (walk.event, walk.cause)))
    if last:
        bulk.send(replace(walk, after=last), delay=PAUSE)
    return len(wanted)


def joined(walks: Iterable[WalkMentions]) -> list[WalkMentions]:
    """Return WALKS with one for all files of a name, or some if they are many.

    An import may change as many files of one name as there are texts that mention it.
    """
    groups: dict[tuple[str, str], list[WalkMentions]] = {}
    for walk in walks:
        groups.setdefault((walk.name, walk.after), []).append(walk)
    return [
        replace(some[-1], paths=tuple(dict.fromkeys(path for walk in some for path in walk.paths)))
        for group in groups.values()
        for some in (group[start : start + PATHS] for start in range(0, len(group), PATHS))
    ]
