"""The masthead of every page, one item of the Catalog: links to the published pages, and the pictures of the site."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dropcap.aws import catalog_keys as keys
from dropcap.aws.picture_items import picture_item, picture_of
from dropcap.aws.table import Item, Table, item_of
from dropcap.contracts import Cause
from dropcap.site.picture import Picture
from dropcap.site.settings.model import SiteSettings


def with_masthead(site: SiteSettings, item: Item) -> SiteSettings:
    """Return SITE with the pictures in ITEM, and with its links to pages if SITE names no navigation."""
    pictures = item.get("pictures", {})
    return replace(
        site,
        pages=() if site.navigation else tuple((label, to) for label, to in item.get("links", ())),
        logo_picture=picture_of(pictures.get("logo")) if site.logo else None,
        icon_picture=picture_of(pictures.get("icon")) if site.icon else None,
        share_picture=picture_of(pictures.get("share")),
        people=tuple(
            replace(person, photo=picture_of(pictures.get(f"author {person.name}"))) for person in site.people
        ),
    )


class Masthead:
    """Stores the item. All methods raise ServiceError."""

    def __init__(self, table: Table) -> None:
        """Store the Catalog's TABLE."""
        self._table = table

    def keep(self, links: Sequence[tuple[str, str]], pictures: Mapping[str, tuple[str, Picture]], cause: Cause) -> None:
        """Store the LINKS to the published pages, and by setting PICTURES with their source keys, if they are new."""
        item = self._table.get(keys.NAVIGATION)
        new: dict[str, object] = {"links": [list(link) for link in links]}
        if pictures:
            new["pictures"] = {name: picture_item(picture) for name, (_, picture) in pictures.items()}
            new["sources"] = sorted({key for key, _ in pictures.values() if key})
        old = {name: value for name, value in (item or {}).items() if name in {"links", "pictures", "sources"}}
        if item and not links and not pictures:
            self._table.commit([], [keys.NAVIGATION])
        elif new != (old or {"links": []}):
            self._table.put_all([item_of(keys.NAVIGATION, {**new, "cause": cause.to_item()})])
