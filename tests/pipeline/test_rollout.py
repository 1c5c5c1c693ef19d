"""A new theme on a site of many posts: uploads pass it, and nothing but the pages changes."""

import os
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from dropcap_local.cloud import LocalCloud
from support.new_theme import MARK, changed_theme, deployed, own_theme

POSTS = 500 if os.environ.get("DROPCAP_EXPLORE_ALL") else 110
"""A walk takes 50 posts at a time: CI's has three parts, that of `make explore` ten."""
POST = "---\ntitle: Number {0}\ndate: 2025-{1:02}-{2:02}\n---\nThe text of number {0}.\n"
MANY = 30
"""Views of a part that wait when the upload comes."""
SOON = timedelta(seconds=3)
"""Less than the pause between two parts of a walk, which is 4 seconds."""

WAITING: Final = "ApproximateNumberOfMessages"


LONG = timedelta(hours=3)
"""Longer than any walk of this test."""


@pytest.fixture
def large() -> Iterator[LocalCloud]:
    """Return a stack with many posts, made with the release of this code."""
    with LocalCloud() as cloud:
        for number in range(POSTS):
            cloud.upload(f"posts/p{number:03}.md", POST.format(number, number % 12 + 1, number % 28 + 1))
        cloud.upload("posts/undated.md", "# Undated\n\nIts journal has its date.\n")
        cloud.upload("posts/renamed.md", POST.format("renamed", 1, 1).replace("date:", "slug: before\ndate:"))
        cloud.settle()
        cloud.upload("posts/renamed.md", POST.format("renamed", 1, 1).replace("date:", "slug: after\ndate:"))
        cloud.settle()
        cloud.run_function("ReconcileFunction")
        cloud.settle()
        yield cloud


def journals(cloud: LocalCloud) -> Mapping[str, str]:
    """Return the ETags of all journals by their names."""
    pages = cloud.client("s3").get_paginator("list_objects_v2")
    listed = pages.paginate(Bucket=cloud.id("ContentBucket"), Prefix="history/")
    return {entry["Key"]: entry["ETag"] for page in listed for entry in page.get("Contents", ())}


def renewed(cloud: LocalCloud) -> int:
    """Return how many posts have the mark of the new theme."""
    pages = {key: body for key, (body, _) in cloud.site().items() if re.fullmatch(r"p\d{3}/index.html", key)}
    return sum(MARK in body for body in pages.values())


def begin_next_part(cloud: LocalCloud) -> None:
    """Go on until many views of the next part of the walk wait, which an upload meets in ViewQueue."""
    queue = cloud.id("ViewQueue")
    for _ in range(1_000):
        answer = cloud.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=[WAITING])
        if int(answer["Attributes"][WAITING]) >= MANY:
            return
        if not cloud.step():
            cloud.clock.advance(1)
    pytest.fail("the walk has no second part")


def test_an_upload_is_live_within_seconds_while_a_new_theme_rolls_out(large: LocalCloud, tmp_path: Path) -> None:
    """It waits for one part of the walk at most; then all pages have the theme; feed, journals, mails are as before."""
    assert journals(large)
    feed, before, mails = large.page("/feed.json").text, journals(large), len(large.mails())
    with deployed(large, changed_theme(large, tmp_path / "templates")):
        assert "theme" == large.run_function("ReconcileFunction")["release"]
        large.settle(SOON)
        assert 0 < renewed(large) < POSTS
        begin_next_part(large)
        large.upload("posts/new.md", "---\ntitle: In its midst\ndate: 2025-01-01\n---\nNew.\n")
        large.settle(SOON)
        new = large.page("/new/")
        assert (200, True) == (new.status, MARK in new.body)
        assert renewed(large) < POSTS
        large.settle()
        assert POSTS == renewed(large)
    assert feed == large.page("/feed.json").text
    assert before == {name: etag for name, etag in journals(large).items() if "new.md" not in name}
    assert mails == len(large.mails())
    assert [] == large.event_loop.errors


def test_a_walk_of_hours_invalidates_nothing_that_is_as_before(large: LocalCloud, tmp_path: Path) -> None:
    """Every view has the time at which its walk began, and that says nothing of the CDN."""
    before = large.calls["cloudfront", "CreateInvalidation"]
    theme = own_theme(large, tmp_path / "templates")
    (theme / "a-note.txt").write_text("Another theme that makes the same pages.")
    with deployed(large, theme):
        assert "theme" == large.run_function("ReconcileFunction")["release"]
        large.settle(SOON)
        large.clock.advance(LONG.total_seconds())
        large.settle()
    assert before == large.calls["cloudfront", "CreateInvalidation"]
