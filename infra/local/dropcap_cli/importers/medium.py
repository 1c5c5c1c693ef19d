"""Medium: the ZIP archive of Settings ▸ Download your information, with one HTML file a story in `posts/`.

A story is marked up as an h-entry (microformats.org/wiki/h-entry): `p-name`, `p-summary`, `e-content`, `dt-published`,
and `p-canonical` for its URL. The names of drafts begin with `draft_`. Tags are not in the export.
"""

from typing import Final
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from dropcap.document import slug as slug_of
from dropcap_cli.importers.archive import Archive
from dropcap_cli.importers.export import Export, ExportedPost
from dropcap_cli.importers.old_links import host_of
from dropcap_local.usage_error import UsageError

HEADINGS: Final = {"h3": "h2", "h4": "h3"}
"""Medium's headings begin at the third level."""


def read(archive: Archive) -> Export:
    """Return the stories in ARCHIVE; raise UsageError if there is none."""
    documents = [(name, BeautifulSoup(archive.text(name), "html.parser")) for name in archive.named(".html")]
    stories = [(name, soup) for name, soup in documents if soup.select_one(".e-content, section[data-field=body]")]
    if not stories:
        message = f"{archive.path} is not an export of Medium. In Medium, choose Settings, Download your information."
        raise UsageError(message)
    urls = [_attribute(soup, "a.p-canonical", "href") for _, soup in stories]
    return Export(
        posts=tuple(_post(name, soup) for name, soup in stories),
        hosts=frozenset[str]().union(*(host_of(url) for url in urls)),
        notes=(
            "Medium's export has no tags. Add them to the front matter.",
            "Medium's export has your responses as stories too. Remove those that you do not want.",
        ),
    )


def _post(name: str, soup: BeautifulSoup) -> ExportedPost:
    file = name.rpartition("/")[2]
    canonical = urlsplit(_attribute(soup, "a.p-canonical", "href"))
    title = _text(soup, "h1.p-name") or _text(soup, "title")
    subtitle = _text(soup, "section[data-field=subtitle], .p-summary")
    body = soup.select_one("section[data-field=body], .e-content")
    return ExportedPost(
        title=title,
        slug=slug_of(title),
        html=_body(soup, body, title, subtitle) if body else "",
        paths=(canonical.path,) if canonical.path.strip("/") else (),
        date=_attribute(soup, "time.dt-published", "datetime") or None,
        authors=tuple(filter(None, [_text(soup, "a.p-author")])),
        summary=subtitle or None,
        draft=file.startswith("draft_") or not (canonical.path or soup.select_one("time.dt-published")),
    )


def _body(soup: BeautifulSoup, body: Tag, title: str, subtitle: str) -> str:
    """Return the HTML of BODY without the title and subtitle at its top, its headings one level higher."""
    for heading in body.find_all(["h1", "h2", "h3", "h4"])[:2]:
        if heading.get_text(" ", strip=True) in {title, subtitle}:
            heading.decompose()
    for old, new in HEADINGS.items():
        for heading in body.find_all(old):
            heading.name = new
    for divider in body.select("div.section-divider"):
        divider.replace_with(soup.new_tag("hr"))
    _remove_leading_divider(body)
    return body.decode_contents()


def _remove_leading_divider(body: Tag) -> None:
    """Remove the divider that Medium puts above the first section."""
    first = body.find("hr")
    if isinstance(first, Tag):
        before = (text for text in first.find_all_previous(string=True) if body in text.parents)
        if not any(text.strip() for text in before):
            first.decompose()


def _text(soup: BeautifulSoup, selector: str) -> str:
    element = soup.select_one(selector)
    return element.get_text(" ", strip=True) if element else ""


def _attribute(soup: BeautifulSoup, selector: str, name: str) -> str:
    element = soup.select_one(selector)
    value = element.get(name) if element else None
    return value if isinstance(value, str) else ""
