"""The web manifest: https://www.w3.org/TR/appmanifest/."""

import json
from collections.abc import Mapping

from dropcap.site.settings.model import SiteSettings
from dropcap.site.text_direction import direction

ICON_SIZES = (192, 512)
"""Pixels of the icons that devices request; the theme has `icon-192.png` and so on."""


def web_manifest(site: SiteSettings, icons: Mapping[int, str]) -> str:
    """Write the manifest of SITE with its own icon, else with ICONS, the theme's addresses by their sizes in pixels."""
    fields = {
        "name": site.title,
        "description": site.description or site.tagline,
        "lang": site.language,
        "dir": direction(site.language),
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "icons": _own_icons(site)
        or [{"src": url, "sizes": f"{size}x{size}", "type": "image/png"} for size, url in icons.items()],
    }
    return json.dumps({name: value for name, value in fields.items() if value}, ensure_ascii=False, indent=1) + "\n"


def _own_icons(site: SiteSettings) -> list[dict[str, str]]:
    """Return the icon of SITE in its sizes, the smallest first; empty if it has none."""
    picture = site.icon_picture
    if not picture:
        return [{"src": site.icon_url}] if site.icon_url else []
    sizes = {
        picture.small: (picture.small_width, picture.small_height),
        picture.url: (picture.width, picture.height),
    }
    return [
        {"src": url} | ({"sizes": f"{width}x{height}"} if width and height else {})
        for url, (width, height) in sizes.items()
    ]
