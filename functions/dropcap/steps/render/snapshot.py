"""1 render: the snapshot of a document that the Catalog keeps."""

from dataclasses import fields, replace

from dropcap.document import Document, file_names, link_name
from dropcap.html_tags import ANY_TAG
from dropcap.site.journal import Journal
from dropcap.site.post import Snapshot

WORDS_PER_MINUTE = 230
FORMER_NAMES = 5
"""Most names of a post that its file had before it was renamed."""


def snapshot_of(document: Document, digest: str) -> Snapshot:
    """Return the snapshot of DOCUMENT, whose fragment is stored under DIGEST.

    Fields that both have are copied, so that a new field of the front matter is no change here.
    """
    own: dict[str, object] = {
        "sort": document.date.strftime("%Y-%m-%dT%H:%M:%S"),
        "published": document.date.isoformat(timespec="seconds"),
        "updated": document.updated.isoformat(timespec="seconds") if document.updated else None,
        "expires": document.expires.isoformat(timespec="seconds") if document.expires else None,
        "minutes": max(1, round(len(ANY_TAG.sub(" ", document.html).split()) / WORDS_PER_MINUTE)),
        "digest": digest,
    }
    shared = {field.name: getattr(document, field.name) for field in fields(Snapshot) if field.name not in own}
    return Snapshot(**shared, **own)  # type: ignore[arg-type]  # the fields above, by their names


def with_former_names(live: Snapshot, journal: Journal) -> Snapshot:
    """Return LIVE with the names that it had before its file was renamed: `[[old name]]` still leads to it."""
    paths = [link_name(path) for path in journal.adopted]
    former = [*(file_names(journal.moved_from) if journal.moved_from else ()), *paths]
    new = [name for name in dict.fromkeys(former) if name and name not in live.names]
    return replace(live, names=(*live.names, *new[:FORMER_NAMES]))
