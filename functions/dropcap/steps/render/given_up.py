"""1 render, for a message that was given up: another message may have rendered the newest version meanwhile."""

from datetime import datetime

from dropcap.aws.buckets import Version
from dropcap.contracts import UploadSeen
from dropcap.site.post import FAILED, Post


def outcome_since(
    upload: UploadSeen, version: Version | None, before: Post | None, site: str, now: datetime
) -> str | None:
    """Return the outcome in BEFORE if VERSION was rendered with the settings SITE since the UPLOAD that failed.

    Return None where that is not certain: for a post whose time has come, or one that is older than the walk over
    everything, or the other source, that caused the message.
    """
    if version is None or before is None or before.outcome == FAILED:
        return None
    if (before.etag, before.site) != (version.etag, site):
        return None
    if before.due and datetime.fromisoformat(before.due) <= now:
        return None
    caused = upload.cause.at
    is_since = upload.cause.key == upload.key or (caused is not None and version.modified > caused)
    return before.outcome if is_since else None
