"""Work in bulk, a page of keys per message: every source is reached once, and each walk ends."""

from dataclasses import replace
from typing import Any

from dropcap.aws import catalog_keys as keys
from dropcap.aws.post_items import post_item
from dropcap.aws.table import Item, item_of
from dropcap.contracts import CONTENT, Cause, Message, UploadSeen
from dropcap.site import views
from dropcap.site.post import DRAFT, REMOVED, Post
from dropcap.site.settings.model import SITE_KEY
from dropcap.steps.index import walk_content, walk_mentions, walk_pages, walk_references
from dropcap.steps.index.catalog_change import Change
from dropcap.steps.index.change import affected_views
from dropcap.walk_contracts import WalkContent, WalkJournals, WalkMentions, WalkPages
from support.memory_table import memory_catalog
from support.posts import LIVE, post

CAUSE = Cause("", "", "2026-03-16T09:00:00Z")
NAMES = [f"posts/{number:03}.md" for number in range(walk_pages.PAGE + 1)]


class Folder:
    """A folder of the content bucket with the source keys NAMES, which are read as keys or as keys with ETags."""

    def __init__(self, *names: str) -> None:
        self._names = sorted(names)

    def keys(self, prefix: str, after: str, most: int) -> list[str]:
        """Return at MOST so many names with PREFIX after AFTER."""
        assert most > 0
        return [name for name in self._names if name.startswith(prefix) and name > after][:most]

    def walk(self, prefix: str, after: str, most: int) -> Any:  # noqa: ANN401  # as of journals
        """Return what a walk over the journals returns."""
        return self.keys(prefix, after, most)


class SourceFolder(Folder):
    """The folder of sources."""

    def walk(self, prefix: str, after: str, most: int) -> Any:  # noqa: ANN401  # as of sources
        """Return what a walk over the sources returns."""
        return [(name, "etag") for name in self.keys(prefix, after, most)]


class Sent:
    """A queue that keeps the messages with their delays, or the views that are requested."""

    def __init__(self) -> None:
        self.messages: list[tuple[Message, int]] = []
        self.views: list[dict[str, tuple[str, Cause]]] = []

    def send(self, message: Any, *, delay: int = 0) -> None:  # noqa: ANN401  # of two kinds of queues
        """Keep MESSAGE."""
        if isinstance(message, dict):
            self.views.append(message)
        else:
            self.messages.append((message, delay))

    def send_all(self, messages: Any) -> None:  # noqa: ANN401  # any messages
        """Keep MESSAGES."""
        self.messages += [(message, 0) for message in messages]


def content(sources: Folder, walk: WalkContent) -> tuple[int, list[tuple[Message, int]], list[tuple[Message, int]]]:
    """Take a step of WALK; return its count, the messages to render, and those to the walk itself."""
    folder: Any = sources
    uploads: Any = Sent()
    bulk: Any = Sent()
    return walk_content.walk_content(folder, uploads, bulk, walk), uploads.messages, bulk.messages


def test_a_full_page_of_sources_is_followed_by_the_next_page() -> None:
    """From its last key on, a little later."""
    count, uploads, bulk = content(SourceFolder(*NAMES), WalkContent("posts/", "", CAUSE))
    assert walk_content.PAGE == count
    assert [(UploadSeen(name, CAUSE), 0) for name in NAMES[:-1]] == uploads
    assert [(WalkContent("posts/", NAMES[-2], CAUSE), walk_content.PAUSE)] == bulk


def test_the_last_page_of_sources_is_followed_by_the_journals() -> None:
    """Settings are not read again; a walk that they cause would start over for ever."""
    folder = SourceFolder(*NAMES, SITE_KEY, "pages/a.md")
    count, uploads, bulk = content(folder, WalkContent("", NAMES[-2], CAUSE))
    assert ([(UploadSeen(NAMES[-1], CAUSE), 0)], 2) == (uploads, count)
    assert [(WalkJournals("", "", CAUSE), walk_content.PAUSE)] == bulk


