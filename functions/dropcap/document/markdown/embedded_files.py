"""The file that a picture's syntax names ▶ a player for a film or a sound, or a link to another file.

`![A film](film.mp4)` and `![[film.mp4|A film]]` are the same, also for files of other sites.
"""

import re
from collections.abc import Mapping
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

from dropcap.document.paths.media_types import PICTURES, is_attachment, serving, suffix_of

PLAYED = frozenset({"audio", "video"})
"""Elements that play a file."""
_KEPT = {"audio": ("src", "title"), "video": ("src", "title", "width", "height"), "a": ("title",)}


def embedded_file(picture: Mapping[str, str]) -> Element | None:
    """Return the element for the file in PICTURE, the attributes of an `img`; None if the file is a picture.

    Its name is the alternative text. A file without a known suffix may be a picture.
    """
    address = picture["src"]
    path = unquote(re.split(r"[?#]", address, maxsplit=1)[0])
    media = serving(path).kind.partition("/")[0]
    if not is_attachment(path) or media == "image" or suffix_of(path) in PICTURES:
        return None
    element = Element(media if media in PLAYED else "a")
    element.attrib.update({name: picture[name] for name in _KEPT[element.tag] if name in picture})
    if element.tag == "a":
        element.set("href", address)
        element.text = AtomicString(picture["alt"] or path.rpartition("/")[2])
        return element
    return _labelled(element, picture["alt"])


def name_of(player: Element) -> str:
    """Return the words for PLAYER, an element that plays a file, where it cannot be shown."""
    return player.get("aria-label") or unquote(player.get("src", "")).rpartition("/")[2]


def _labelled(player: Element, name: str) -> Element:
    player.set("controls", "controls")
    if name:
        player.set("aria-label", name)
    return player
