"""Pictures and files as attributes of Catalog items. These names are those at rest; see `post_items.py`."""

from collections.abc import Mapping
from typing import Any

from dropcap.aws.live_items import finding_items, findings_of
from dropcap.contracts import Cause
from dropcap.site.media import Content, Media, Rendition


def media_item(media: Media) -> dict[str, Any]:
    """Return the state MEDIA as attributes of its item."""
    return {
        "key": media.key,
        "outcome": media.outcome,
        "etag": media.etag,
        "recipe": media.recipe,
        "token": media.token,
        "content": _content_item(media.content) if media.content else None,
        "errors": finding_items(media.errors),
        "warnings": finding_items(media.warnings),
        "cause": media.cause.to_item(),
    }


def media_of(item: Mapping[str, Any]) -> Media:
    """Return the state in the attributes of ITEM."""
    return Media(
        key=item["key"],
        outcome=item["outcome"],
        etag=item["etag"],
        recipe=item["recipe"],
        token=item["token"],
        content=_content_of(item["content"]) if item["content"] else None,
        errors=findings_of(item["errors"]),
        warnings=findings_of(item["warnings"]),
        cause=Cause.of(item["cause"]),
    )


def _content_item(content: Content) -> dict[str, Any]:
    return {
        "renditions": [
            {"kind": file.kind, "width": file.width, "height": file.height, "digest": file.digest}
            for file in content.renditions
        ],
        "ground": content.ground,
        "inline": content.inline,
        "shape": list(content.shape),
    }


def _content_of(item: Mapping[str, Any]) -> Content:
    renditions = tuple(
        Rendition(kind=file["kind"], width=int(file["width"]), height=int(file["height"]), digest=file["digest"])
        for file in item["renditions"]
    )
    width, height = map(int, item.get("shape", (0, 0)))
    return Content(renditions=renditions, ground=item["ground"], inline=item["inline"], shape=(width, height))
