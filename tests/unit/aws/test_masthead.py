"""The masthead: pictures and links that every page shows, in one item that changes only with them."""

from dataclasses import replace
from typing import Any

from dropcap.aws import catalog_keys as keys
from dropcap.aws.catalog import Catalog
from dropcap.aws.post_items import card_item
from dropcap.aws.site_items import site_item
from dropcap.aws.table import item_of
from dropcap.site.picture import Picture
from dropcap.site.settings.model import Person, SiteSettings
from support.memory_table import URL, MemoryTable
from support.posts import CAUSE, LIVE

ADA, BEN = (Person(name, picture=f"{name}.jpg") for name in ("Ada", "Ben"))
LINKS = [("About", "/about/")]


def picture(name: str) -> Picture:
    """Return a picture."""
    return Picture(f"/{name}.png", 64, 48, f"/{name}-32.png", 32, 24)


def kept(site: SiteSettings) -> tuple[SiteSettings, MemoryTable]:
    """Return SITE with a masthead that has a picture of each kind, and the table."""
    table = MemoryTable(item_of(keys.SITE, {**site_item(site), "cause": CAUSE.to_item()}))
    catalog = Catalog(table, URL)
    names = ("logo", "icon", "share", "author Ada")
    catalog.masthead.keep(LINKS, {name: (f"files/{name}", picture(name)) for name in names}, CAUSE)
    return catalog.site_with_pages(), table


def test_a_site_has_the_pictures_that_it_names() -> None:
    """And the photo of each author who has one."""
    site, _ = kept(SiteSettings(URL, logo="logo.png", icon="icon.png", people=(ADA, BEN)))
    pictures = (site.logo_picture, site.icon_picture, site.share_picture)
    assert (picture("logo"), picture("icon"), picture("share")) == pictures
    assert (replace(ADA, photo=picture("author Ada")), BEN) == site.people
    assert tuple(LINKS) == site.pages


def test_a_picture_that_the_site_no_longer_names_is_not_shown() -> None:
    """Although the item still has it until the masthead is built again; own navigation replaces the pages."""
    site, _ = kept(SiteSettings(URL, navigation=(("Start", "/"),)))
    assert (None, None, ()) == (site.logo_picture, site.icon_picture, site.pages)


def test_the_item_is_written_only_when_something_has_changed() -> None:
    """Each write rebuilds every page."""
    _, table = kept(SiteSettings(URL))
    before: Any = table.get(keys.NAVIGATION)
    assert sorted(before["sources"]) == before["sources"]
    catalog = Catalog(table, URL)
    later = replace(CAUSE, etag="later")
    names = ("logo", "icon", "share", "author Ada")
    catalog.masthead.keep(LINKS, {name: (f"files/{name}", picture(name)) for name in names}, later)
    assert before == table.get(keys.NAVIGATION)
    catalog.masthead.keep(LINKS, {}, later)
    assert "pictures" not in (table.get(keys.NAVIGATION) or {})
    catalog.masthead.keep([], {}, later)
    assert table.get(keys.NAVIGATION) is None
    catalog.masthead.keep([], {}, later)
    assert table.get(keys.NAVIGATION) is None


def test_the_first_candidate_opens_the_home_page() -> None:
    """By its rank; without one it is the file of that name."""
    items = [
        item_of((keys.list_of("home"), f"{rank}#{key}"), card_item(LIVE.card(key, "d", "")))
        for rank, key in (("3", "index.md"), ("1", "pages/start.md"))
    ]
    assert "pages/start.md" == Catalog(MemoryTable(*items), URL).lists.home_page()
    assert "pages/home.md" == Catalog(MemoryTable(), URL).lists.home_page()
