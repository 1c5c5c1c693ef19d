"""Scripts in which a function crashes at a call, and other work happens before its messages are redelivered."""

from dropcap.aws.catalog import Catalog
from dropcap.steps.publish import page, path, report
from dropcap.steps.render import document
from dropcap_local.events.queue_source import QueueSource
from dropcap_local.events.stream_source import ShardSource
from support.authors import Text, Upload, edited
from support.mutations import Mutation
from support.staged_events import Play
from support.stories import AT_U, AT_V, INDEX_SENDS, RENDER_COMMITTED, A, B, Story, publish_writes

TEXT = Text("u", day=2)
"""The author puts another mark into each version, so that no two uploads of it are equal."""

JOURNAL = """\
    if journal != stored and (journal.addresses or journal.preview):
        tools.journals.swap(upload.key, journal, journal_etag)
"""


def _a_publisher_dies_before_its_first_page(play: Play) -> None:
    """Delay the page of a new post: the lists are built before it."""
    play.dies(publish_writes(AT_U))
    play.does(Upload(A, TEXT))


def _the_page_that_another_mentions_is_late(play: Play) -> None:
    """Delay the page to which another post links: the other's page is built before it."""
    play.does(Upload(B, Text("v", day=1, links=("a",))))
    play.dies(publish_writes(AT_U))
    play.does(Upload(A, TEXT))


def _the_page_at_a_new_address_is_late(play: Play) -> None:
    """Move a post, and delay its new page: the view of the old address is built first."""
    play.does(Upload(A, TEXT))
    play.dies(publish_writes(AT_V))
    play.does(Upload(A, edited(TEXT, slug="v")))


def _the_page_of_an_edit_is_late(play: Play) -> None:
    """Change a post's date, and delay its page: its claim requests a report, which is built before the page."""
    play.does(Upload(A, TEXT))
    play.dies(publish_writes(AT_U))
    play.does(Upload(A, edited(TEXT, day=TEXT.day + 1)))


def _render_dies_after_its_commit_and_the_post_moves(play: Play) -> None:
    """Crash render after its commit: the post is published all the same, and moves before the retry."""
    play.dies(RENDER_COMMITTED)
    play.does(Upload(A, TEXT))
    play.does(Upload(A, edited(TEXT, slug="v")))


def _index_dies_over_an_edit(play: Play) -> None:
    """Edit a post, and crash index before it requests the page."""
    play.does(Upload(A, TEXT))
    play.dies(INDEX_SENDS)
    play.does(Upload(A, TEXT))


CRASH_STORIES = (
    Story(
        "the list entry before the page",
        Mutation(
            page,
            "page",
            "    changed = context.put(",
            "    _show(context, owner, shown, gallery, text)\n    changed = context.put(",
        ),
        _a_publisher_dies_before_its_first_page,
        "*/u/, * nothing is*",
    ),
    Story(
        "a name before its page",
        Mutation(
            Catalog,
            "commit_post",
            "    deletes = [",
            "    card = card_item(post.live.card(post.key, '', post.site)) if post.live else {}\n"
            "    entries = keys.item_keys(post.key, post.live) if post.live else []\n"
            "    puts += [item_of(k, {**card, 'cause': cause}) for k in entries if k[0].startswith('NAME#')]\n"
            "    deletes = [",
        ),
        _the_page_that_another_mentions_is_late,
        "v/index.html leads to /u/, and nothing is there",
    ),
    Story(
        "a redirect before its target",
        Mutation(path, "_redirect", "if target and shown and shown.card.url == target:", "if target:"),
        _the_page_at_a_new_address_is_late,
        "/u/ redirects to /v/: nothing is there",
    ),
    Story(
        "a report that does not ask which version stands",
        Mutation(report, "_stands_at", "shown.etag == post.etag and ", ""),
        _the_page_of_an_edit_is_late,
        "posts/a.md is said to be published, but is not",
    ),
    Story(
        "the journal after the commit",
        Mutation(
            document,
            "_render_once",
            JOURNAL,
            "",
            also=(("    looked_again = (", f"{JOURNAL}    looked_again = ("),),
        ),
        _render_dies_after_its_commit_and_the_post_moves,
        "* leads to /u/, and nothing is there",
    ),
    Story(
        "a crashed view is not made again",
        Mutation(QueueSource, "finish", 'if record["messageId"] not in failed:', "if True:"),
        _the_page_of_an_edit_is_late,
        AT_U,
    ),
    Story(
        "a crashed record is lost",
        Mutation(
            ShardSource,
            "finish",
            "next((i for i, identifier in enumerate(batch.identifiers) if identifier in failed), len(batch.records))",
            "len(batch.records)",
        ),
        _index_dies_over_an_edit,
        AT_U,
    ),
)
