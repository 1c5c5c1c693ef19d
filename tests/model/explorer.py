"""Runs the model's steps in a random order, crashes some, and looks at the site as a reader after each."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from model.cloud import Cloud, Text
from model.index import index
from model.publish import publish
from model.render import Steps, render, walk

KEYS = "abcdefg"
Choice = tuple[str, Any]
End = Callable[[bool], object]


class Explorer:
    """One random history of SEED about KEYS. A KIND one has no crashes and no doubles, and no schedule is early."""

    def __init__(self, seed: int, keys: str = KEYS, *, kind: bool = False) -> None:
        self.keys = keys
        self.random = random.Random(seed)  # noqa: S311  # a game, not a secret
        self.cloud = Cloud()
        self.running: list[tuple[Steps, End]] = []
        self.slow: set[Steps] = set()  # what stands still until all else is done, and is overtaken
        self.busy: set[object] = set()  # views being made and shards being read: one at a time
        self.kind = kind
        self.crashes = 0 if kind else 6
        self.early = 0 if kind else 3
        self.hidden_until: dict[str, float] = {}
        """When each body may be seen: the date, or never."""

    def run(self, acts: int) -> Cloud:
        """Do that many ACTS of an author, and run everything until only waiting is left."""
        for _ in range(30_000):
            choices = list(self.choices())
            if acts and self.random.random() < (0.03 if choices else 0.7):
                self.author()
                acts -= 1
            elif choices := choices or list(self.late_choices()):
                self.act(self.random.choice(choices))
            elif not acts:
                return self.cloud
            self.look()
        message = "it does not come to rest"
        raise AssertionError(message)

    def author(self) -> None:
        """Do something that an author, the operator or time does."""
        what = self.random.random()
        if what < 0.15:
            self.cloud.now += 1
        elif what < 0.2:
            self.cloud.settings.append(self.cloud.token())
            self.cloud.bulk.append(("content", ""))
        elif what < 0.3:
            self.moves_a_file()
        else:
            self.saves(self.random.choice(self.keys))

    def moves_a_file(self) -> None:
        """Rename a file as clients do: the copy first, or the deletion first."""
        there = [key for key in self.keys if self.cloud.source(key)[1]]
        if not there:
            return
        source, target = self.random.choice(there), self.random.choice(self.keys)
        text = self.cloud.source(source)[1]
        acts = [(target, text), (source, None)] if source != target else []
        for key, version in self.random.sample(acts, len(acts)):
            self.puts(key, version)

    def saves(self, key: str) -> None:
        """Save another version of KEY, or remove it; most edits change one thing."""
        r, cloud = self.random, self.cloud
        before = cloud.source(key)[1]
        if before and r.random() < 0.2:
            self.puts(key, None)
            return
        text = Text(
            path="/" + r.choice("uvwxyz"),
            date=r.choice([1, 2, 3, cloud.now, cloud.now + 1, cloud.now + 2]),
            body=f"{key}{cloud.token()}",
            words=f"{key}{cloud.tokens}",
            tags=tuple(r.sample(["s", "t"], r.randint(0, 2))),
            links=tuple(r.sample("abcd", r.randint(0, 2))),
            draft=r.random() < 0.15,
            bad=r.random() < 0.15,
            expires=r.choice([None, None, None, cloud.now, cloud.now + 1, cloud.now + 2]),
            identity=r.choice([None, None, "i", "j"]),
        )
        if before and r.random() < 0.6:
            what = r.choice(["body", "links", "tags", "date", "path", "draft", "expires", "identity"])
            words = text.words if what == "body" else before.words
            text = replace(before, **{what: getattr(text, what), "words": words, "bad": text.bad})
        self.puts(key, text)

    def puts(self, key: str, text: Text | None) -> None:
        """Make TEXT the newest version of KEY; remove KEY if there is none."""
        if text:
            text = replace(text, body=f"{key}{self.cloud.token()}")
            self.hidden_until[text.body] = float("inf") if text.draft or text.bad else text.date
        self.cloud.content.setdefault(key, []).append((self.cloud.token(), text))
        self.cloud.uploads += [key] * (1 if self.kind else self.random.choice([1, 1, 2]))

    def choices(self) -> Iterator[Choice]:
        """Return everything that may happen next."""
        cloud = self.cloud
        yield from (("step", place) for place, (steps, _) in enumerate(self.running) if steps not in self.slow)
        yield from (("upload", place) for place in range(len(cloud.uploads)))
        yield from (("walk", place) for place in range(len(cloud.bulk)))
        yield from (
            ("record", place) for place, shard in enumerate(cloud.stream) if shard and ("shard", place) not in self.busy
        )
        yield from (
            ("view", view) for view, waiting in sorted(cloud.views.items()) if waiting and view not in self.busy
        )
        yield from (
            ("schedule", key)
            for key, moment in sorted(cloud.schedules.items())
            if moment <= cloud.now + bool(self.early)
        )

    def late_choices(self) -> Iterator[Choice]:
        """Return what has waited for everything else."""
        return (("step", place) for place, (steps, _) in enumerate(self.running) if steps in self.slow)

    def act(self, choice: Choice) -> None:
        """Do CHOICE."""
        verb, what = choice
        cloud = self.cloud
        if verb == "step":
            self.step(what)
        elif verb == "upload":
            key = cloud.uploads.pop(what)
            self.running.append((render(cloud, key), lambda done: None if done else cloud.uploads.append(key)))
        elif verb == "walk":
            page = cloud.bulk.pop(what)
            self.running.append((walk(cloud, *page), lambda done: None if done else cloud.bulk.append(page)))
        elif verb == "schedule":
            self.early -= cloud.schedules.pop(what) > cloud.now
            cloud.uploads.append(what)
        elif verb == "record":
            shard = cloud.stream[what]
            record = shard.popleft()
            self.works(("shard", what), index(cloud, record), lambda done: None if done else shard.appendleft(record))
        else:
            waiting = cloud.views[what]
            for _ in range(self.random.randint(1, len(waiting))):
                waiting.popleft()
            self.works(what, publish(cloud, what), lambda done: None if done else waiting.appendleft(1))

    def works(self, alone: object, steps: Steps, end: End) -> None:
        """Begin what nobody else may do at the same time."""
        self.busy.add(alone)

        def ends(done: bool) -> None:  # noqa: FBT001  # the shape of an end
            self.busy.discard(alone)
            end(done)

        self.running.append((steps, ends))

    def step(self, place: int) -> None:
        """Run one call of the function at PLACE, or end it, or make it crash."""
        steps, end = self.running[place]
        over = next(steps, "over") == "over"
        if not self.kind and self.random.random() < 0.01:
            self.slow ^= {steps}
        died = self.crashes > 0 and self.random.random() < 0.02
        self.crashes -= died
        if over or died:
            del self.running[place]
            end(not died)

    def look(self) -> None:
        """Be a reader and an author: nothing leads to nowhere, nothing shows what is not public, no report lies."""
        for path, there in self.cloud.site.items():
            if path.startswith("report"):
                self.honest(path[7:], there)
            elif isinstance(there, list) and path != "/tags":
                for entry in there:
                    self.stands(path, entry["path"])
            elif "body" in there:
                assert self.hidden_until[there["body"]] <= self.cloud.now, f"{path} shows what is hidden"
                links = [to for _, to in there["links"]]
                for to in filter(None, (*links, there["before"], there["after"], *there["back"], *there["series"])):
                    self.stands(path, to)

    def stands(self, path: str, to: str) -> None:
        """Follow a link as a reader would: something is there, and a redirect leads somewhere."""
        there = self.cloud.site.get(to)
        assert there, f"{path} leads to {to}: nothing there"
        assert there.get("to", to) in self.cloud.site, f"{path} leads to {to}, a redirect to nothing"

    def honest(self, key: str, report: Any) -> None:  # noqa: ANN401  # a page of the model
        """Check a report that says `published` against what stands, as long as the source is still that version."""
        if not isinstance(report[0], tuple):
            return
        _, etag, body, path = report[0]
        post = self.cloud.get("POST#" + key)
        if post and post["etag"] == etag and self.cloud.query("URL#" + path)[0][1]["post"] == key:
            there = self.cloud.site.get(path)
            assert there, f"{key} is said to be published, and nothing is there"
            assert there.get("post") != key or there["body"] == body, f"{key}: said to be published, but is not"
