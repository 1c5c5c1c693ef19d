"""3 publish: the social image of a page, for previews of links to it.

That is the one its author names, else the first in its text, else a card with its title, drawn once for each title.
"""

from typing import NamedTuple

from dropcap.aws.site_bucket import FOR_EVER, SiteObject
from dropcap.pictures.card_words import CardWords
from dropcap.site import urls
from dropcap.site.content.absolute_urls import absolute_url
from dropcap.site.picture import Picture
from dropcap.site.post import Snapshot
from dropcap.site.settings.model import UNTITLED, SiteSettings
from dropcap.steps.publish.context import PublishContext
from dropcap.steps.publish.media import Gallery

FONT = "text-roman.woff2"
"""The theme's own font; a theme without it has no cards."""
PAPER, INK, ACCENT = "#fbfaf6", "#1f2321", "#0b5d54"
"""The theme's colours on a light screen, where the site names no others."""


CARD_SIZE = (1200, 630)
"""Width and height of a card, in pixels."""


class SocialImage(NamedTuple):
    """The picture at the full URL; its size in pixels, 0 where that is not known."""

    url: str
    width: int = 0
    height: int = 0


def social_image(
    context: PublishContext, live: Snapshot, gallery: Gallery
) -> tuple[SocialImage | None, frozenset[str]]:
    """Return the picture, and the paths of the objects in the page's folder that it needs."""
    if live.image and live.image.startswith(("http://", "https://")):
        return SocialImage(live.image), frozenset()
    own = gallery.placed.get(live.image or "")
    candidates = [own] if own else gallery.placed.values()
    pictures = (candidate for candidate in candidates if candidate.content.has_bitmap)
    if placed := next(pictures, None):
        picture = placed.picture
        return SocialImage(absolute_url(context.site.url, picture.url), picture.width, picture.height), frozenset()
    path = _card(context, live.title, context.site.title, gallery)
    if path is None:
        return None, frozenset()
    return SocialImage(absolute_url(context.site.url, path), *CARD_SIZE), frozenset({path})


def site_card(context: PublishContext, gallery: Gallery) -> Picture | None:
    """Return a card with the tagline and the name of the site, in the folder of GALLERY.

    None for a site without a name, whatever views were built, and for a theme without a font.
    """
    site = context.site
    if site.title == UNTITLED and not site.tagline:
        return None
    path = _card(context, site.tagline or site.title, site.title if site.tagline else "", gallery)
    return Picture(path, *CARD_SIZE, path, *CARD_SIZE) if path else None


def _card(context: PublishContext, title: str, below: str, gallery: Gallery) -> str | None:
    """Return the path of the card with TITLE and the words BELOW it; None for a theme that has no font for it."""
    font = context.tools.theme.asset(FONT)
    if font is None:
        return None
    words = CardWords(title, below, *_colours(context.site))
    path = urls.card_path(gallery.address, words.digest)
    if path not in gallery.standing:
        # Pillow is needed for a new title alone, and costs a cold start 100 ms.
        from dropcap.pictures.social_card import social_card  # noqa: PLC0415  # see the line above

        tags = (urls.page_tag(gallery.address),)
        context.tools.bucket.write_new(path, SiteObject(social_card(words, font), "image/png", tags, caching=FOR_EVER))
    return path


def _colours(site: SiteSettings) -> tuple[str, str, str]:
    return site.colours.background or PAPER, site.colours.text or INK, site.colours.accent or ACCENT
