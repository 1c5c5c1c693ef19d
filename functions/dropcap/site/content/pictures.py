"""Replace marks in a fragment by pictures and links to files: `<picture>` with every size, or a box if one is missing.

A picture's size is set before it loads, so that the layout does not shift; a tiny preview lies below it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import NamedTuple

from dropcap.document.html.file_references import MARK
from dropcap.document.paths.slugs import slug
from dropcap.document.private_markup import UNRESOLVED
from dropcap.html_tags import MEDIA_TAG
from dropcap.patterns import lazy_pattern
from dropcap.site.content.picture_size import drawn_size, shown_size
from dropcap.site.media import DRAWING, Content, Rendition
from dropcap.site.picture import Picture
from dropcap.site.theme import href
from dropcap.site.urls import media_path

COLUMN = 39
"""Width of the column in which an article's pictures stand, in rem."""
IN_LINE = 40
"""Largest height, in pixels, of a picture that is set within the line, as an icon in a sentence is."""
FALLBACK_WIDTH = 800
"""Largest width, in pixels, of the one rendition for feeds, mails and old browsers."""

AT_ONCE: Mapping[str, str] = {"fetchpriority": "high"}
"""Attributes of the picture that readers see first. It is decoded with the text, so that both are painted together."""
LATER: Mapping[str, str] = {"loading": "lazy", "decoding": "async"}
"""Attributes of the pictures further down."""
EXTENSIONS = {
    "image/avif": ".avif", "image/webp": ".webp", "image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif",
}  # fmt: skip
_ATTRIBUTE = lazy_pattern(r'\s([a-z-]+)(?:="([^"]*)")?')


class Placed(NamedTuple):
    """The picture or file KEY on the page at ADDRESS: its CONTENT, each rendition at an address of its own."""

    key: str
    address: str
    content: Content

    def path(self, rendition: Rendition) -> str:
        """Return the address of RENDITION, whose content never changes."""
        name = self.key.rpartition("/")[2]
        stem, _, suffix = name.rpartition(".")
        stem = slug(stem)[:80] or "file"
        if self.content.is_picture:
            stem, suffix = f"{stem}-{rendition.width}", EXTENSIONS[rendition.kind][1:]
        elif rendition.width:
            suffix = EXTENSIONS[rendition.kind][1:]
        return f"{media_path(self.address)}{self.content.digest}/{stem}.{suffix.lower()}"

    @property
    def url(self) -> str:
        """Return the address of a drawing or a file itself, or of the largest picture in a widely known format."""
        if self.content.is_drawing:
            return href(self.path(self.content.renditions[0]))
        return href(self.path(next(self._of(self._kinds()[-1]))))

    @property
    def fallback(self) -> Rendition:
        """Return the rendition for programs that can show only one."""
        some = list(self._of(self._kinds()[-1]))
        return next((rendition for rendition in some if rendition.width <= FALLBACK_WIDTH), some[-1])

    @property
    def picture(self) -> Picture:
        """Return the largest and the smallest rendition in the format that every program reads."""
        renditions = list(self._of(self._kinds()[-1]))
        large, small = renditions[0], renditions[-1]
        return Picture(
            href(self.path(large)), large.width, large.height, href(self.path(small)), small.width, small.height
        )

    def sources(self) -> Iterator[tuple[str, str]]:
        """Return the better formats, the best first: media type and srcset."""
        for kind in self._kinds()[:-1]:
            yield kind, self.srcset(kind)

    def srcset(self, kind: str | None = None) -> str:
        """Return every size of KIND, or of the format that every program reads."""
        some = self._of(kind or self._kinds()[-1])
        return ", ".join(f"{href(self.path(rendition)).replace(',', '%2C')} {rendition.width}w" for rendition in some)

    def _kinds(self) -> list[str]:
        return list(dict.fromkeys(rendition.kind for rendition in self.content.renditions))

    def _of(self, kind: str) -> Iterator[Rendition]:
        return (rendition for rendition in self.content.renditions if rendition.kind == kind)