def test_journals_of_removed_sources_are_read_again() -> None:
    """The walk over the sources has reached the others."""
    removed, drafted = post(None, outcome=REMOVED, key=NAMES[0]), post(None, outcome=DRAFT, key=NAMES[1])
    catalog = memory_catalog(*(item_of(keys.post_key(state.key), post_item(state)) for state in (removed, drafted)))
    uploads, bulk = Sent(), Sent()
    queues: Any = (uploads, bulk)
    for names, after in ((NAMES, ""), (NAMES[:3], NAMES[0])):
        folder: Any = Folder(*names)
        walk_content.walk_journals(folder, catalog, queues, WalkJournals("posts/", after, CAUSE))
    first, second = [NAMES[0], *NAMES[2:-1]], [NAMES[2]]
    assert [UploadSeen(name, CAUSE) for name in (*first, *second)] == [message for message, _ in uploads.messages]
    assert [(WalkJournals("posts/", NAMES[-2], CAUSE), walk_content.PAUSE)] == bulk.messages


def pages(sources: Folder, journals: Folder, walk: WalkPages, *posts: Post) -> tuple[set[str], list[Any]]:
    """Take a step of WALK over POSTS; return the views that it requests, and the messages to the walk itself."""
    queue, bulk = Sent(), Sent()
    catalog = memory_catalog(*(item_of(keys.post_key(state.key), post_item(state)) for state in posts))
    folders: Any = (sources, journals)
    queues: Any = (queue, bulk)
    count = walk_pages.walk_pages(folders, catalog, queues, walk)
    (wanted,) = queue.views
    assert {(event, cause) for event, cause in wanted.values()} <= {(walk.event, CAUSE), (f"{walk.event} end", CAUSE)}
    assert len(wanted) == count
    return set(wanted), bulk.messages


def test_the_pages_of_the_site_are_requested_folder_by_folder() -> None:
    """Sources, then removed ones, then the masthead once more, when pages no longer show its former pictures."""
    live, gone = post(key=NAMES[0]), post(None, outcome=REMOVED, key=NAMES[1])
    gone_too = Post(
        NAMES[2], REMOVED, "e", "t", "", None, (), (), keys.claim_keys(NAMES[2], None, ["/gone/"]), CAUSE
    )  # fmt: skip
    sources, journals = SourceFolder(NAMES[0]), Folder(*NAMES[:3])
    first = WalkPages(CONTENT.rstrip("/"), "", "event", CAUSE)
    wanted, bulk = pages(sources, journals, first, live, gone, gone_too)
    assert {"path /naps/", "month 2025-03", "author a-author", "home", "archive"} < wanted
    assert "path /gone/" not in wanted
    second = WalkPages("history", "", "event", CAUSE)
    assert [(second, walk_pages.PAUSE)] == bulk
    wanted, bulk = pages(sources, journals, second, live, gone, gone_too)
    assert {"path /gone/"} == wanted
    third = WalkPages("end", "", "event", CAUSE)
    assert [(third, walk_pages.UNTIL_BUILT)] == bulk
    assert ({views.NAVIGATION}, []) == pages(sources, journals, third)


def test_a_full_page_of_posts_is_followed_by_the_next_page() -> None:
    """Views of every site are requested with the first page only."""
    walk = WalkPages("content", "", "event", CAUSE)
    posts = [post(LIVE, key=name) for name in NAMES]
    wanted, bulk = pages(SourceFolder(*NAMES), Folder(), walk, *posts)
    assert "home" in wanted
    following = WalkPages("content", NAMES[-2], "event", CAUSE)
    assert [(following, walk_pages.PAUSE)] == bulk
    wanted, bulk = pages(SourceFolder(*NAMES), Folder(), following, *posts)
    assert "home" not in wanted
    assert "path /naps/" in wanted


