"""A reader of a local site: what the pages show, and how to subscribe."""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from itertools import islice
from urllib.parse import unquote, urlsplit

from dropcap.newsletter.subscription import CONFIRMATION_PAUSE
from dropcap.site.urls import object_key
from dropcap_local.cloud import LocalCloud

POSTS = re.compile(r"^/[a-gu-z]/$")
"""Addresses of posts in the histories."""
_LINKS = re.compile(r'(?:href="|<loc>)([^"<]+)')
_MARKS = re.compile(r"mark-(\w)-(\d+)-end")

SiteObject = tuple[bytes, Mapping[str, str]]
SiteObjects = Mapping[str, SiteObject]


@dataclass(frozen=True)
class Sight:
    """One object of the site as a reader meets it. STATUS is 301 for a redirect, 410 for "gone"."""

    key: str
    text: str
    status: int
    location: str

    @property
    def posts(self) -> Iterator[str]:
        """Return the posts' addresses that it links to."""
        for link in _LINKS.findall(self.text):
            path = unquote(urlsplit(link).path)
            if POSTS.match(path):
                yield path

    @property
    def source(self) -> str | None:
        """Return the letter of the source whose page this is."""
        match = _MARKS.search(self.text) if POSTS.match("/" + self.key.removesuffix("index.html")) else None
        return match[1] if match else None


def sights(site: SiteObjects) -> dict[str, Sight]:
    """Return every object of SITE that is text."""
    return {
        key: Sight(key, body.decode(), int(metadata.get("status", "200")), metadata.get("location", ""))
        for key, (body, metadata) in site.items()
        if not key.startswith("assets/") and not metadata["content-type"].startswith("image/")
    }


def look(site: SiteObjects, secret: set[str]) -> None:
    """Assert what holds at any moment: every link to a post leads to a page, and nothing SECRET is shown."""
    objects = sights(site)
    for sight in objects.values():
        assert "/preview/" not in sight.text or sight.key == "robots.txt", f"{sight.key} gives a preview's address away"
        if sight.key.startswith("preview/"):
            continue
        for mark in _MARKS.finditer(sight.text):
            assert mark[0] not in secret, f"{sight.key} shows a draft or a refused version: {mark[0]}"
        if sight.status != 200:
            continue
        for path in sight.posts:
            target = objects.get(object_key(path))
            assert target, f"{sight.key} leads to {path}, and nothing is there"
            if target.status == 301:
                assert object_key(target.location) in objects, (
                    f"{path} redirects to {target.location}: nothing is there"
                )


def honest(site: SiteObjects, report: Mapping[str, object], mark: str | None, owner: str | None) -> None:
    """Assert that a REPORT which says `published` is about the version on the site, which has MARK.

    OWNER is the source key that owns the address now; if that is another source, the report is only late.
    """
    url = str(report["url"] or "")
    if report["outcome"] != "published" or mark is None or owner != report["key"]:
        return
    page = sights(site).get(object_key(urlsplit(url).path))
    assert page, f"{report['key']} is said to be published at {url}, where nothing is"
    letter = str(report["key"])[6]
    assert page.source != letter or mark in page.text, f"{report['key']} is said to be published, but is not"


def rests(site: SiteObjects) -> None:
    """Assert what holds once the pipeline is idle: a redirect leads to a page."""
    objects = sights(site)
    for sight in objects.values():
        if sight.status == 301:
            target = objects.get(object_key(sight.location))
            assert target, f"{sight.key} redirects to {sight.location}: nothing is there"
            assert target.status == 200, f"{sight.key} redirects to {sight.location}, which is not a page"


def differences(here: SiteObjects, fresh: SiteObjects) -> list[str]:
    """Return the objects in which two sites differ, bytes or metadata, each with the first lines that differ."""
    keys = sorted(here.keys() | fresh.keys())
    return [f"{key}\n{_lines(here.get(key), fresh.get(key))}" for key in keys if here.get(key) != fresh.get(key)]


def _lines(here: SiteObject | None, fresh: SiteObject | None) -> str:
    texts = [
        [*map(str, sorted(entry[1].items())), *entry[0].decode(errors="replace").splitlines()] if entry else []
        for entry in (here, fresh)
    ]
    lines = difflib.unified_diff(texts[0], texts[1], "here", "fresh", lineterm="", n=0)
    return "\n".join(line[:200] for line in islice(lines, 12))


def subscribe(cloud: LocalCloud, address: str) -> None:
    """Subscribe as a person does: ask on the site, open the mail, follow its link, press the button.

    If a function crashed after it had counted the mail, none is sent: they ask again when the hour is over.
    """
    mails: list[EmailMessage] = []
    while not mails:
        cloud.request("POST", "/api/subscribe", form={"email": address})
        cloud.settle()
        mails = [mail for mail in cloud.mails() if mail["To"] == address]
        if not mails:
            cloud.clock.advance(CONFIRMATION_PAUSE.total_seconds())
    (mail,) = mails
    part = mail.get_body(("plain",))
    assert part
    (link,) = re.findall(r"https?://\S+/api/confirm\S*", part.get_content())
    query = dict(pair.split("=", 1) for pair in urlsplit(link).query.split("&"))
    cloud.request("POST", "/api/confirm", form=query)
