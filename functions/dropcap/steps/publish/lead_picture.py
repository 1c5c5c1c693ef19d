"""3 publish: the picture of a post's front matter, at the head of its page and small in lists."""

from html import escape

from markupsafe import Markup

from dropcap.document.html.file_references import MARK
from dropcap.site.content.pictures import filled
from dropcap.site.picture import Picture
from dropcap.site.post import Snapshot
from dropcap.steps.publish.media import Gallery


def lead_picture(live: Snapshot, fragment: str, gallery: Gallery) -> Markup:
    """Return the picture for the head of the page of LIVE; empty where it has none, or where FRAGMENT shows it too."""
    if not live.image:
        return Markup()
    alt = escape(live.image_alt)
    if live.image.startswith(("http://", "https://")):
        shown = f'"{escape(live.image)}"' in fragment
        tag = f'<img src="{escape(live.image)}" alt="{alt}" fetchpriority="high">'
        return Markup() if shown else Markup(tag)  # noqa: S704  # escaped
    placed = gallery.placed.get(live.image)
    if placed is None or not (placed.content.is_picture or placed.content.is_drawing):
        return Markup()
    if placed.key in _keys_in(fragment, gallery):
        return Markup()
    return Markup(filled(f'<img src="{MARK}{escape(live.image)}" alt="{alt}">', gallery.placed))  # noqa: S704  # escaped


def card_picture(live: Snapshot, gallery: Gallery) -> Picture | None:
    """Return the picture that lists and feeds show for LIVE: that of its front matter, where it is uploaded here."""
    placed = gallery.placed.get(live.image or "")
    return placed.picture if placed and placed.content.has_bitmap else None


def _keys_in(fragment: str, gallery: Gallery) -> set[str]:
    """Return the source keys of the pictures that FRAGMENT shows."""
    return {placed.key for written, placed in gallery.placed.items() if f'src="{MARK}{escape(written)}"' in fragment}
