"""Scripts with scheduled posts, renamed files, and settings that must reach removed posts."""

from dropcap.steps.index import change_of_post, walk_content
from dropcap.steps.render import document, related_sources, schedule
from support.authors import Delete, NewSettings, Rename, Text, TimePasses, Upload, edited
from support.mutations import Mutation
from support.staged_events import Moment, Play
from support.stories import AT_U, RENDER_COMMITS, A, B, Story

TEXT = Text("u", day=2)
UNNAMED = Text("", day=2)
"""A post whose address is made of its file's name."""
AT_A = "a/index.html"
SCHEDULES = Moment("RenderFunction", "before", "CreateSchedule")
WAKE = "    schedule_render(tools.schedules, tools.uploads, post, before, look.now)\n"
LOOK = """    looked_again = (
        _etag(tools.sources.head(upload.key)),
        tools.catalog.site().token,
        has_original(tools.sources, upload.key, site),
    )
"""


def _a_post_is_waited_for(play: Play) -> None:
    """Upload a post that appears in two hours, and let three pass."""
    play.does(Upload(A, edited(TEXT, hours=2)), TimePasses(3))


def _a_post_expires(play: Play) -> None:
    """Upload a post that expires in two hours, and let three pass."""
    play.does(Upload(A, edited(TEXT, expires=2)), TimePasses(3))


def _a_post_is_rescheduled_while_it_is_scheduled(play: Play) -> None:
    """Before render sets a schedule for tomorrow, upload and render a version that appears in two hours."""
    play.at(SCHEDULES, lambda: play.does(Upload(A, edited(TEXT, hours=2))))
    play.does(Upload(A, edited(TEXT, hours=30)), TimePasses(3))


def _a_draft_is_published(play: Play) -> None:
    """Publish a draft."""
    play.does(Upload(A, edited(TEXT, draft=True)), Upload(A, TEXT))


def _a_copy_is_made_and_the_file_removed(play: Play) -> None:
    """Rename a file, as S3 clients do: the copy comes before the removal."""
    play.does(Upload(A, UNNAMED), Rename(A, B, deleted_first=False))


def _a_file_is_removed_and_comes_again(play: Play) -> None:
    """Rename a file, and let its removal come first."""
    play.does(Upload(A, UNNAMED))
    source, mark = play.author.there[A]
    play.does(Delete(A))
    play.saves(B, source, mark)
    play.meanwhile()


def _a_file_is_removed_while_its_copy_is_rendered(play: Play) -> None:
    """Render a copy; before its commit, remove the original file."""
    play.does(Upload(A, UNNAMED))
    play.at(RENDER_COMMITS, lambda: play.does(Delete(A)))
    play.saves(B, *play.author.there[A])
    play.meanwhile()


def _a_site_changes_its_language_when_a_post_is_gone(play: Play) -> None:
    """Remove a post, and then change the site's language: the address answers "gone" in that language.

    A new title would not do: it changes the site's own card, and so every page by way of the masthead.
    """
    play.does(NewSettings("Another", "UTC"), Upload(A, TEXT), Delete(A), NewSettings("Another", "UTC", language="de"))


LIFECYCLE_STORIES = (
    Story(
        "no schedule is set",
        Mutation(schedule, "schedule_render", "schedules.set(due, message)", "pass"),
        _a_post_is_waited_for,
        AT_U,
    ),
    Story(
        "only what is scheduled has a schedule",
        Mutation(
            schedule,
            "schedule_render",
            "if due and due - now >= SOON:",
            "if due and post.hidden:",
            (("    if due and due > now:\n", "    if 0:\n"),),
        ),
        _a_post_expires,
        AT_U,
    ),
    Story(
        "a schedule is set after the last look",
        Mutation(document, "_render_once", WAKE + LOOK, LOOK + WAKE),
        _a_post_is_rescheduled_while_it_is_scheduled,
        AT_U,
    ),
    Story(
        "a preview outlives its draft",
        Mutation(
            change_of_post,
            "views_of_post",
            'for image in change.images if image.get("preview")',
            'for image in change.images[-1:] if image.get("preview")',
        ),
        _a_draft_is_published,
        "preview/*",
    ),
    Story(
        "a removed post does not notify the one that took over its id",
        Mutation(related_sources, "request_renamed", "uploads.send_all(", "tuple("),
        _a_copy_is_made_and_the_file_removed,
        AT_A,
    ),
    Story(
        "a new post ignores removed posts with its id",
        Mutation(document, "_remembered", "in tools.catalog.references.left_behind(stored)", "in ()"),
        _a_file_is_removed_and_comes_again,
        AT_A,
    ),
    Story(
        "a new post registers its id after it looks for others",
        Mutation(document, "_register", "if post.live:", "if False:"),
        _a_file_is_removed_while_its_copy_is_rendered,
        AT_A,
    ),
    Story(
        "a walk skips removed posts",
        Mutation(
            walk_content,
            "walk_content",
            'bulk.send(WalkJournals(walk.prefix, "", walk.cause), delay=PAUSE)',
            "pass",
        ),
        _a_site_changes_its_language_when_a_post_is_gone,
        AT_U,
    ),
    Story(
        "new settings do not reach removed posts",
        Mutation(
            change_of_post, "views_of_post", 'if len({image["site"] for image in change.images}) > 1:', "if False:"
        ),
        _a_site_changes_its_language_when_a_post_is_gone,
        AT_U,
    ),
)
