"""1 render: what the Catalog keeps of a document that is public, or to be seen at its preview."""

import re

from dropcap.document import Document
from dropcap.site.cards import Tag
from dropcap.site.post import Snapshot

WORDS_PER_MINUTE = 230
_MARKUP = re.compile(r"<[^>]*>")


def snapshot_of(document: Document, digest: str) -> Snapshot:
    """Give what the Catalog keeps of DOCUMENT, whose fragment is stored under DIGEST."""
    return Snapshot(
        title=document.title,
        path=document.path,
        sort=document.date.strftime("%Y-%m-%dT%H:%M:%S"),
        published=document.date.isoformat(timespec="seconds"),
        updated=document.updated.isoformat(timespec="seconds") if document.updated else None,
        expires=document.expires.isoformat(timespec="seconds") if document.expires else None,
        dated=document.dated,
        summary=document.summary,
        description=document.description,
        tags=tuple(Tag(tag.label, tag.slug) for tag in document.tags),
        names=document.names,
        links=document.links,
        files=document.files,
        authors=document.authors,
        language=document.lang,
        image=document.image,
        image_alt=document.image_alt,
        is_page=document.is_page,
        identity=document.id,
        newsletter=document.newsletter,
        toc=document.toc,
        math=document.math,
        searchable=document.searchable,
        disclaimer=document.disclaimer,
        extra=document.extra,
        minutes=max(1, round(len(_MARKUP.sub(" ", document.html).split()) / WORDS_PER_MINUTE)),
        digest=digest,
        words=document.fingerprint,
    )
