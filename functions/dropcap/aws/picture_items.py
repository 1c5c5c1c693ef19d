"""Published pictures as maps in Catalog items. These names are those at rest; see `post_items.py`."""

from collections.abc import Mapping
from typing import Any

from dropcap.site.picture import Picture


def picture_item(picture: Picture) -> dict[str, Any]:
    """Return PICTURE as a map."""
    return {
        "url": picture.url,
        "width": picture.width,
        "height": picture.height,
        "small": picture.small,
        "small_width": picture.small_width,
        "small_height": picture.small_height,
    }


def picture_of(item: Mapping[str, Any] | None) -> Picture | None:
    """Return the picture in the map ITEM; None for None."""
    if not item:
        return None
    return Picture(
        url=item["url"],
        width=int(item["width"]),
        height=int(item["height"]),
        small=item["small"],
        small_width=int(item["small_width"]),
        small_height=int(item["small_height"]),
    )
