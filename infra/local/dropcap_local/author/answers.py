"""An upload ▶ its answer: reports are looked at until each is about the version that was uploaded, and final."""

import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dropcap_local.author.bucket import AT_ONCE, ContentBucket

JSON = dict[str, Any]
SOONEST, LATEST = 0.2, 2.0
"""Seconds between two looks: at first, and after a while."""
MAIL_FOLLOWS = 5.0
"""Seconds after which nothing more is expected of the newsletter, which is decided when the page stands."""


@dataclass(frozen=True, slots=True)
class Upload:
    """What was uploaded under KEY, with which ETAG; BEFORE is the report that was there already."""

    key: str
    etag: str
    before: JSON | None

    def answered_by(self, report: JSON | None) -> bool:
        """Say whether REPORT is the final word on this very upload.

        A failure that was reported before is not: the same bytes are tried anew.
        """
        if report is None or report["etag"] != self.etag:
            return False
        if report["outcome"] == "failed" and report == self.before:
            return False
        return report["outcome"] != "waiting" or report["taken_by"] is not None


def uploaded(bucket: ContentBucket, files: Mapping[str, Path]) -> Iterator[Upload]:
    """Upload FILES by their source keys, in their order, and give what to wait for."""
    for key, place in files.items():
        before = bucket.report(key)
        yield Upload(key, bucket.upload(key, place), before)


def answers(bucket: ContentBucket, uploads: list[Upload], timeout: float) -> Iterator[tuple[str, JSON]]:
    """Give (source key, report) as they come, until all are there or TIMEOUT seconds are over."""
    began = time.monotonic()
    waiting = list(uploads)
    pause = SOONEST
    while waiting:
        for upload, report in _look(bucket, waiting):
            if upload.answered_by(report) and not _mail_follows(report, time.monotonic() - began):
                waiting.remove(upload)
                yield upload.key, report
        left = timeout - (time.monotonic() - began)
        if left <= 0:
            return
        time.sleep(min(pause, left) if waiting else 0)
        pause = min(LATEST, pause * 1.5)


def _look(bucket: ContentBucket, waiting: list[Upload]) -> list[tuple[Upload, JSON]]:
    with ThreadPoolExecutor(AT_ONCE) as readers:
        found = readers.map(lambda upload: bucket.report(upload.key), waiting)
        return [(upload, report) for upload, report in zip(list(waiting), found, strict=True) if report]


def _mail_follows(report: JSON, seconds: float) -> bool:
    """Say whether a word on the newsletter is still to be expected after so many SECONDS: of a post, within moments."""
    is_post = report["key"].lower().endswith((".md", ".markdown"))
    return report["outcome"] == "published" and is_post and report["mail"] is None and seconds < MAIL_FOLLOWS
