"""No field of front matter or of `site.yaml` leads to code: on pages, in feeds, data files and mails."""

import json
from collections.abc import Iterator
from email.message import EmailMessage
from xml.etree import ElementTree as ET

import pytest

from dropcap_local.cloud import LocalCloud
from support.active_html import active_parts, canaries
from support.made_pictures import picture
from support.payloads import WORDS
from support.readers import SiteObjects, subscribe

ADDRESSES = (
    "javascript:canary()", "\u00a0javascript:canary()", "java\u200bscript:canary()", "\ufeffvbscript:canary()",
    "data:text/html,<script>canary()</script>", "data:image/svg+xml,<svg onload=canary()>", "//evil.example/canary",
    "/\\evil.example/canary", 'https://evil.example/" onload=canary() x="',
)  # fmt: skip
FIELDS = (
    "title", "summary", "description", "keywords", "image_alt", "image_caption", "disclaimer", "translation_key", "id",
)  # fmt: skip
LISTS = ("tags", "authors", "series")
LINKED = ("image", "canonical", "canonical_url", "link", "external_url", "cover")
POST = '---\n{}---\nSee the lamp. ![{}](lamp.png "{}")\n'
DATED = "date: 2026-03-16\n"


def site_settings(text: str) -> str:
    """Return a `site.yaml` with TEXT in every field that takes words."""
    words = json.dumps(text)
    return f"""title: {words}
tagline: {words}
description: {words}
disclaimer: {words}
about: {{title: {words}, text: {words}}}
authors: [{{name: {words}, bio: {words}}}]
navigation: [{{{words}: /about/}}]
newsletter: {{sender: {json.dumps(text[-90:])}, postal_address: {words}, grace_minutes: 0}}
"""


def sources() -> Iterator[tuple[str, str]]:
    """Yield posts with each text in every field that takes words, and each address in every one that takes one."""
    for number, text in enumerate(WORDS):
        head = "".join(f"{field}: {json.dumps(text)}\n" for field in FIELDS)
        head += "".join(f"{field}: [{json.dumps(text)}]\n" for field in LISTS)
        label = text.replace("]", "\\]").replace('"', '\\"')
        yield f"posts/t{number}.md", POST.format(DATED + f"image: lamp.png\nslug: t{number}\n" + head, label, label)
    for number, address in enumerate(ADDRESSES):
        head = "".join(f"{field}: {json.dumps(address)}\n" for field in LINKED)
        yield f"posts/a{number}.md", POST.format(f"{DATED}{head}", "a", "b")


@pytest.fixture(scope="module")
def published() -> Iterator[LocalCloud]:
    """Publish all of them, with all texts in the site's settings, and mail some to a reader."""
    with LocalCloud(environment={"NEWS_SINCE": "2025-03-01"}) as cloud:
        cloud.upload("site.yaml", site_settings(" ".join(WORDS)))
        cloud.settle()
        subscribe(cloud, "o'canary+a=b@example.org")
        cloud.upload("posts/lamp.png", picture("teal", (40, 30), format="PNG"))
        for key, source in sources():
            cloud.upload(key, source)
        cloud.settle()
        yield cloud


def suspicious(site: SiteObjects) -> dict[str, list[str]]:
    """Return what acts in the pages and feeds of SITE, by key; a data file that cannot be parsed raises an error."""
    acting: dict[str, list[str]] = {}
    for key, (body, metadata) in site.items():
        if key.endswith(".html") and b"canary" in body:
            acting[key] = canaries(body.decode())
        elif key.endswith((".xml", ".xsl")):
            root = ET.fromstring(body)  # noqa: S314  # our own feed
            texts = [element.text or "" for element in root.iter() if element.get("type") == "html"]
            acting[key] = [part for text in texts for part in active_parts(text)]
        elif "json" in metadata["content-type"]:
            json.loads(body)
    return {key: parts for key, parts in acting.items() if parts}


def test_no_field_acts_on_a_page_or_in_a_feed(published: LocalCloud) -> None:
    """Titles, tags, authors, series, captions, summaries and addresses of posts; the settings of the site."""
    site = published.site()
    assert {} == suspicious(site)
    assert len([key for key in site if key.startswith("t") and key.endswith("/index.html")]) >= len(WORDS)


def test_no_field_acts_in_a_mail(published: LocalCloud) -> None:
    """Nor breaks a header, in any mail of a post or of a confirmation."""
    mails = published.mails()
    assert len(mails) > 1
    for mail in mails:
        assert [] == [name for name in mail if name.lower() in {"bcc", "cc", "x-evil"}]
        part = mail.get_body(("html",))
        assert isinstance(part, EmailMessage)
        assert [] == canaries(part.get_content())
