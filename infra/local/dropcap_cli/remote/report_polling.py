"""Wait for the reports on uploads: each must be about the version that was uploaded, and final."""

import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dropcap_cli.outcomes import FileOutcome
from dropcap_cli.remote.bucket import PARALLEL_READS, ContentBucket

JSON = dict[str, Any]
SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 2.0
"""Seconds between two looks: at first, and after a while."""
UPDATE_FOLLOWS = 5.0
"""Seconds to wait for an update of a first report: on the newsletter, decided when the page is published, and on a
picture, published when a post shows it.
"""
TEXTS = (".md", ".markdown")


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload under KEY with its ETAG; EARLIER is the report that existed before."""

    key: str
    etag: str
    earlier: JSON | None

    def is_answered_by(self, report: JSON | None) -> bool:
        """Return whether REPORT is final and about this upload.

        A failure that was reported earlier is not: the same bytes are tried again.
        """
        if report is None or report["etag"] != self.etag:
            return False
        if report["outcome"] == "failed" and report == self.earlier:
            return False
        return report["outcome"] != "waiting" or report["taken_by"] is not None


def upload_all(bucket: ContentBucket, files: Mapping[str, Path]) -> Iterator[Upload | FileOutcome]:
    """Upload FILES by their source keys, in their order; yield each upload, or the outcome of an unreadable file."""
    for key, path in files.items():
        try:
            body = path.read_bytes()
        except OSError as error:
            yield FileOutcome.unreadable(str(path), error)
        else:
            earlier = bucket.report(key)
            yield Upload(key, bucket.upload(key, body), earlier)


def reports_on(bucket: ContentBucket, uploads: list[Upload], timeout: float) -> Iterator[tuple[str, JSON]]:
    """Yield (source key, report) as they arrive, until all have arrived or TIMEOUT seconds are over."""
    deadline = time.monotonic() + timeout
    first_seen: dict[str, float] = {}
    pending = list(uploads)
    pause = SHORTEST_PAUSE
    with ThreadPoolExecutor(PARALLEL_READS) as readers:
        while True:
            reports = readers.map(bucket.report, [upload.key for upload in pending])
            for upload, report in zip(list(pending), reports, strict=True):
                if report is None or not upload.is_answered_by(report):
                    continue
                waited = time.monotonic() - first_seen.setdefault(upload.key, time.monotonic())
                if waited >= UPDATE_FOLLOWS or not update_follows(report, uploads):
                    pending.remove(upload)
                    yield upload.key, report
            left = deadline - time.monotonic()
            if not pending or left <= 0:
                break
            time.sleep(min(pause, left))
            pause = min(LONGEST_PAUSE, pause * 1.5)
    for upload in pending:
        report = bucket.report(upload.key)
        if report and upload.is_answered_by(report):
            yield upload.key, report


def update_follows(report: JSON, uploads: Sequence[Upload]) -> bool:
    """Return whether an update of REPORT is expected: on the newsletter, or on a picture that a post will show."""
    is_text = report["key"].lower().endswith(TEXTS)
    if report["outcome"] == "published":
        return is_text and report["mail"] is None
    has_text = any(upload.key.lower().endswith(TEXTS) for upload in uploads)
    return report["outcome"] == "ignored" and not is_text and has_text
