"""1 render: sources to render again because of another one: its translations, and the file that it has become."""

from dropcap.aws import catalog_keys as keys
from dropcap.aws.buckets import Sources
from dropcap.aws.catalog import Catalog
from dropcap.aws.queues import Queue
from dropcap.contracts import UploadSeen
from dropcap.document.paths.translations import language_suffix, translations_of
from dropcap.site.journal import Journal
from dropcap.site.post import REMOVED, Post

LOOKED_AT = 200
"""Most files whose names begin like the source's that are considered."""


def request_translations(sources: Sources, uploads: Queue, post: Post, before: Post | None) -> None:
    """Request a new rendering of POST's translations (`x.de.md` of `x.md`) if its source came or went since BEFORE.

    Sent before the commit, so that a retry sends again; whether the source exists is read from the bucket.
    """
    exists, existed = post.outcome != REMOVED, before is not None and before.outcome != REMOVED
    if exists == existed or language_suffix(post.key):
        return
    stem = post.key.rpartition(".")[0]
    others = [key for key, _ in sources.walk(f"{stem}.", "", LOOKED_AT)]
    uploads.send_all([UploadSeen(key, post.cause) for key in translations_of(post.key, others)])


def request_renamed(catalog: Catalog, uploads: Queue, post: Post, journal: Journal) -> None:
    """Request a new rendering of sources that may be POST under another name, now that its addresses are free."""
    if post.live or not journal.addresses:
        return
    names = keys.known_keys(post.key, journal.identity, journal.fingerprint)
    uploads.send_all([UploadSeen(source, post.cause) for source in catalog.references.alive(names)])
