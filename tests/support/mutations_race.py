"""Scripts in which another step overtakes a step between its read and its write."""

from dropcap.aws.catalog import Catalog
from dropcap.aws.queues import ViewQueue
from dropcap.steps.index import change
from dropcap.steps.render import document
from support.authors import Delete, Text, Upload, edited
from support.mutations import Mutation
from support.staged_events import Play
from support.stories import (
    AT_U,
    AT_V,
    HOME,
    PUBLISH_COMMITS,
    RENDER_COMMITS,
    RENDER_COMMITTED,
    RENDER_LOOKED,
    A,
    B,
    C,
    Story,
    publish_writes,
)

TEXT = Text("u", day=2)
"""The author puts another mark into each version, so that no two uploads of it are equal."""


def _the_second_version_overtakes_the_first(play: Play) -> None:
    """Upload and publish the next version after render has read which version is the newest."""
    play.at(RENDER_LOOKED, lambda: play.does(Upload(A, TEXT)))
    play.does(Upload(A, TEXT))


def _a_whole_life_passes_before_a_commit(play: Play) -> None:
    """Before render commits a first version, publish a second elsewhere, and remove the source."""

    def moves_and_goes() -> None:
        play.does(Upload(A, edited(TEXT, slug="v")))
        play.do(Delete(A))

    play.at(RENDER_COMMITS, moves_and_goes)
    play.does(Upload(A, TEXT))


def _a_post_appears_while_home_is_made(play: Play) -> None:
    """Publish another post after the home page was read for a first one and before it is written."""
    play.does(Upload(A, TEXT))
    play.at(publish_writes(HOME), lambda: play.does(Upload(C, Text("w", day=4))))
    play.does(Upload(B, Text("v", day=3)))


def _neighbours_appear_together(play: Play) -> None:
    """Publish the post before it after a page has read its neighbours and before it is written and listed."""
    play.pace.views = 10  # all requests of the page are in one batch, and none is left to build it again
    play.at(publish_writes(AT_V), lambda: play.does(Upload(A, TEXT)))
    play.does(Upload(B, Text("v", day=3)))


def _a_post_is_shown_while_it_is_withdrawn(play: Play) -> None:
    """Remove a post as soon as it is rendered; before the removal is committed, publish the page."""

    def is_removed() -> None:
        play.at(RENDER_COMMITS, play.meanwhile)
        play.does(Delete(A))

    play.at(RENDER_COMMITTED, is_removed)
    play.does(Upload(A, TEXT))


def _a_post_is_withdrawn_while_it_is_shown(play: Play) -> None:
    """Make the post a draft after its page was written and before the lists are updated."""
    play.at(PUBLISH_COMMITS, lambda: play.does(Upload(A, edited(TEXT, draft=True))))
    play.does(Upload(A, TEXT))


READS_STATE = "site, before, shown = tools.catalog.site_and_post(upload.key)\n"
SOURCE_FIRST = Mutation(
    document,
    "_render_once",
    "return post.outcome if looked_again == (look.etag, site.token, translates) else None",
    "return post.outcome",
    also=((READS_STATE, "\n"), ("upload.key, MAXIMUM_BYTES)\n", f"upload.key, MAXIMUM_BYTES)\n    {READS_STATE}")),
)
"""A render that misses an edit between its look and its commit: each of the two rules alone prevents that."""

RACE_STORIES = (
    Story(
        "the source before the state, and no second look",
        SOURCE_FIRST,
        _the_second_version_overtakes_the_first,
        AT_U,
    ),
    Story(
        "a commit without its condition",
        Mutation(
            Catalog,
            "commit_post",
            "checks = [Check(keys.post_key(post.key), before.token if before else None)]",
            "checks = []",
        ),
        _a_whole_life_passes_before_a_commit,
        AT_V,
    ),
    Story(
        "two writers of one view",
        Mutation(ViewQueue, "send", '"MessageGroupId": _digest(view)', '"MessageGroupId": _digest(record + view)'),
        _a_post_appears_while_home_is_made,
        HOME,
    ),
    Story(
        "the page is not made again after its own entry",
        Mutation(
            change, "_list_item", "set() if change.old and change.new else {views.path(", "set() if 1 else {views.path("
        ),
        _neighbours_appear_together,
        AT_V,
    ),
    Story(
        "hidden without a condition on who shows it",
        Mutation(
            Catalog,
            "commit_post",
            "checks.append(Check(keys.shown_key(post.key), withdrawn.token if withdrawn else None))",
            "pass",
        ),
        _a_post_is_shown_while_it_is_withdrawn,
        HOME,
    ),
    Story(
        "shown without a condition on the post",
        Mutation(Catalog, "commit_shown", "Check(keys.post_key(post.key), post.token),", ""),
        _a_post_is_withdrawn_while_it_is_shown,
        HOME,
    ),
)
