"""The newest good version of a source, as the map `live` or `hidden` in its Catalog item, and the findings about it.

The names in this module are those at rest; see `post_items.py`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from dropcap.document.html.file_references import Mention
from dropcap.errors import Finding
from dropcap.site.cards import Tag
from dropcap.site.post import Snapshot


def live_item(live: Snapshot | None) -> dict[str, Any] | None:
    """Return LIVE as a map of attributes; None for None."""
    if live is None:
        return None
    return {
        "title": live.title,
        "path": live.path,
        "sort": live.sort,
        "published": live.published,
        "updated": live.updated,
        "expires": live.expires,
        "dated": live.dated,
        "summary": live.summary,
        "description": live.description,
        "tags": tag_items(live.tags),
        "names": list(live.names),
        "links": list(live.links),
        "files": [_mention_item(mention) for mention in live.files],
        "authors": list(live.authors),
        "language": live.language,
        "image": live.image,
        "image_alt": live.image_alt,
        "is_page": live.is_page,
        "identity": live.identity,
        "newsletter": live.newsletter,
        "toc": live.toc,
        "math": live.math,
        "searchable": live.searchable,
        "disclaimer": live.disclaimer,
        "extra": dict(live.extra),
        "minutes": live.minutes,
        "digest": live.digest,
        "words": live.words,
    }


def live_of(item: Mapping[str, Any] | None) -> Snapshot | None:
    """Return the version in the map ITEM; None for None."""
    if item is None:
        return None
    return Snapshot(
        title=item["title"],
        path=item["path"],
        sort=item["sort"],
        published=item["published"],
        updated=item.get("updated"),
        expires=item.get("expires"),
        dated=item["dated"],
        summary=item["summary"],
        description=item.get("description", ""),
        tags=tags_of(item["tags"]),
        names=tuple(item["names"]),
        links=tuple(item["links"]),
        files=tuple(_mention_of(mention) for mention in item["files"]),
        authors=tuple(item["authors"]),
        language=item.get("language"),
        image=item.get("image"),
        image_alt=item.get("image_alt", ""),
        is_page=item["is_page"],
        identity=item.get("identity"),
        newsletter=item.get("newsletter"),
        toc=item.get("toc"),
        math=item.get("math"),
        searchable=item.get("searchable", True),
        disclaimer=item.get("disclaimer"),
        extra=item["extra"],
        minutes=int(item["minutes"]),
        digest=item["digest"],
        words=item.get("words", ""),
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
