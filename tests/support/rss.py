"""Checks that the W3C feed validator makes of an RSS 2.0 feed, and of the HTML in any feed.

https://www.rssboard.org/rss-specification; the validator's rules: https://validator.w3.org/feed/docs/
"""

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

ATOM, DC, CONTENT = (
    "{http://www.w3.org/2005/Atom}",
    "{http://purl.org/dc/elements/1.1/}",
    "{http://purl.org/rss/1.0/modules/content/}",
)
MEDIA = "{http://search.yahoo.com/mrss/}"
BASE = "{http://www.w3.org/XML/1998/namespace}base"
_CONTROLS = re.compile("[\x80-\x9f]")
"""Control characters, which come from text that was read in the wrong encoding."""
_DATE = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} ([+-]\d{4}|GMT)")
_REFERENCE = re.compile(r'<(?:a|img|source|video|audio)\s[^>]*?(?:href|src|poster)="([^"]*)"')
_RISKS = re.compile(
    r"<(script|object|embed|applet|style|meta|link|base|form|iframe)\b|\son[a-z]+=|javascript:", re.IGNORECASE
)
_AMPERSAND = re.compile(r"&(?!#?[A-Za-z0-9]+;)")
_MARKUP = re.compile(r"<[a-z!/]", re.IGNORECASE)


def rss_faults(text: bytes, location: str) -> list[str]:
    """Return the faults that the validator would report in TEXT, the RSS feed at LOCATION."""
    root = ET.fromstring(text)  # noqa: S314  # our own text
    channels = root.findall("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or len(channels) != 1:
        return ["the root is not `rss`, version 2.0, with one channel"]
    return [
        *_of_channel(channels[0], location),
        *(fault for item in channels[0].iter("item") for fault in _of_item(item)),
    ]


def html_faults(text: bytes) -> list[str]:
    """Return the HTML and addresses in the Atom or RSS feed TEXT that feed readers could not use."""
    root = ET.fromstring(text)  # noqa: S314  # our own text
    based = [element.tag for element in root.iter() if element.get(BASE) is not None]
    contents = [element.text or "" for element in root.iter() if element.tag in {f"{ATOM}content", f"{CONTENT}encoded"}]
    relative = [url for html in contents for url in _REFERENCE.findall(html) if not urlsplit(url).scheme]
    risks = [match[0] for html in contents for match in _RISKS.finditer(html)]
    plain = ("summary", "description", "title", f"{ATOM}summary", f"{ATOM}title")
    whole = {item.find("description") for item in root.iter("item") if item.find(f"{CONTENT}encoded") is None}
    texts = [
        element
        for element in root.iter()
        if element.tag in plain and element.get("type", "text") == "text" and element not in whole
    ]
    markup = [element.text or "" for element in texts if _MARKUP.search(element.text or "")]
    characters = [repr(match[0]) for match in _CONTROLS.finditer("".join(root.itertext()))]
    return [*(f"xml:base on {tag}" for tag in based), *relative, *risks, *markup, *characters]


def _of_channel(channel: ET.Element, location: str) -> Iterator[str]:
    for name in ("title", "link", "description", "language"):
        if len(channel.findall(name)) != 1 or not channel.findtext(name):
            yield f"the channel has not one {name}"
    selves = [link.get("href") for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if selves != [location]:
        yield f"the feed says that it is at {selves}"
    for image in channel.findall("image"):
        if (image.findtext("link"), image.findtext("title")) != (channel.findtext("link"), channel.findtext("title")):
            yield "the image has another title or link than the channel"
        if not re.search(r"\.(?:png|jpe?g|gif)$", image.findtext("url") or ""):
            yield f"the image {image.findtext('url')} is no PNG, JPEG or GIF"
    marks = [item.findtext("guid") for item in channel.iter("item")]
    if len(set(marks)) != len(marks) or not all(marks):
        yield "an item has no guid, or two have the same"


def _of_item(item: ET.Element) -> Iterator[str]:
    names = [child.tag for child in item]
    for name in ("title", "link", "guid", "pubDate", "description", f"{CONTENT}encoded"):
        if names.count(name) > 1 or (name != f"{CONTENT}encoded" and name not in names):
            yield f"{item.findtext('title')}: {names.count(name)} times {name}"
    described, whole = (item.findtext(name) for name in ("description", f"{CONTENT}encoded"))
    if not (described or "").strip() or (whole is not None and not whole.strip()):
        yield f"{item.findtext('title')}: a text is blank"
    if whole is not None and names.index("description") > names.index(f"{CONTENT}encoded"):
        yield f"{item.findtext('title')}: the whole text comes before the description"
    if _AMPERSAND.search(described or ""):
        yield f"{item.findtext('title')}: an ampersand in the description, which is HTML, begins no entity"
    if "author" in names:
        yield "`author` is an e-mail address; names are dc:creator"
    guid = item.find("guid")
    if guid is not None and guid.get("isPermaLink") != "false" and not (guid.text or "").startswith("http"):
        yield f"{guid.text} is no address, as a permalink is"
    date = item.findtext("pubDate") or ""
    if not _DATE.fullmatch(date) or not date.startswith(parsedate_to_datetime(date).strftime("%a, ")):
        yield f"{date} is no RFC 822 date with its day of the week"
    if not urlsplit(item.findtext("link") or "").scheme:
        yield f"{item.findtext('link')} is no absolute address"
