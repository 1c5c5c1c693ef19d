"""Drafts and scheduled posts can be looked at by who has the address, and by nobody else."""

import re
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest

from dropcap_local.cloud import LocalCloud

DRAFT = "---\ntitle: Naps\ndate: 2025-03-14\ndraft: true\n---\nUnfinished. See [[walks]].\n"
WALKS = "---\ntitle: Walks\ndate: 2025-03-10\n---\nSee [[naps]].\n"


def preview(cloud: LocalCloud, key: str) -> str:
    """Return the path of the preview in the report on source KEY."""
    return urlsplit(str((cloud.report(key) or {})["preview"])).path


@pytest.mark.botocore
def test_a_draft_has_a_preview_that_nobody_finds(cloud: LocalCloud) -> None:
    """Its page says what it is, keeps search engines and caches away, and no other object leads to it."""
    cloud.upload("posts/naps.md", DRAFT)
    cloud.upload("posts/walks.md", WALKS)
    cloud.settle()
    path = preview(cloud, "posts/naps.md")
    page = cloud.page(path)
    assert (200, "private, no-store") == (page.status, page.headers["cache-control"])
    assert b"noindex" in page.body
    assert b"This is a draft." in page.body
    assert b'href="/walks/"' in page.body
    assert b"Disallow: /preview/" in cloud.page("/robots.txt").body
    others = {key: body for key, (body, _) in cloud.site().items() if not key.startswith("preview/")}
    assert [] == [key for key, body in others.items() if path.encode() in body or b"Unfinished" in body]
    assert b"/naps/" not in cloud.page("/walks/").body


def test_a_preview_keeps_its_address_and_follows_what_it_mentions(cloud: LocalCloud) -> None:
    """The address outlives edits, publication and removal; a name that appears is a link in the preview too."""
    cloud.upload("posts/naps.md", DRAFT)
    cloud.settle()
    path = preview(cloud, "posts/naps.md")
    assert b'href="/walks/"' not in cloud.page(path).body
    cloud.upload("posts/walks.md", WALKS)
    cloud.upload("posts/naps.md", DRAFT.replace("Unfinished", "Nearly done"))
    cloud.settle()
    assert b"Nearly done" in cloud.page(path).body
    assert b'href="/walks/"' in cloud.page(path).body
    cloud.upload("posts/naps.md", DRAFT.replace("draft: true", "draft: false"))
    cloud.settle()
    assert (404, 200) == (cloud.page(path).status, cloud.page("/naps/").status)
    cloud.upload("posts/naps.md", DRAFT)
    cloud.settle()
    assert path == preview(cloud, "posts/naps.md")
    assert (200, 410) == (cloud.page(path).status, cloud.page("/naps/").status)
    cloud.delete("posts/naps.md")
    cloud.settle()
    assert 404 == cloud.page(path).status


def test_a_refused_version_keeps_the_preview_of_the_draft_before_it(cloud: LocalCloud) -> None:
    """An unreadable version does not take down the page of the good one."""
    cloud.upload("posts/naps.md", DRAFT)
    cloud.settle()
    cloud.clock.advance(1)
    cloud.upload("posts/naps.md", "---\ntitle: [\n---\n")
    cloud.settle()
    assert "refused" == (cloud.report("posts/naps.md") or {})["outcome"]
    assert b"Unfinished" in cloud.page(preview(cloud, "posts/naps.md")).body


def test_a_preview_links_to_nothing_that_is_not_there(cloud: LocalCloud) -> None:
    """Nobody requests it again when the first post of its tag, series or author is published, or the last removed."""
    more = "tags: [sleep]\nseries: Nights\nauthor: Ada\n"
    draft = DRAFT.replace("draft: true", f"draft: true\n{more}").replace(" See [[walks]].", "")
    cloud.upload("posts/naps.md", draft)
    cloud.settle()
    page = cloud.page(path := preview(cloud, "posts/naps.md")).body.decode()
    links = set(re.findall(r'href="(/[^"#]*)"', page))
    assert {"/"} <= links
    assert [] == [link for link in links if cloud.page(link).status != HTTPStatus.OK]
    assert ["sleep", "Nights", "Ada"] == [word for word in ("sleep", "Nights", "Ada") if word in page]
    cloud.upload("posts/walks.md", WALKS.replace("\n---\nSee [[naps]].", f"\n{more}---\nA text."))
    cloud.settle()
    assert page == cloud.page(path).body.decode()
