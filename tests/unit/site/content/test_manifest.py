"""The web manifest."""

import json
from dataclasses import replace

from dropcap.site.content.manifest import web_manifest
from dropcap.site.picture import Picture
from dropcap.site.settings.model import SiteSettings

SITE = SiteSettings.default("https://hour.example")
THEME = {192: "/assets/icon-192.png", 512: "/assets/icon-512.png"}


def icons(site: SiteSettings) -> object:
    """Return the icons in the manifest of SITE."""
    return json.loads(web_manifest(site, THEME))["icons"]


def test_an_installed_site_has_the_icon_that_its_tabs_show() -> None:
    """In both sizes; one that is no larger is named once."""
    large = Picture("/m/icon-512.png", 512, 512, "/m/icon-480.png", 480, 480)
    small = Picture("/m/icon-192.png", 192, 192, "/m/icon-192.png", 192, 192)
    assert [
        {"src": "/m/icon-480.png", "sizes": "480x480"},
        {"src": "/m/icon-512.png", "sizes": "512x512"},
    ] == icons(replace(SITE, icon="/icon.png", icon_picture=large))
    assert [{"src": "/m/icon-192.png", "sizes": "192x192"}] == icons(
        replace(SITE, icon="/icon.png", icon_picture=small)
    )
    assert [{"src": "https://x.example/i.png"}] == icons(replace(SITE, icon="https://x.example/i.png"))


def test_a_site_without_an_icon_has_that_of_the_theme() -> None:
    """So has one whose icon is not uploaded yet."""
    theme = [{"src": url, "sizes": f"{size}x{size}", "type": "image/png"} for size, url in THEME.items()]
    assert theme == icons(SITE) == icons(replace(SITE, icon="/icon.png"))
