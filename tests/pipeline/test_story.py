"""The whole of Dropcap in one story: what an author, a reader and a subscriber see."""

import pytest

from dropcap_local.cloud import LocalCloud
from support.readers import subscribe

POST = """---
title: Why naps work
date: 2025-03-14
tags: [sleep]
---
Twenty minutes are **enough**.
"""


@pytest.mark.botocore
def test_a_file_becomes_a_page_a_list_entry_and_a_mail() -> None:
    """An author uploads a file; a reader finds it everywhere it belongs, and a subscriber has it in the mail."""
    with LocalCloud(environment={"NEWS_SINCE": "2025-03-01", "GRACE_SECONDS": "0"}) as cloud:
        subscribe(cloud, "ada@example.org")
        cloud.upload("site.yaml", "title: The Quiet Hour\nnewsletter:\n  lateness_days: 9999\n")
        cloud.upload("posts/naps.md", POST)
        cloud.settle()
        assert b"<strong>enough</strong>" in cloud.page("/naps/").body
        for address in ("/", "/2025/03/", "/tags/sleep/", "/feed.xml"):
            assert b"Why naps work" in cloud.page(address).body
        assert "published" == (cloud.report("posts/naps.md") or {})["outcome"]
        assert ["ada@example.org"] == [mail["To"] for mail in cloud.mails() if mail["Subject"] == "Why naps work"]