def filled(html: str, placed: Mapping[str, Placed], *, is_below: bool = False) -> str:
    """Return HTML with every mark replaced by the picture or file PLACED for it, or by a box if there is none.

    The first picture is painted with the text, the others when they come into view; none is first if the HTML IS_BELOW
    another picture.
    """
    return _Filling(placed, is_below).fill(html) if MARK in html else html


@dataclass(slots=True)
class _Filling:
    """Fills in the marks of one text that HAS_PICTURE above what is still to be filled in."""

    placed: Mapping[str, Placed]
    has_picture: bool

    def fill(self, html: str) -> str:
        return MEDIA_TAG.sub(self._tag, html)

    def _tag(self, match: re.Match[str]) -> str:
        if f'"{MARK}' not in match[2]:
            return match[0]
        attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(match[2])}
        return self._image(attributes) if match[1] == "img" else self._other(match[1], attributes)

    def _other(self, element: str, attributes: dict[str, str]) -> str:
        """Return the element with the address of its file; a link to a missing file is marked as unresolved.

        A part of a film or a sound is left out if its file is missing.
        """
        for name, value in list(attributes.items()):
            if value.startswith(MARK):
                target = self.placed.get(value.removeprefix(MARK))
                del attributes[name]
                if target:
                    attributes[name] = target.url
                elif element in {"source", "track"}:
                    return ""
                elif element == "a":
                    attributes.pop("download", None)
                    attributes |= {"class": f"{attributes.get('class', '')} unresolved".strip(), "title": UNRESOLVED}
        return f"<{element}{_attributes(attributes)}>"

    def _image(self, attributes: dict[str, str]) -> str:
        written = attributes.pop("src").removeprefix(MARK)
        target = self.placed.get(written)
        if target is None:
            text = attributes.get("alt") or written.rpartition("/")[2]
            return f'<span class="picture-missing">{escape(text)}</span>'
        attributes.pop("loading", None)
        when = LATER if self.has_picture else AT_ONCE
        self.has_picture = True
        alt = {"alt": attributes.pop("alt", "")}
        if not target.content.is_picture:
            return _drawing(target, alt | attributes, when)
        width, height = shown_size(target.content.renditions[0], attributes)
        sizes = f"(min-width: {COLUMN}rem) {COLUMN}rem, 100vw" if width > COLUMN * 16 else f"{width}px"
        shape = {"width": str(width), "height": str(height)}
        if height <= IN_LINE:
            attributes["class"] = f"{attributes.get('class', '')} picture-small".strip()
        image = {
            "src": href(target.path(target.fallback)), "srcset": target.srcset(), "sizes": sizes, **alt, **attributes,
            **shape, **when,
        }  # fmt: skip
        sources = "".join(
            f"<source{_attributes({'type': kind, 'srcset': srcset, 'sizes': sizes})}>"
            for kind, srcset in target.sources()
        )
        picture = f"<picture>{sources}<img{_attributes(image)}></picture>"
        if not target.content.ground or height <= IN_LINE:
            return picture
        ground = {"class": "picture-ground", "src": target.content.ground, "alt": "", **shape}
        return f'<span class="picture"><img{_attributes(ground)}>{picture}</span>'


def _drawing(target: Placed, attributes: dict[str, str], when: Mapping[str, str]) -> str:
    """Return the element for a drawing or another file without sizes; its PNG is for programs that draw no SVG."""
    shape = drawn_size(target.content.shape, attributes)
    bitmap = target.content.has_bitmap
    source = href(target.path(target.fallback)) if bitmap else target.url
    image = f"<img{_attributes({'src': source, **attributes, **shape, **when})}>"
    if not bitmap:
        return image
    return (
        f"<picture><source{_attributes({'type': DRAWING, 'srcset': target.url.replace(',', '%2C')})}>{image}</picture>"
    )


def _attributes(attributes: Mapping[str, str]) -> str:
    flags = {"controls", "loop", "muted", "playsinline", "default"}
    return "".join(f" {name}" if name in flags else f' {name}="{escape(value)}"' for name, value in attributes.items())
