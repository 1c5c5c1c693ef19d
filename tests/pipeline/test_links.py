"""Every link that Dropcap writes leads somewhere: pages, lists, feeds, sitemaps, and the parts of a page."""

from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest

from dropcap.site.urls import object_key

OURS = {"", "even-hour.example"}
LINKS = {"href", "src", "action"}


class Links(HTMLParser):
    """Gathers where a page leads to, and which of its parts can be led to."""

    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.parts: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element's links and its id."""
        del tag
        self.links |= {value for name, value in attrs if name in LINKS and value}
        self.parts |= {value for name, value in attrs if name == "id" and value}


def read(body: bytes, *, html: bool) -> Links:
    """Read a page or an XML file."""
    links = Links()
    if html:
        links.feed(body.decode())
        return links
    for element in ET.fromstring(body).iter():  # noqa: S314  # our own output
        links.links |= {element.get("href") or "", element.text or "" if element.tag.endswith("loc") else ""} - {""}
    return links


@pytest.mark.xdist_group("example")
def test_every_link_of_the_example_site_leads_somewhere(example_site: dict[str, bytes]) -> None:
    """A reader who follows any link or fragment of ours finds something there."""
    everything = set(example_site)
    site = {key: body for key, body in example_site.items() if key.endswith((".html", ".xml"))}
    pages = {key: read(body, html=key.endswith(".html")) for key, body in site.items()}
    dead = []
    for key, page in pages.items():
        for link in page.links:
            to = urlsplit(urljoin("https://even-hour.example/" + key.removesuffix("index.html"), link))
            if to.netloc not in OURS or to.scheme not in {"http", "https"} or to.path.startswith("/api/"):
                continue
            target = object_key(unquote(to.path))
            missing_part = to.fragment and target in pages and unquote(to.fragment) not in pages[target].parts
            if target not in everything or missing_part:
                dead.append((key, link))
    assert [] == dead
    assert 500 < sum(len(page.links) for page in pages.values())
