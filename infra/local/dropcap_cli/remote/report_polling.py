"""An upload ▶ its answer: reports are looked at until each is about the version that was uploaded, and final."""

import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dropcap_cli.remote.bucket import AT_ONCE, ContentBucket

JSON = dict[str, Any]
SOONEST, LATEST = 0.2, 2.0
"""Seconds between two looks: at first, and after a while."""
MORE_FOLLOWS = 5.0
"""Seconds for which a last word is waited for: on the newsletter, which is decided when the page stands, and on a
picture, which is published when a post that shows it is.
"""
TEXTS = (".md", ".markdown")


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
    deadline = time.monotonic() + timeout
    first_word: dict[str, float] = {}
    waiting = list(uploads)
    pause = SOONEST
    with ThreadPoolExecutor(AT_ONCE) as readers:
        while True:
            for upload, report in zip(
                list(waiting), readers.map(bucket.report, [one.key for one in waiting]), strict=True
            ):
                if report is None or not upload.answered_by(report):
                    continue
                since = time.monotonic() - first_word.setdefault(upload.key, time.monotonic())
                if since >= MORE_FOLLOWS or not more_follows(report, uploads):
                    waiting.remove(upload)
                    yield upload.key, report
            left = deadline - time.monotonic()
            if not waiting or left <= 0:
                break
            time.sleep(min(pause, left))
            pause = min(LATEST, pause * 1.5)
    for upload in waiting:
        report = bucket.report(upload.key)
        if report and upload.answered_by(report):
            yield upload.key, report


def more_follows(report: JSON, uploads: Sequence[Upload]) -> bool:
    """Say whether REPORT is only the first word: a newsletter is to be decided, or a post shows the picture soon."""
    is_text = report["key"].lower().endswith(TEXTS)
    if report["outcome"] == "published":
        return is_text and report["mail"] is None
    is_in_company = any(one.key.lower().endswith(TEXTS) for one in uploads)
    return report["outcome"] == "ignored" and not is_text and is_in_company
