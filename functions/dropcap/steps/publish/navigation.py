"""3 publish: the masthead: links to the published pages where `site.yaml` names none, and the pictures in `site.yaml`.

It is an item of the Catalog, as sums are: when it changes, every page of the site is rebuilt (`walk_pages`).
"""

from collections.abc import Iterator

from dropcap.aws import catalog_keys as keys
from dropcap.document import Mention
from dropcap.document.html.file_references import mention
from dropcap.errors import Finding
from dropcap.site.picture import Picture
from dropcap.site.reports.media_report import not_found
from dropcap.site.settings.model import SITE_KEY, SiteSettings
from dropcap.site.urls import CacheTags
from dropcap.steps.publish.context import PublishContext
from dropcap.steps.publish.home_pages import home_addresses
from dropcap.steps.publish.media import place, tidy
from dropcap.steps.publish.social_image import site_card

MOST = 8
"""Most pages in the navigation; a site with more names the important ones in `site.yaml`."""
LOOKED_AT = 200
FOLDER = "/"
"""The address in whose folder logo, icon and share image are; the start page has no pictures of its own there."""


def navigation(context: PublishContext) -> CacheTags:
    """Store the links, by title, then by address, without the pages that open the home pages; and the pictures."""
    cards = context.tools.catalog.lists.newest(keys.PAGES, LOOKED_AT)
    homes = home_addresses(context)
    links = [(card.title, card.url) for card in cards if card.key not in homes]
    links.sort(key=lambda link: (link[0].casefold(), *link))
    site = context.site
    wanted = masthead_files(site)
    gallery = place(context, FOLDER, SITE_KEY, wanted.values())
    placed = {name: gallery.placed[file.written] for name, file in wanted.items() if file.written in gallery.placed}
    pictures = {name: (file.key, file.picture) for name, file in placed.items()}
    if "share" not in pictures and (card := site_card(context, gallery)):
        pictures["share"] = ("", card)
    context.tools.catalog.masthead.keep(links[:MOST], pictures, context.cause)
    photos = [person.photo for person in site.people]
    # Pages still show the former pictures until they are rebuilt.
    former = _paths(site.logo_picture, site.icon_picture, site.share_picture, *photos)
    return tidy(context, gallery, gallery.standing & (former | _paths(*(picture for _, picture in pictures.values()))))


def masthead_files(site: SiteSettings) -> dict[str, Mention]:
    """Return the uploaded pictures that SITE names, by what they are for."""
    return {use: file for use, written in site.picture_settings.items() if (file := mention(written, SITE_KEY))}


def missing_files(context: PublishContext) -> Iterator[Finding]:
    """Return a finding for each picture of the masthead that is not uploaded."""
    media = context.tools.catalog.media
    for file in masthead_files(context.site).values():
        if media.called(file, SITE_KEY) is None:
            yield not_found(file, media.alike(file.name))


def _paths(*pictures: Picture | None) -> frozenset[str]:
    return frozenset(path for picture in pictures if picture for path in (picture.url, picture.small))
