"""The mistakes that the protocol's model must notice: each breaks one rule."""

from model import index, publish, render
from model.explorer import Explorer
from support.mutations import Mistake

WAKE = 'yield from wake(cloud, key, state["due"], bool(post and post["due"] is not None))'
LAST_LOOK = "if (cloud.source(key)[0], cloud.settings[-1]) == (etag, settings):"

PLANTED = {
    "no second look at the source": Mistake(
        render, "render", "if (cloud.source(key)[0], cloud.settings[-1]) == (etag, settings):", "if True:"
    ),
    "a commit without its condition": Mistake(
        render, "render", 'checks = [("POST#" + key, post["token"] if post else None)]', "checks = []"
    ),
    "no reference registered": Mistake(
        render, "register", "for name in text.links if text else ():", "for name in ():"
    ),
    "the journal after the commit": Mistake(render, "render", "if journal != Journal():", "if False:"),
    "a withdrawn post leaves nothing behind": Mistake(render, "claims", "if public else former", "if public else {}"),
    "withdrawn without a condition on who shows it": Mistake(
        render, "render", 'checks.append(("SHOWN#" + key, shown["token"] if shown else None))', "pass"
    ),
    "no schedule is set": Mistake(render, "wake", "cloud.schedules[key] = due", "pass"),
    "a schedule is set after the last look": Mistake(
        render,
        "render",
        f"{WAKE}\n        {LAST_LOOK}",
        f"{LAST_LOOK}\n            yield\n            {WAKE}",
    ),
    "a schedule is set for what is scheduled alone": Mistake(
        render, "render", 'state["due"], bool(', 'state["due"] if hidden else None, bool('
    ),
    "who comes looks only at who lives": Mistake(
        render, "left_behind", 'if sk != key for path in item["left"]', "if 0"
    ),
    "who comes is known too late": Mistake(render, "register", "if not cloud.get", "if 0 and not cloud.get"),
    "who goes tells nobody": Mistake(render, "render", "for name in journal.known_as:", "for name in ():"),
    "how a post was known is forgotten with it": Mistake(
        render, "found_again", "for name in journal.known_as}", "for name in (public.known_as if public else ())}"
    ),
    "what is gone is not walked over": Mistake(render, "walk", 'elif what == "content":', "elif False:"),
    "new settings reach only what lives": Mistake(
        index, "post_views", 'if len({image["settings"] for image in images}) > 1:', "if False:"
    ),
    "a preview outlives the draft": Mistake(
        index,
        "post_views",
        'for image in images if image["preview"]}',
        'for image in images[-1:] if image["preview"]}',
    ),
    "a preview is not told of names": Mistake(
        index, "mentions", 'return {f"preview {post[\'preview\']} {key}"} if post["preview"] else set()', "return set()"
    ),
    "nobody tells the next claimant": Mistake(index, "claim", '"path " + record[0][4:], *(', "*("),
    "neighbours are not told": Mistake(index, "entry", "(*neighbours(entries, sk), old, new)", "(old, new)"),
    "the page is not made again after its own entry": Mistake(
        index, "entry", "(*neighbours(entries, sk), old, new)", "neighbours(entries, sk)"
    ),
    "a redirect before its target": Mistake(
        publish,
        "publish_path",
        'elif rank == "2" and live and shown and shown["path"] == live.path:',
        'elif rank == "2" and live:',
    ),
    "a report that does not ask which version stands": Mistake(
        publish, "publish_report", 'shown["etag"] == post["etag"] and ', ""
    ),
    "the list entry before the page": Mistake(
        publish,
        "page",
        '    text: Text = post["live"]',
        '    yield from show(cloud, key, post, ())\n    text = post["live"]',
    ),
    "shown without a condition on the post": Mistake(
        publish, "show", 'checks = [("POST#" + key, post["token"]), ', "checks = ["
    ),
    "two writers of one view": Mistake(Explorer, "choices", "if waiting and view not in self.busy", "if waiting"),
    "a crashed record is lost": Mistake(Explorer, "act", "None if done else shard.appendleft(record)", "None"),
    "a crashed view is not made again": Mistake(Explorer, "act", "None if done else waiting.appendleft(1)", "None"),
}


LATER = {
    "no second look at the source": 4,
    "a commit without its condition": 3,
    "no reference registered": 6,
    "a withdrawn post leaves nothing behind": 14,
    "withdrawn without a condition on who shows it": 288,
    "a schedule is set after the last look": 464,
    "who comes looks only at who lives": 4,
    "who comes is known too late": 401,
    "who goes tells nobody": 60,
    "how a post was known is forgotten with it": 4,
    "what is gone is not walked over": 414,
    "new settings reach only what lives": 111,
    "a preview outlives the draft": 2,
    "a preview is not told of names": 15,
    "nobody tells the next claimant": 2,
    "neighbours are not told": 5,
    "the page is not made again after its own entry": 414,
    "a report that does not ask which version stands": 44,
    "shown without a condition on the post": 36,
    "a crashed record is lost": 44,
    "a crashed view is not made again": 13,
}
"""From which history on it shows, where that is late: nothing is lost by beginning there."""
