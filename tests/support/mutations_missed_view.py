"""Scripts in which a change must rebuild the views of another post.

The record of a post that leaves an address also rebuilds the address for the next claimant. Only a claim's own record
rebuilds a former address: hence the script for "the next claimant is not rebuilt".
"""

from dropcap.aws import catalog_keys as keys
from dropcap.aws.references import References
from dropcap.steps.index import change
from support.authors import Delete, Text, Upload, edited
from support.mutations import Mutation
from support.staged_events import Play
from support.stories import AT_U, HOME, A, B, C, Story, publish_writes

TEXT = Text("u", day=2)
"""The author puts another mark into each version, so that no two uploads of it are equal."""


def _a_name_appears(play: Play) -> None:
    """Mention a post that does not exist yet; then upload it, and not as a neighbour, which would be rebuilt anyway."""
    play.does(Upload(A, edited(TEXT, links=("b",))))
    play.does(Upload(C, Text("w", day=3)), Upload(B, Text("v", day=4)))


def _a_later_post_appears(play: Play) -> None:
    """Upload a post, and then a later one."""
    play.does(Upload(A, TEXT), Upload(B, Text("v", day=3)))


def _a_post_moves_and_goes(play: Play) -> None:
    """Move a post to another address, and then remove it: the first has no page left to redirect to."""
    play.does(Upload(A, TEXT), Upload(A, edited(TEXT, slug="v")), Delete(A))


def _a_post_becomes_a_draft(play: Play) -> None:
    """Withdraw a post, and delay the home page: the view of the post's address is built before it."""
    play.does(Upload(A, TEXT))
    play.dies(publish_writes(HOME))
    play.does(Upload(A, edited(TEXT, draft=True)))


MISSED_VIEW_STORIES = (
    Story(
        "no reference registered",
        Mutation(References, "register", "for name in live.links", "for name in ()"),
        _a_name_appears,
        AT_U,
    ),
    Story(
        "neighbours are not rebuilt",
        Mutation(
            change,
            "_list_item",
            "affected |= {views.path(card.url) for card in catalog.lists.neighbours(sort, key) if card}",
            "pass",
        ),
        _a_later_post_appears,
        AT_U,
    ),
    Story(
        "the next claimant is not rebuilt",
        Mutation(change, "_claim", "{views.path(path), *map(", "{*map("),
        _a_post_moves_and_goes,
        "* redirects to /v/, which is not a page",
    ),
    Story(
        "a withdrawn post leaves nothing behind",
        Mutation(keys, "claim_keys", "if live else former", "if live else ()"),
        _a_post_becomes_a_draft,
        "* leads to /u/, and nothing is there",
    ),
)
