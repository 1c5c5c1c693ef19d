"""Checks of a feed against each MUST of RFC 4287 and JSON Feed 1.1."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

ATOM = "{http://www.w3.org/2005/Atom}"
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
_RELATIONS = frozenset({"alternate", "enclosure", "next", "previous", "related", "self", "via"})
_ONCE = ("id", "title", "updated")
_AT_MOST_ONCE = (
    *_ONCE,
    "generator",
    "icon",
    "logo",
    "rights",
    "subtitle",
    "content",
    "published",
    "source",
    "summary",
)


def atom_faults(text: bytes) -> list[str]:
    """Return the parts of TEXT that break a MUST of RFC 4287; empty for a valid feed."""
    feed = ET.fromstring(text)  # noqa: S314  # our own text
    return [feed.tag] if feed.tag != ATOM + "feed" else list(_faults_of_feed(feed))


def json_feed_faults(text: bytes) -> list[str]:
    """Return the parts of TEXT that break a rule of https://www.jsonfeed.org/version/1.1/; empty for a valid feed."""
    return list(_faults_of_json(json.loads(text)))


def _faults_of_feed(feed: ET.Element) -> Iterator[str]:
    entries = feed.findall(ATOM + "entry")
    yield from _faults_of_any(feed)
    if feed.find(ATOM + "author") is None and any(entry.find(ATOM + "author") is None for entry in entries):
        yield "4.1.1: neither the feed nor each entry has an author"
    if entries and any(child.tag != ATOM + "entry" for child in feed[list(feed).index(entries[0]) :]):
        yield "the feed validator: what is said of the feed comes before its entries"
    if any(link.get("rel") not in _RELATIONS for link in feed.iter(ATOM + "link")):
        yield "4.2.7.2: a link has a relation that is not registered"
    selves = [link for link in feed.findall(ATOM + "link") if link.get("rel") == "self"]
    if len(selves) != 1:
        yield "4.1.1: a feed should say where it is itself"
    marks = [(entry.findtext(ATOM + "id"), entry.findtext(ATOM + "updated")) for entry in entries]
    if len(set(marks)) != len(marks):
        yield "4.1.1: two entries with the same id and time"
    if len({mark[0] for mark in marks}) != len(marks):
        yield "4.2.6: two different entries with one id"
    for entry in entries:
        yield from _faults_of_any(entry)
        yield from _faults_of_entry(entry)


def _faults_of_any(element: ET.Element) -> Iterator[str]:
    names = [child.tag.removeprefix(ATOM) for child in element]
    yield from (f"4.1: {name} is missing" for name in _ONCE if name not in names)
    yield from (f"4.1: {name} stands {names.count(name)} times" for name in _AT_MOST_ONCE if names.count(name) > 1)
    yield from (f"3.3: {text} is no time" for text in _times(element) if not _TIME.fullmatch(text))
    if not urlsplit(element.findtext(ATOM + "id") or "").scheme:
        yield "4.2.6: the id is no absolute IRI"
    for author in element.findall(ATOM + "author"):
        if not author.findtext(ATOM + "name"):
            yield "3.2.1: an author without a name"
    alternates = [
        (link.get("type"), link.get("hreflang"))
        for link in element.findall(ATOM + "link")
        if link.get("rel") == "alternate"
    ]
    if len(set(alternates)) != len(alternates):
        yield "4.1: two alternate links of one type and language"
    if any(not urlsplit(link.get("href") or "").scheme for link in element.findall(ATOM + "link")):
        yield "4.2.7: a link without an absolute address"
    if any(not category.get("term") for category in element.findall(ATOM + "category")):
        yield "4.2.2: a category without a term"
    language = element.get("{http://www.w3.org/XML/1998/namespace}lang")
    if language is not None and not _LANGUAGE.fullmatch(language):
        yield f"2: {language} is no language"


def _faults_of_entry(entry: ET.Element) -> Iterator[str]:
    content = entry.find(ATOM + "content")
    if content is None and not any(link.get("rel") == "alternate" for link in entry.findall(ATOM + "link")):
        yield "4.1.2: neither content nor an alternate link"
    if content is not None and not (content.text or "").strip():
        yield f"the feed validator: {entry.findtext(ATOM + 'title')} has blank content"
    if content is not None and (content.get("type") != "html" or len(content)):
        yield "4.1.3.3: content of type html has no child elements"


def _times(element: ET.Element) -> list[str]:
    return [child.text or "" for name in ("updated", "published") for child in element.findall(ATOM + name)]


def _faults_of_json(feed: Any) -> Iterator[str]:  # noqa: ANN401  # any JSON
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield "version"
    if not isinstance(feed.get("title"), str) or not isinstance(feed.get("items"), list):
        yield "title and items are required"
    yield from (f"{name}: {feed[name]}" for name in ("home_page_url", "feed_url") if not _is_url(feed[name]))
    ids = [item.get("id") for item in feed["items"]]
    if len(set(ids)) != len(ids) or not all(isinstance(identifier, str) and identifier for identifier in ids):
        yield "every item has an id of its own, a text"
    for item in feed["items"]:
        yield from _faults_of_item(item)
    for holder in (feed, *feed["items"]):
        if any(not author.keys() & {"name", "url", "avatar"} for author in holder.get("authors", [])):
            yield "an author has a name, a url or an avatar"


def _faults_of_item(item: Mapping[str, Any]) -> Iterator[str]:
    if not (item.get("content_html") or item.get("content_text")):
        yield f"{item['id']}: content_html or content_text is required"
    if "url" in item and not _is_url(item["url"]):
        yield f"{item['id']}: {item['url']} is no URL"
    for name in ("date_published", "date_modified"):
        if name in item and not _TIME.fullmatch(item[name]):
            yield f"{item['id']}: {item[name]} is no RFC 3339 time"
    if not all(isinstance(tag, str) for tag in item.get("tags", [])):
        yield f"{item['id']}: tags are texts"


def _is_url(text: str) -> bool:
    return urlsplit(text).scheme in {"http", "https"}
