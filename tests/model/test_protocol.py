"""The protocol itself, before any code: random histories hold, and every rule that keeps them whole is needed."""

from types import ModuleType

import pytest

from model import explorer, index, publish, render
from model.explorer import Explorer, rests
from support.planting import Mistake, planted

HISTORIES = 150
ENOUGH = 1_500
"""So many histories are looked through for what a planted mistake does; most need a few dozen."""


def mistake(owner: ModuleType | type, name: str, line: str, instead: str) -> Mistake:
    """Give what is broken: LINE of the function NAME, which says INSTEAD."""
    return Mistake(owner, name, line, instead)


PLANTED = {
    "no second look at the source": mistake(
        render, "render", "if (cloud.source(key)[0], cloud.settings[-1]) == (etag, settings):", "if True:"
    ),
    "a commit without its condition": mistake(
        render, "render", 'checks = [("POST#" + key, post["token"] if post else None)]', "checks = []"
    ),
    "no reference registered": mistake(render, "register", "for name in text.links if text else ():", "for name in ():"),
    "the journal after the commit": mistake(render, "render", "if journal != Journal():", "if False:"),
    "a withdrawn post leaves nothing behind": mistake(
        render, "claims", "if public else former", "if public else {}"
    ),
    "withdrawn without a condition on who shows it": mistake(
        render, "render", 'checks.append(("SHOWN#" + key, shown["token"] if shown else None))', "pass"
    ),
    "no schedule is set": mistake(render, "wake", "cloud.schedules[key] = due", "pass"),
    "a schedule is set after the last look": mistake(
        render,
        "render",
        'yield from wake(cloud, key, state["due"], bool(post and post["due"] is not None))\n'
        "        if (cloud.source(key)[0], cloud.settings[-1]) == (etag, settings):",
        "if (cloud.source(key)[0], cloud.settings[-1]) == (etag, settings):\n"
        '            yield\n            yield from wake(cloud, key, state["due"], bool(post and post["due"] is not None))',
    ),
    "a schedule is set for what is scheduled alone": mistake(
        render, "render", 'state["due"], bool(', 'state["due"] if hidden else None, bool('
    ),
    "who comes looks only at who lives": mistake(render, "left_behind", 'if sk != key for path in item["left"]', "if 0"),
    "who comes is known too late": mistake(render, "register", "if not cloud.get", "if 0 and not cloud.get"),
    "who goes tells nobody": mistake(render, "render", "for name in journal.known_as:", "for name in ():"),
    "how a post was known is forgotten with it": mistake(
        render, "found_again", "for name in journal.known_as}", "for name in (public.known_as if public else ())}"
    ),
    "what is gone is not walked over": mistake(render, "walk", 'elif what == "content":', "elif False:"),
    "new settings reach only what lives": mistake(
        index, "post_views", 'if len({image["settings"] for image in images}) > 1:', "if False:"
    ),
    "a preview outlives the draft": mistake(
        index,
        "post_views",
        'for image in images if image["preview"]}',
        'for image in images[-1:] if image["preview"]}',
    ),
    "a preview is not told of names": mistake(
        index, "mentions", 'return {f"preview {post[\'preview\']} {key}"} if post["preview"] else set()', "return set()"
    ),
    "nobody tells the next claimant": mistake(index, "index", '"path " + name, *(', "*("),
    "neighbours are not told": mistake(index, "index", "(*neighbours(entries, sk), old, new)", "(old, new)"),
    "the page is not made again after its own entry": mistake(
        index, "index", "(*neighbours(entries, sk), old, new)", "neighbours(entries, sk)"
    ),
    "a redirect before its target": mistake(
        publish, "publish_path", 'elif rank == "2" and live and shown and shown["path"] == live.path:',
        'elif rank == "2" and live:',
    ),
    "a report that does not ask which version stands": mistake(
        publish, "publish_report", 'shown["etag"] == post["etag"] and ', ""
    ),
    "the list entry before the page": mistake(
        publish, "page", '    text: Text = post["live"]', '    yield from show(cloud, key, post, ())\n    text = post["live"]'
    ),
    "shown without a condition on the post": mistake(
        publish, "show", 'checks = [("POST#" + key, post["token"]), ', "checks = ["
    ),
    "two writers of one view": mistake(Explorer, "choices", "if waiting and view not in self.busy)", "if waiting)"),
    "a crashed record is lost": mistake(
        Explorer, "act", "lambda done: done or cloud.stream[what].appendleft(record)", "lambda done: done"
    ),
    "a crashed view is not made again": mistake(
        Explorer, "act", "lambda done: done or waiting.appendleft(1)", "lambda done: done"
    ),
}  # fmt: skip


def found(seeds: range) -> int | None:
    """Give the first of SEEDS whose history does not end well."""
    for seed in seeds:
        try:
            rests(Explorer(seed).run(20))
        except (AssertionError, KeyError, TypeError, AttributeError, IndexError):
            return seed
    return None


def test_every_history_holds() -> None:
    """No reader meets a dead link or a hidden text, no report lies, and at rest the site is as an empty stack's."""
    for seed in range(HISTORIES):
        rests(Explorer(seed).run(20))


@pytest.mark.parametrize("name", PLANTED)
def test_every_rule_is_needed(name: str) -> None:
    """With one rule broken, some history ends badly."""
    with planted(PLANTED[name]):
        assert found(range(ENOUGH)) is not None
