"""Posts, cards and shown records as attributes of Catalog items.

The names in this module are those at rest: a running stack holds items that an earlier version wrote, so they never
change, even if the Python attribute is renamed. A new attribute is optional when it is read.
"""

from collections.abc import Mapping
from typing import Any

from dropcap.aws.live_items import finding_items, findings_of, live_item, live_of, metadata_item, metadata_of
from dropcap.aws.picture_items import picture_item, picture_of
from dropcap.contracts import Cause
from dropcap.document.offsets import written_in_whole_minutes
from dropcap.site.cards import Card
from dropcap.site.post import Post, Shown

Attributes = dict[str, Any]
Stored = Mapping[str, Any]


def card_item(card: Card) -> Attributes:
    """Return CARD as attributes of an item."""
    return {
        **metadata_item(card),
        "key": card.key,
        "url": card.path,
        "sort": card.sort,
        "published": card.published,
        "updated": card.updated,
        "digest": card.digest,
        "site": card.site,
        "picture": picture_item(card.picture) if card.picture else None,
    }


def card_of(item: Stored) -> Card:
    """Return the card in the attributes of ITEM; other attributes are ignored."""
    return Card(
        **metadata_of(item),
        key=item["key"],
        path=item["url"],
        sort=item["sort"],
        published=written_in_whole_minutes(item["published"]),
        updated=written_in_whole_minutes(item.get("updated") or "") or None,
        digest=item["digest"],
        site=item["site"],
        picture=picture_of(item.get("picture")),
    )


def post_item(post: Post) -> Attributes:
    """Return the state POST as attributes of its item."""
    return {
        "key": post.key,
        "outcome": post.outcome,
        "etag": post.etag,
        "token": post.token,
        "site": post.site,
        "live": live_item(post.live),
        "errors": finding_items(post.errors),
        "warnings": finding_items(post.warnings),
        "owns": [list(key) for key in post.owns],
        "cause": post.cause.to_item(),
        "preview": post.preview,
        "publishes": post.publishes,
        "expires": post.expires,
        "stands_since": post.stands_since,
        "hidden": live_item(post.hidden),
        "due": post.due,
        "moved_from": post.moved_from,
        "uploaded": post.uploaded,
    }


def post_of(item: Stored) -> Post:
    """Return the state in the attributes of ITEM."""
    return Post(
        key=item["key"],
        outcome=item["outcome"],
        etag=item["etag"],
        token=item["token"],
        site=item["site"],
        live=live_of(item["live"]),
        errors=findings_of(item["errors"]),
        warnings=findings_of(item["warnings"]),
        owns=tuple((pk, sk) for pk, sk in item["owns"]),
        cause=Cause.of(item["cause"]),
        preview=item.get("preview"),
        publishes=item.get("publishes"),
        expires=item.get("expires"),
        stands_since=item.get("stands_since"),
        hidden=live_of(item.get("hidden")),
        due=item.get("due"),
        moved_from=item.get("moved_from", ""),
        uploaded=item.get("uploaded"),
    )


def shown_item(shown: Shown) -> Attributes:
    """Return SHOWN as attributes of its item."""
    return {
        "card": card_item(shown.card),
        "etag": shown.etag,
        "token": shown.token,
        "entries": [list(key) for key in shown.item_keys],
        "links": list(shown.links),
        "files": [list(file) for file in shown.files],
        "cause": shown.cause.to_item(),
        "targets": list(shown.targets),
        "doubts": finding_items(shown.doubts),
        "listed": shown.listed,
        "searched": shown.searched,
    }


def shown_of(item: Stored) -> Shown:
    """Return the shown record in the attributes of ITEM."""
    return Shown(
        card=card_of(item["card"]),
        etag=item["etag"],
        token=item["token"],
        item_keys=tuple((pk, sk) for pk, sk in item["entries"]),
        links=tuple(item["links"]),
        files=tuple((key, digest) for key, digest in item["files"]),
        cause=Cause.of(item["cause"]),
        targets=tuple(item["targets"]),
        doubts=findings_of(item["doubts"]),
        listed=item.get("listed", ""),
        searched=item.get("searched", ""),  # absent in items of earlier versions: their words are written once more
    )
