"""The site's logo and icon: uploaded pictures that `site.yaml` names, in the masthead of every page."""

import re

from dropcap_local.cloud import LocalCloud
from support.made_pictures import picture

SETTINGS = "title: The Quiet Hour\nlogo: /images/logo.png\nicon: /images/icon.png\n"


def masthead_pictures(cloud: LocalCloud, path: str) -> list[str]:
    """Return the addresses of logo and icon on the page at PATH."""
    html = cloud.page(path).body.decode()
    logo, icon = r'<img class="logo" src="([^"]*)"', r'<link rel="icon" href="(/assets/media/[^"]*)"'
    return [*re.findall(logo, html), *re.findall(icon, html)]


def warnings(cloud: LocalCloud) -> list[str]:
    """Return what the report on `site.yaml` warns of."""
    report = cloud.report("site.yaml") or {"warnings": []}
    return [finding["message"] for finding in report["warnings"]]


def test_a_logo_appears_once_it_is_uploaded_and_its_absence_is_reported() -> None:
    """Until then, and once it is gone, the name stands in its place."""
    with LocalCloud() as cloud:
        cloud.upload("site.yaml", SETTINGS)
        cloud.upload("posts/naps.md", "---\ntitle: Naps\ndate: 2025-03-14\n---\nText.\n")
        cloud.settle()
        assert [] == masthead_pictures(cloud, "/naps/")
        assert ["/images/logo.png", "/images/icon.png"] == re.findall(
            r"`(/images/\w+\.png)`", " ".join(warnings(cloud))
        )
        cloud.upload("images/logo.png", picture("red", (600, 200), format="PNG"))
        cloud.upload("images/icon.png", picture("red", (64, 64), format="PNG"))
        cloud.settle()
        assert [] == warnings(cloud)
        assert "published" == (cloud.report("images/icon.png") or {})["outcome"]
        for path in ("/naps/", "/", "/404.html"):
            pictures = masthead_pictures(cloud, path)
            assert 2 == len(pictures), path
            assert [200, 200] == [cloud.page(picture).status for picture in pictures]
        assert b'width="480" height="160"' in cloud.page("/naps/").body
        cloud.delete("images/logo.png")
        cloud.settle()
        assert b'class="logo"' not in cloud.page("/naps/").body
        assert 1 == len(warnings(cloud))


def test_the_uploaded_picture_of_an_author_is_on_their_page_and_in_feeds() -> None:
    """A missing one is reported, and appears once it is uploaded."""
    with LocalCloud() as cloud:
        cloud.upload("site.yaml", "authors:\n- name: Ann Moor\n  picture: /images/ann.png\n")
        cloud.upload("posts/naps.md", "---\ntitle: Naps\ndate: 2025-03-14\nauthor: Ann Moor\n---\nText.\n")
        cloud.settle()
        assert b'class="portrait' not in cloud.page("/authors/ann-moor/").body
        assert "/images/ann.png" in " ".join(warnings(cloud))
        cloud.upload("images/ann.png", picture("red", (600, 600), format="PNG"))
        cloud.settle()
        (address,) = re.findall(r'class="portrait[^>]* src="([^"]*)"', cloud.page("/authors/ann-moor/").body.decode())
        assert 200 == cloud.page(address).status
        for form in ("/feed.json", "/authors/ann-moor/feed.json"):
            assert address in cloud.page(form).body.decode()
        assert [] == warnings(cloud)
