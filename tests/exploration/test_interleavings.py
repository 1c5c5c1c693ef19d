"""A change between two AWS calls of a function has the same result as the same change afterwards."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest

from dropcap_local.cloud import LocalCloud
from support.crash_points import Choose, CrashExplorer, CrashPoint, one_in
from support.edge_staleness import WRITES, EdgeStaleness
from support.exploration import EXPLORED, seed, takes_all
from support.mutations import mutated
from support.mutations_race import SOURCE_FIRST
from support.readers import look

A_WHILE = timedelta(seconds=10)
"""Long enough for every batching window, and shorter than any redelivery."""
ONE_IN = 1 if takes_all() else 60
"""The share of some 400 points for each thing that may happen."""
ACTS = 7 if takes_all() else 2
"""The number of such things; others every day."""


def post(slug: str, text: str = "First.", more: str = "") -> str:
    """Return a post at /SLUG/ that mentions the other one."""
    return f"---\ntitle: Title {slug}\nslug: {slug}\ndate: 2025-03-02\ntags: [s]\n{more}---\n{text} See [[b]].\n"


Act = Callable[[LocalCloud], None]
MEANWHILE: Mapping[str, Act] = {
    "the post is edited": lambda cloud: cloud.upload("posts/a.md", post("u", "Second.")),
    "the post moves": lambda cloud: cloud.upload("posts/a.md", post("v")),
    "the post becomes a draft": lambda cloud: cloud.upload("posts/a.md", post("u", more="draft: true\n")),
    "the post is removed": lambda cloud: cloud.delete("posts/a.md"),
    "another claims its address": lambda cloud: cloud.upload("posts/c.md", post("u", more="id: c\n")),
    "what it mentions appears": lambda cloud: cloud.upload("posts/b.md", post("w")),
    "the settings change": lambda cloud: cloud.upload("site.yaml", "title: Another\n"),
}


class Interleaving:
    """A story in which ACT happens at some call of the first upload's functions, or after all of them."""

    def __init__(self, act: Act) -> None:
        self._act = act
        self._has_happened = False

    def play(self, cloud: LocalCloud) -> Iterator[None]:
        """Publish a post; a reader looks at the site after each write."""

        def reader(service: str, operation: str, parameters: Mapping[str, Any], phase: str) -> None:
            if (service, operation) in WRITES and phase == "after" and parameters["Bucket"] == cloud.id("SiteBucket"):
                look(cloud.site(), set())

        cloud.on_call.append(reader)
        cloud.upload("posts/a.md", post("u"))
        cloud.settle()
        if not self._has_happened:
            self.happens(cloud)
        cloud.settle()
        yield

    def happens(self, cloud: LocalCloud) -> None:
        """Do the act a second later, and run the pipeline for some seconds."""
        self._has_happened = True
        cloud.clock.advance(1)
        self._act(cloud)
        cloud.settle(A_WHILE)

    def findings(self, choose: Choose) -> tuple[int, dict[CrashPoint, list[str]]]:
        """Return the number of points tried, and those with another end."""
        explorer = CrashExplorer(
            self.play, {}, lambda point: not self._has_happened and choose(point), meanwhile=self.happens
        )
        count, findings = explorer.findings()
        unexplained = {point: unexplained_of(lines) for point, lines in findings.items()}
        return count, {point: lines for point, lines in unexplained.items() if lines}


def unexplained_of(lines: list[str]) -> list[str]:
    """Return the LINES of one point that are neither about news nor about an address that was never public."""
    unknown = [f"site {address[1:]}index.html: None instead of " for address in addresses_never_public(lines)]
    return [
        line
        for line in lines
        if not was_shown(line) and not line.startswith(tuple(unknown)) and not addresses_never_public([line])
    ]


def addresses_never_public(lines: list[str]) -> set[str]:
    """Return the addresses that only the journal of the later act has: that act came before the text was read.

    The journal is written before the page, so an address that is not in it had no page to be remembered.
    """
    addresses: set[str] = set()
    for line in lines:
        if line.startswith("journals "):
            _, _, states = line.partition(": ")
            there, here = (json.loads("null" if state == "None" else state) for state in states.split(" instead of "))
            if here and (not there or {**there, "addresses": here["addresses"]} == here):
                addresses |= set(here["addresses"]) - set(there["addresses"] if there else ())
    return addresses


