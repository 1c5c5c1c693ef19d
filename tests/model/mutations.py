"""The mutations that the protocol's model must detect: each breaks one rule."""

from model import index, publish, render
from model.explorer import Explorer
from support.mutations import Mutation

WAKE = 'yield from wake(cloud, key, state["due"], bool(post and post["due"] is not None))'
LAST_LOOK = "if (cloud.source(key)[0], cloud.settings[-1]) == (etag, settings):"

MUTATIONS = {
    "no second look at the source": Mutation(
        render, "render", "if (cloud.source(key)[0], cloud.settings[-1]) == (etag, settings):", "if True:"
    ),
    "a commit without its condition": Mutation(
        render, "render", 'checks = [("POST#" + key, post["token"] if post else None)]', "checks = []"
    ),
    "no reference registered": Mutation(
        render, "register", "for name in text.links if text else ():", "for name in ():"
    ),
    "the journal after the commit": Mutation(render, "remember", "if journal == stored:", "if True:"),
    "a withdrawn post leaves nothing behind": Mutation(render, "claims", "if public else former", "if public else {}"),
    "withdrawn without a condition on who shows it": Mutation(
        render, "render", 'checks.append(("SHOWN#" + key, shown["token"] if shown else None))', "pass"
    ),
    "no schedule is set": Mutation(render, "wake", "cloud.schedules[key] = due", "pass"),
    "a schedule is set after the last look": Mutation(
        render,
        "render",
        f"{WAKE}\n        {LAST_LOOK}",
        f"{LAST_LOOK}\n            yield\n            {WAKE}",
    ),
    "a schedule is set for what is scheduled alone": Mutation(
        render, "render", 'state["due"], bool(', 'state["due"] if hidden else None, bool('
    ),
    "a new post ignores removed posts with its id": Mutation(
        render, "left_behind", 'if sk != key for path in item["left"]', "if 0"
    ),
    "a new post registers its id after it looks for others": Mutation(
        render, "register", "if not cloud.get", "if 0 and not cloud.get"
    ),
    "a removed post does not notify the one that took over its id": Mutation(
        render, "render", "for name in journal.known_as:", "for name in ():"
    ),
    "the ids of a removed post are forgotten": Mutation(
        render, "found_again", "for name in journal.known_as}", "for name in (public.known_as if public else ())}"
    ),
    "a walk skips removed posts": Mutation(render, "walk", 'elif what == "content":', "elif False:"),
    "new settings do not reach removed posts": Mutation(
        index, "post_views", 'if len({image["settings"] for image in images}) > 1:', "if False:"
    ),
    "a preview outlives the draft": Mutation(
        index,
        "post_views",
        'for image in images if image["preview"]}',
        'for image in images[-1:] if image["preview"]}',
    ),
    "a new name does not rebuild previews": Mutation(
        index, "mentions", 'return {f"preview {post[\'preview\']} {key}"} if post["preview"] else set()', "return set()"
    ),
    "the next claimant is not rebuilt": Mutation(index, "claim", '"path " + record[0][4:], *(', "*("),
    "a new post that waits for its address is not reported": Mutation(
        index,
        "claim",
        'if new and not old and claims and claims[0][0] == record[1] and claims[0][0].startswith("1"):',
        "if new and not old:",
    ),
    "neighbours are not rebuilt": Mutation(index, "entry", "(*neighbours(entries, sk), *own)", "own"),
    "the page is not made again after its own entry": Mutation(
        index, "entry", "(*neighbours(entries, sk), *own)", "neighbours(entries, sk)"
    ),
    "a sum does not name what it counts": Mutation(publish, "publish", '"members": members', '"members": []'),
    "a removed item does not rebuild its list": Mutation(index, "entry", "if old:", "if old and new:"),
    "an item that comes again is not another": Mutation(
        publish, "publish", 'members = [(sk, entry["token"])', "members = [sk"
    ),
    "a series that becomes long does not rebuild its parts": Mutation(
        index, "long_series", 'views |= {"path " + card["path"] for _, card in parts}', "pass"
    ),
    "a series is short for a while, and nobody sees it": Mutation(
        publish,
        "publish_series",
        'if not stored or len([part for part in stored["parts"] if part in present]) <= LISTED:',
        "if not stored:",
    ),
    "a part that comes again to a series is not another": Mutation(
        publish, "publish_series", '(sk, card["token"])', "sk"
    ),
    "a journal is written without a condition": Mutation(render, "remember", "cloud.journal(key) != stored", "False"),
    "a good version after a refused one is not reported": Mutation(index, "post", 'old["refused"] or ', ""),
    "a redirect before its target": Mutation(
        publish,
        "publish_path",
        'elif rank == "2" and live and shown and shown["path"] == live.path:',
        'elif rank == "2" and live:',
    ),
    "a report that does not ask which version stands": Mutation(
        publish, "publish_report", 'shown["etag"] == post["etag"] and ', ""
    ),
    "the list entry before the page": Mutation(
        publish,
        "page",
        '    text: Text = post["live"]',
        '    yield from show(cloud, key, post, ())\n    text = post["live"]',
    ),
    "shown without a condition on the post": Mutation(
        publish, "show", 'checks = [("POST#" + key, post["token"]), ', "checks = ["
    ),
    "two writers of one view": Mutation(Explorer, "choices", "if waiting and view not in self.busy", "if waiting"),
    "a crashed record is lost": Mutation(Explorer, "act", "None if done else shard.appendleft(record)", "None"),
    "a crashed view is not made again": Mutation(Explorer, "act", "None if done else waiting.appendleft(1)", "None"),
}


FIRST_SEED = {
    "no second look at the source": 661,
    "a commit without its condition": 7,
    "withdrawn without a condition on who shows it": 504,
    "a schedule is set after the last look": 438,
    "a removed post does not notify the one that took over its id": 65,
    "a walk skips removed posts": 887,
    "new settings do not reach removed posts": 8,
    "neighbours are not rebuilt": 4,
    "the page is not made again after its own entry": 70,
    "a sum does not name what it counts": 892,
    "a report that does not ask which version stands": 36,
    "two writers of one view": 8,
    "a crashed record is lost": 46,
    "a crashed view is not made again": 11,
}
"""The first history that detects a mutation, where that is late: the search starts there."""
