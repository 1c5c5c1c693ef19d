"""1 render: the snapshot of a document that the Catalog keeps."""

import re
from dataclasses import fields

from dropcap.document import Document
from dropcap.site.post import Snapshot

WORDS_PER_MINUTE = 230
_MARKUP = re.compile(r"<[^>]*>")


def snapshot_of(document: Document, digest: str) -> Snapshot:
    """Return the snapshot of DOCUMENT, whose fragment is stored under DIGEST.

    Fields that both have are copied, so that a new field of the front matter is no change here.
    """
    own: dict[str, object] = {
        "sort": document.date.strftime("%Y-%m-%dT%H:%M:%S"),
        "published": document.date.isoformat(timespec="seconds"),
        "updated": document.updated.isoformat(timespec="seconds") if document.updated else None,
        "expires": document.expires.isoformat(timespec="seconds") if document.expires else None,
        "minutes": max(1, round(len(_MARKUP.sub(" ", document.html).split()) / WORDS_PER_MINUTE)),
        "digest": digest,
    }
    shared = {field.name: getattr(document, field.name) for field in fields(Snapshot) if field.name not in own}
    return Snapshot(**shared, **own)  # type: ignore[arg-type]  # the fields above, by their names