def bundles(count: int) -> list[Item]:
    """Return the items of COUNT texts, each of which mentions the `cover.jpg` beside it; every second one is there."""
    items = []
    for number in range(count):
        key, path = f"posts/{number:04}/index.md", f"posts/{number:04}/cover.jpg"
        live = replace(LIVE, path=f"/{number:04}/", sort=f"2025-01-01T{number // 60:02}:{number % 60:02}:00")
        reference = keys.references_to(keys.mentions_of("cover.jpg")), keys.item_sort(live.sort, key)
        paths = {"paths": [[path, "cover.jpg"]], "source": key, "token": "t", "cause": CAUSE.to_item()}
        items += [item_of(reference, paths), item_of(keys.post_key(key), post_item(post(live, key=key)))]
        if number % 2:
            items.append(item_of((keys.files_named("cover.jpg"), f"{path}#mark"), {"source": path, "digest": "d"}))
    return items


def cover(path: str) -> Change:
    """Return the record of a `cover.jpg` that has appeared at PATH."""
    return Change("event", keys.files_named("cover.jpg"), f"{path}#mark", None, {"cause": CAUSE.to_item()})


def test_texts_that_mention_a_file_are_walked_page_by_page() -> None:
    """The record requests the first page of those that could mean the file, a message the rest."""
    count = walk_mentions.PAGE + 5
    catalog = memory_catalog(*bundles(count))
    affected = affected_views(cover("cover.jpg"), catalog)
    first = {view for number in range(0, walk_mentions.PAGE, 2) for view in of_bundle(number)}
    assert first == affected.views
    last = f"2025-01-01T08:19:00#posts/{walk_mentions.PAGE - 1:04}/index.md"
    assert WalkMentions("cover.jpg", ("cover.jpg",), last, "event", CAUSE) == affected.many
    assert isinstance(affected.many, WalkMentions)
    queue: Any = Sent()
    bulk: Any = Sent()
    assert 6 == walk_mentions.walk_mentions(catalog, queue, bulk, affected.many)
    assert {*of_bundle(500), *of_bundle(502), *of_bundle(504)} == set(*queue.views)
    assert [] == bulk.messages
    walk = replace(affected.many, after="")
    walk_mentions.walk_mentions(catalog, queue, bulk, walk)
    assert [(affected.many, walk_references.PAUSE)] == bulk.messages


def of_bundle(number: int) -> set[str]:
    """Return the views of the text of NUMBER that shows a file."""
    return {views.path(f"/{number:04}/"), views.report(f"posts/{number:04}/index.md")}


def test_the_newest_text_has_the_file_beside_it_at_any_number_of_texts() -> None:
    """Only its own page is rebuilt, and nothing for the file of another bundle."""
    count = walk_mentions.PAGE + 5
    catalog = memory_catalog(*bundles(count))
    affected = affected_views(cover(f"posts/{count - 2:04}/cover.jpg"), catalog)
    assert isinstance(affected.many, WalkMentions)
    queue: Any = Sent()
    bulk: Any = Sent()
    walk_mentions.walk_mentions(catalog, queue, bulk, affected.many)
    assert of_bundle(count - 2) <= set(*queue.views)
    assert not of_bundle(count - 4) & set(*queue.views)


def test_the_files_of_one_name_in_a_batch_are_walked_together() -> None:
    """A message has a bounded number of paths, and each is in one."""
    some = [WalkMentions("a.png", (f"{number}/a.png",), "s", f"e{number}", CAUSE) for number in range(150)]
    other = WalkMentions("b.png", ("b.png",), "s", "e", CAUSE)
    first, second, third = walk_mentions.joined([*some, other])
    assert (some[99].event, some[149].event, other) == (first.event, second.event, third)
    assert [path for walk in some for path in walk.paths] == [*first.paths, *second.paths]
    assert walk_mentions.PATHS == len(first.paths)