def was_shown(line: str) -> bool:
    """Return whether LINE is the report of a post that waits for its address, but had it until the older file came.

    It was decided then that it is no news. If the older file comes first, there is nothing to decide.
    """
    if not line.startswith("reports "):
        return False
    _, _, states = line.removeprefix("reports ").partition(": ")
    try:
        there, here = (json.loads(state) for state in states.split(" instead of "))
    except ValueError:
        return False
    was_passed = here["mail"] is None and bool(there["mail"]) and there["mail"]["state"] == "passed"
    return was_passed and here["outcome"] == "waiting" and {**there, "mail": None} == here


def test_only_a_note_on_a_newsletter_may_remain() -> None:
    """Other differences of the report are findings."""
    here = {"outcome": "waiting", "mail": None, "url": None}
    for change, is_explained in (({}, True), ({"url": "/u/"}, False), ({"mail": {"state": "sent"}}, False)):
        there = {**here, "mail": {"state": "passed"}, **change}
        line = f"reports reports/posts/c.md.json: {json.dumps(there)} instead of {json.dumps(here)}"
        assert is_explained == was_shown(line)
    assert not was_shown("reports reports/posts/c.md.json: None instead of a text")
    assert not was_shown(f"journals history/posts/c.md.json: {json.dumps(here)} instead of {json.dumps(here)}")


def test_only_an_address_that_the_journal_does_not_have_may_be_missing() -> None:
    """Not an address that is in the journal, nor one whose journal differs in more."""
    here = {"addresses": ["/u/", "/v/"], "good": None}
    pages = ["site u/index.html: None instead of e3", "site v/index.html: None instead of e4"]

    def journal(there: Mapping[str, object] | None) -> str:
        return f"journals history/posts/a.md.json: {json.dumps(there) if there else None} instead of {json.dumps(here)}"

    assert pages[1:] == unexplained_of([*pages, journal({**here, "addresses": ["/v/"]})])
    assert [] == unexplained_of([*pages, journal(None)])
    more = {**here, "addresses": ["/v/"], "good": "2"}
    assert [*pages, journal(more)] == unexplained_of([*pages, journal(more)])
    assert pages == unexplained_of(pages)


@pytest.mark.parametrize("turn", range(ACTS))
def test_what_happens_meanwhile_ends_as_if_it_had_happened_afterwards(
    turn: int, record_property: Callable[[str, object], None]
) -> None:
    """Two functions work on one post, list or address at once, and no reader meets a dead link."""
    number = (seed() * ACTS + turn) % len(MEANWHILE)
    act = list(MEANWHILE)[number]
    count, findings = Interleaving(MEANWHILE[act]).findings(one_in(ONE_IN, seed() * 100 + number))
    record_property(EXPLORED, f"{act}: at {count} calls")
    assert {} == {f"{act}: {point}": lines for point, lines in findings.items()}
    assert count or ONE_IN > 1


def test_a_render_that_does_not_look_again_is_found() -> None:
    """An edit between its look and its commit leaves the old version on the site."""
    with mutated(SOURCE_FIRST):
        _, findings = Interleaving(MEANWHILE["the post is edited"]).findings(
            lambda point: (point.function, point.operation, point.phase) == ("RenderFunction", "GetObject", "after")
        )
    assert any(line.startswith("site u/index.html") for lines in findings.values() for line in lines)


def test_a_write_in_the_middle_of_another_is_compared_with_its_own_object() -> None:
    """A new page is not stale because another function changes an older one just before it is written."""
    with LocalCloud() as cloud:
        staleness, bucket = EdgeStaleness(cloud), cloud.id("SiteBucket")

        def write(key: str, body: bytes, meanwhile: Callable[[], None] = lambda: None) -> None:
            staleness.observe("s3", "PutObject", {"Bucket": bucket, "Key": key}, "before")
            meanwhile()
            cloud.client("s3").put_object(Bucket=bucket, Key=key, Body=body)
            staleness.observe("s3", "PutObject", {"Bucket": bucket, "Key": key}, "after")

        write("b", b"1")
        write("a", b"3", meanwhile=lambda: write("b", b"2"))
        assert ["b"] == staleness.stale()
