"""Addresses of Pelican and Ghost."""

import pytest

from dropcap.document.paths.foreign_addresses import own_address
from dropcap.document.paths.media_types import Serving, file_kind, serving
from support.documents import html


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("{filename}/posts/a.md", "/posts/a.md"),
        ("{filename}a.md#part", "a.md#part"),
        ("|filename|../a.md", "../a.md"),
        ("%7Bstatic%7D/images/a%20b.png", "/images/a%20b.png"),
        ("{attach}a.pdf", "a.pdf"),
        ("{tag}Deep%20Work", "/tags/deep-work/"),
        ("{category}news", "/tags/news/"),
        ("{index}", "/"),
        ("__GHOST_URL__/a-post/", "/a-post/"),
        ("__GHOST_URL__", "/"),
        ("{author}Ada Lovelace", "/authors/ada-lovelace/"),
        ("{other}ada", "{other}ada"),
        ("/a/{b}/", "/a/{b}/"),
        ("https://example.org/{filename}", "https://example.org/{filename}"),
    ],
)
def test_an_address_of_another_system_is_read(address: str, expected: str) -> None:
    """Addresses without its notation stay as they are."""
    assert expected == own_address(address)


def test_links_and_pictures_have_own_addresses() -> None:
    """A source becomes a placeholder, a file a mark."""
    assert '<dropcap-link names="posts/b">B</dropcap-link>' in html("[B]({filename}/posts/b.md)")
    assert '<a href="/tags/deep-work/">D</a>' in html("[D]({tag}Deep Work)")
    assert 'src="dropcap-file:/content/a.png"' in html("![A](__GHOST_URL__/content/a.png)")


def test_a_picture_of_a_source_embeds_it_in_a_paragraph_of_its_own() -> None:
    """Within a text it is a link with the alternative text."""
    assert '<dropcap-embed names="posts/note|note">note.md</dropcap-embed>' == html("![](note.md)")
    assert '<p>a <dropcap-link names="posts/note|note">N</dropcap-link> b</p>' == html("a ![N](note.md) b")


def test_an_icon_is_served_as_it_is() -> None:
    """Browsers show it, and nothing here decodes it."""
    assert ("file", Serving("image/vnd.microsoft.icon", inline=True)) == (file_kind("a/b.ICO"), serving("a/b.ICO"))
