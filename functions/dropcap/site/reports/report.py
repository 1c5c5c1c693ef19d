"""The report on an upload: its status, the reasons, and the remedies. `report_text.py` writes it as plain text."""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from dropcap.errors import Finding
from dropcap.site import views
from dropcap.site.post import FAILED, PUBLISHED, REFUSED, REMOVED, Post
from dropcap.site.reports.mail_note import PASSED, MailNote
from dropcap.site.reports.report_text import report_text
from dropcap.site.reports.time_format import in_zone

WAITING = "waiting"
"""The outcome of a good post whose address an older post has, or whose page is still being built."""


LONGEST_NAME = 1_011
"""Bytes of a report's name, without folder and suffix: S3 allows 1,024 for a key."""
NAMED = 5
"""Most failed views that a report names."""


class Report(NamedTuple):
    """The status of one version (ETAG) of source KEY. URL is the full address of its page, if it has one.

    PREVIEW is a draft's full address, TAKEN_BY the source that has its address. Times (ISO 8601) have ZONE's offset:
    PUBLISHES and EXPIRES are when it appears and expires, STANDS_SINCE when the good version was uploaded, if a bad one
    came after it. MAIL is the note on its newsletter.
    """

    key: str
    outcome: str
    etag: str
    url: str | None = None
    preview: str | None = None
    publishes: str | None = None
    expires: str | None = None
    stands_since: str | None = None
    taken_by: str | None = None
    mail: MailNote | None = None
    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    uploaded: str = ""
    zone: str = "UTC"

    @property
    def is_on_its_way(self) -> bool:
        """Return whether another report will follow by itself within moments."""
        return self.outcome == WAITING and self.taken_by is None

    def for_programs(self) -> str:
        """Return the report as JSON."""
        return json.dumps(self._stored(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    def for_people(self) -> str:
        """Return the report as plain text."""
        return report_text(self._stored())

    def _stored(self) -> dict[str, Any]:
        """Return the report in its JSON form; authors' programs read these names, so they never change."""
        return {
            "key": self.key,
            "outcome": self.outcome,
            "etag": self.etag,
            "url": self.url,
            "preview": self.preview,
            "publishes": self.publishes,
            "expires": self.expires,
            "stands_since": self.stands_since,
            "taken_by": self.taken_by,
            "mail": self.mail.to_item() if self.mail else None,
            "errors": [finding.to_item() for finding in self.errors],
            "warnings": [finding.to_item() for finding in self.warnings],
            "uploaded": self.uploaded,
            "zone": self.zone,
        }


class PublicationState(NamedTuple):
    """The publication of a post: the URL of its page, if there is one, and the source that has its address (RIVAL).

    ZONE is the site's, PREVIEW a draft's full address; DOUBTS are about links that may mean several posts. UNMADE names
    failed views.
    """

    url: str | None = None
    rival: str | None = None
    mail: MailNote | None = None
    preview: str | None = None
    doubts: tuple[Finding, ...] = ()
    zone: str = "UTC"
    unmade: tuple[str, ...] = ()


def report_of(post: Post, stands: PublicationState) -> Report | None:
    """Return the report on POST, published as STANDS says; None if its source is removed and nothing is to report."""
    if post.outcome == REMOVED:
        return None
    waits = post.outcome == PUBLISHED and not stands.url and post.live is not None
    rival = stands.rival if waits else None
    given_up = waits and rival is None and views.path(post.path or "") in stands.unmade
    return Report(
        key=post.key,
        outcome=FAILED if given_up else WAITING if waits else post.outcome,
        etag=post.etag,
        url=stands.url,
        preview=stands.preview,
        publishes=_local(post.publishes, stands),
        expires=_local(post.expires, stands),
        stands_since=_local(post.stands_since, stands) if post.outcome in {REFUSED, FAILED} and stands.url else None,
        taken_by=rival,
        mail=_mail(post, stands),
        errors=(*post.errors, *([_NOT_MADE] if given_up else ())),
        warnings=(*post.warnings, *stands.doubts, *_waiting(post, rival), *_unmade(post, stands.unmade)),
        uploaded=_local(post.uploaded, stands) or post.cause.time,
        zone=stands.zone,
    )


def _mail(post: Post, stands: PublicationState) -> MailNote | None:
    """Return the note on its newsletter, while the post is public."""
    if post.live is None:
        return None
    if post.live.is_page:
        return MailNote(PASSED, reason="a page is not news")
    return stands.mail and stands.mail.in_zone(stands.zone)


def _local(moment: str | None, stands: PublicationState) -> str | None:
    return in_zone(moment, stands.zone) if moment else None


def _waiting(post: Post, rival: str | None) -> Sequence[Finding]:
    """Return the finding that RIVAL has the address; if only the folders differ, it suggests a pattern with folders."""
    if not rival:
        return []
    remedy = "Set another `slug` here, or remove the other file: then this one gets the address."
    if post.key.rpartition("/")[2] == rival.rpartition("/")[2]:
        folders = "To put folders into the addresses of all posts, set `permalink: /:sections/:slug/` in `site.yaml`."
        remedy = f"Set another `slug` here. {folders}"
    return [Finding(f"The address {post.path} belongs to the older file {rival}.", remedy)]


_NOT_MADE = Finding(
    "Its page could not be built after several attempts.",
    "No action needed: the operator is informed, and the page appears once the cause is fixed.",
)


def _unmade(post: Post, unmade: tuple[str, ...]) -> Sequence[Finding]:
    """Return the finding on the views that show the post and failed: other pages, lists, feeds."""
    others = [view for view in unmade if view != views.path(post.path or "")]
    if not others:
        return []
    named = ", ".join(f"`{view}`" for view in others[:NAMED]) + (
        f" and {len(others) - NAMED} more" * (len(others) > NAMED)
    )
    message = f"Some views that show it could not be updated: {named}."
    return [
        Finding(
            message, "No action needed: the operator is informed, and this warning disappears once the cause is fixed."
        )
    ]


def report_name(key: str) -> str:
    """Return the name of the report on KEY below `reports/`; some S3 clients resolve segments of dots alone.

    A key for which S3 would have no room there, with its suffix, is cut and ends with a hash.
    """
    name = "/".join(part.replace(".", "%2E") if part in {".", ".."} else part for part in key.split("/"))
    encoded = name.encode(errors="replace")
    if len(encoded) <= LONGEST_NAME:
        return name
    return encoded[: LONGEST_NAME - 33].decode(errors="ignore") + "-" + sha256(encoded).hexdigest()[:32]


def reported_source(name: str) -> str | None:
    """Return the key of the source whose report is in the object NAME below `reports/`; None for its form in text."""
    parts = name.removesuffix(".json").split("/")
    key = "/".join(part.replace("%2E", ".") if part in {"%2E", "%2E%2E"} else part for part in parts)
    return key if name.endswith(".json") else None


def from_json(text: str | bytes) -> dict[str, Any]:
    """Return the report in TEXT, its JSON form."""
    read: dict[str, Any] = json.loads(text)
    return read
