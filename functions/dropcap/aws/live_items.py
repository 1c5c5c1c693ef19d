"""The newest good version of a source, as the map `live` or `hidden` in its Catalog item, and the findings about it.

The names in this module are those at rest; see `post_items.py`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from dropcap.document import Mention, Metadata, Tag
from dropcap.document.offsets import written_in_whole_minutes
from dropcap.errors import Finding
from dropcap.site.post import Snapshot


def metadata_item(metadata: Metadata) -> dict[str, Any]:
    """Return METADATA as attributes, without its path, whose attribute has two names."""
    return {
        "title": metadata.title,
        "dated": metadata.dated,
        "summary": metadata.summary,
        "tags": tag_items(metadata.tags),
        "authors": list(metadata.authors),
        "series": metadata.series,
        "language": metadata.language,
        "image": metadata.image,
        "image_alt": metadata.image_alt,
        "is_page": metadata.is_page,
        "identity": metadata.identity,
        "newsletter": metadata.newsletter,
        "newsletter_length": metadata.newsletter_length,
        "searchable": metadata.searchable,
    }


def metadata_of(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return the metadata in ITEM as arguments, without its path."""
    return {
        "title": item["title"],
        "dated": item["dated"],
        "summary": item["summary"],
        "tags": tags_of(item["tags"]),
        "authors": tuple(item.get("authors", ())),
        "series": item.get("series", ""),
        "language": item.get("language"),
        "image": item.get("image"),
        "image_alt": item.get("image_alt", ""),
        "is_page": item["is_page"],
        "identity": item.get("identity"),
        "newsletter": item.get("newsletter"),
        "newsletter_length": item.get("newsletter_length", ""),
        "searchable": item.get("searchable", True),
    }


def live_item(live: Snapshot | None) -> dict[str, Any] | None:
    """Return LIVE as a map of attributes; None for None."""
    if live is None:
        return None
    return {
        **metadata_item(live),
        "path": live.path,
        "sort": live.sort,
        "published": live.published,
        "updated": live.updated,
        "expires": live.expires,
        "description": live.description,
        "names": list(live.names),
        "links": list(live.links),
        "files": [_mention_item(mention) for mention in live.files],
        "toc": live.toc,
        "math": live.math,
        "disclaimer": live.disclaimer,
        "extra": dict(live.extra),
        "minutes": live.minutes,
        "digest": live.digest,
        "words": live.fingerprint,
        "image_caption": live.image_caption,
        "translation": live.translation,
        "is_home": live.is_home,
    }


def live_of(item: Mapping[str, Any] | None) -> Snapshot | None:
    """Return the version in the map ITEM; None for None."""
    if item is None:
        return None
    return Snapshot(
        **metadata_of(item),
        path=item["path"],
        sort=item["sort"],
        published=written_in_whole_minutes(item["published"]),
        updated=written_in_whole_minutes(item.get("updated") or "") or None,
        expires=item.get("expires"),
        description=item.get("description", ""),
        names=tuple(item["names"]),
        links=tuple(item["links"]),
        files=tuple(_mention_of(mention) for mention in item["files"]),
        toc=item.get("toc"),
        math=item.get("math"),
        disclaimer=item.get("disclaimer"),
        extra=item["extra"],
        minutes=int(item["minutes"]),
        digest=item["digest"],
        fingerprint=item.get("words", ""),
        image_caption=item.get("image_caption", ""),
        translation=item.get("translation", ""),
        is_home=item.get("is_home", False),
    )


def tag_items(tags: Iterable[Tag]) -> list[dict[str, str]]:
    """Return TAGS as a list of maps."""
    return [{"label": tag.label, "slug": tag.slug} for tag in tags]


def tags_of(items: Iterable[Mapping[str, str]]) -> tuple[Tag, ...]:
    """Return the tags in the list ITEMS."""
    return tuple(Tag(label=tag["label"], slug=tag["slug"]) for tag in items)


def finding_items(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return FINDINGS as a list of maps, which is also their form in reports."""
    return [finding.to_item() for finding in findings]


def findings_of(items: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """Return the findings in the list ITEMS; DynamoDB returns numbers as decimals."""
    return tuple(
        Finding(
            message=finding["message"],
            remedy=finding["remedy"],
            line=_count(finding["line"]),
            column=_count(finding["column"]),
            source=finding.get("source"),
            caret=_count(finding.get("caret")),
        )
        for finding in items
    )


def _mention_item(mention: Mention) -> dict[str, Any]:
    return {"written": mention.written, "paths": list(mention.paths), "line": mention.line}


def _mention_of(item: Mapping[str, Any]) -> Mention:
    return Mention(written=item["written"], paths=tuple(item["paths"]), line=_count(item["line"]))


def _count(number: object) -> int | None:
    return None if number is None else int(str(number))
