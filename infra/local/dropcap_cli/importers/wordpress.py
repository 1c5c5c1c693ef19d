"""WordPress: the WXR files of Tools ▸ Export, which are RSS with extensions; large sites have several.

A post is an `<item>` with `wp:post_type`, `wp:status`, `wp:post_name` and `content:encoded`; pictures are items of the
type `attachment`. The uploads themselves are not in the export.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from dropcap_cli.importers.archive import Archive
from dropcap_cli.importers.export import Export, ExportedPost
from dropcap_cli.importers.old_links import host_of
from dropcap_cli.importers.wordpress_text import UNKNOWN_SHORTCODE, html_of, missing_from_galleries
from dropcap_local.usage_error import UsageError

NO_DATE = "0000-00-00 00:00:00"
PUBLIC: Final = frozenset({"publish", "future"})
SKIPPED: Final = frozenset({"trash", "auto-draft", "inherit"})
_BARE_AMPERSAND = re.compile(r"<!\[CDATA\[.*?\]\]>|&(?!(?:#\d+|#x[0-9a-fA-F]+|amp|lt|gt|quot|apos);)", re.DOTALL)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NAMESPACE = re.compile(r"\{[^{}]*/([a-z]+)/(?:[\d.]+/)?\}|\{[^{}]*\}")

Item = ET.Element


def read(archive: Archive) -> Export:
    """Return the posts in ARCHIVE; raise UsageError if it has no WXR file."""
    channels = [
        channel for name in archive.named(".xml", ".wxr") if (channel := _channel(name, archive.text(name))) is not None
    ]
    if not channels:
        message = f"{archive.path} is not an export of WordPress. In WordPress, choose Tools, Export, All content."
        raise UsageError(message)
    items = [item for channel in channels for item in channel.findall("item")]
    files = {_text(item, "post_id"): item for item in items if _text(item, "post_type") == "attachment"}
    names = {
        _text(author, "author_login"): _text(author, "author_display_name") for author in channels[0].iter("author")
    }
    articles = [item for item in items if _text(item, "post_type") in {"post", "page"} and _status(item) not in SKIPPED]
    first = channels[0]
    return Export(
        posts=tuple(_post(item, files, names) for item in articles),
        title=_text(first, "title") or None,
        description=_text(first, "description") or None,
        language=_text(first, "language") or None,
        hosts=host_of(_text(first, "link")) | host_of(_text(first, "base_blog_url")),
        notes=tuple(_notes(items, articles)),
    )


def _channel(name: str, text: str) -> Item | None:
    """Return the channel of the WXR file NAME, its names without namespaces; None if TEXT is something else.

    Raise UsageError if it is damaged. Exports are known with `&` where XML wants `&amp;`.
    """
    text = _BARE_AMPERSAND.sub(lambda match: match[0] if match[0] != "&" else "&amp;", _CONTROL.sub("", text))
    try:
        root = ET.fromstring(text)  # noqa: S314  # expat itself limits how far entities expand
    except ET.ParseError as error:
        if "wordpress.org/export/" not in text:
            return None
        message = f"{name} is a damaged export of WordPress: {error}. Export it again, or correct that line."
        raise UsageError(message) from None
    for element in root.iter():
        prefix = "excerpt_" if "/excerpt/" in element.tag else ""
        element.tag = prefix + _NAMESPACE.sub("", element.tag)
    channel = root.find("channel")
    return channel if channel is not None and channel.find("wxr_version") is not None else None


def _post(item: Item, files: dict[str, Item], names: dict[str, str]) -> ExportedPost:
    status, number = _status(item), _text(item, "post_id")
    meta = {_text(entry, "meta_key"): _text(entry, "meta_value") for entry in item.findall("postmeta")}
    picture = files.get(meta.get("_thumbnail_id", ""))
    urls = {identity: _text(file, "attachment_url") for identity, file in files.items()}
    content = _text(item, "encoded")
    html = html_of(content, urls)
    notes = [f"The shortcode [{name}] was left as text." for name in sorted(set(UNKNOWN_SHORTCODE.findall(html)))]
    if missing := missing_from_galleries(content, urls):
        notes.append(f"Pictures of a gallery that are not in the export, left out: {', '.join(missing)}.")
    if picture is None and meta.get("_thumbnail_id", "").strip("0"):
        notes.append(f"Its picture is not in the export: {meta['_thumbnail_id']}.")
    if _text(item, "post_password"):
        notes.append("It was protected by a password, so it is a draft.")
    if status not in PUBLIC and status != "draft":
        notes.append(f"Its status was {status}, so it is a draft.")
    if comments := len(item.findall("comment")):
        notes.append(f"Comments left out: {comments}.")
    author = _text(item, "creator")
    return ExportedPost(
        title=_text(item, "title"),
        slug=_text(item, "post_name"),
        html=html,
        paths=tuple(_paths(item, number)),
        date=_date(item, "post_date"),
        updated=_date(item, "post_modified") if status in PUBLIC else None,
        tags=tuple(dict.fromkeys(_terms(item))),
        authors=(names.get(author) or author,) if author else (),
        summary=_text(item, "excerpt_encoded") or None,
        picture=_text(picture, "attachment_url") if picture is not None else None,
        picture_alt=_alt(picture) if picture is not None else None,
        draft=status not in PUBLIC or bool(_text(item, "post_password")),
        page=_text(item, "post_type") == "page",
        notes=tuple(notes),
    )


def _paths(item: Item, number: str) -> Iterator[str]:
    """Return the former URLs: the permalink if it is one, and the two forms by number."""
    link = urlsplit(_text(item, "link"))
    if link.path.strip("/"):
        yield link.path
    if number:
        yield f"/?p={number}"
        yield f"/?page_id={number}"


def _terms(item: Item) -> Iterator[str]:
    for category in item.findall("category"):
        name = (category.text or "").strip()
        if name and category.get("domain") in {"category", "post_tag"} and category.get("nicename") != "uncategorized":
            yield name


def _alt(picture: Item) -> str | None:
    meta = {_text(entry, "meta_key"): _text(entry, "meta_value") for entry in picture.findall("postmeta")}
    return meta.get("_wp_attachment_image_alt") or None


def _date(item: Item, name: str) -> str | None:
    """Return a date in ISO 8601: in UTC if the export has it, else as the site's time."""
    universal, local = _text(item, f"{name}_gmt"), _text(item, name)
    if universal and universal != NO_DATE:
        return universal.replace(" ", "T") + "+00:00"
    return local.replace(" ", "T") if local and local != NO_DATE else None


def _notes(items: list[Item], articles: list[Item]) -> Iterator[str]:
    left = Counter(_text(item, "post_type") for item in items if item not in articles)
    for kind, number in sorted(left.items()):
        if kind != "attachment":
            yield f"Items of the type {kind} left out: {number}."


def _status(item: Item) -> str:
    return _text(item, "status")


def _text(item: Item, name: str) -> str:
    return (item.findtext(name) or "").strip()
