"""Wikilinks: `[[name]]`, `[[name|text]]`, `[[name#heading]]`, `![[picture]]`, `![[note]]` ▶ pictures and placeholders.

A placeholder keeps the names that its target may have, so that a change of another file never changes this one.
A note that is to be shown is one only where it has a paragraph to itself; within a text it is a link.
"""

import re
from urllib.parse import quote
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline

from dropcap.document.html.link_targets import fragment_of, wikilink_names
from dropcap.document.html.sanitise import is_readable
from dropcap.document.markdown.embedded_files import PLAYED, embedded_file, name_of
from dropcap.document.markdown.figures import without_size
from dropcap.document.markdown.problems import PICTURE_ADDRESS
from dropcap.document.markdown.shortcodes import SHORTCODE
from dropcap.document.markdown.states import inline_context, is_in_code, report
from dropcap.document.paths.media_types import is_attachment
from dropcap.document.paths.slugs import link_name
from dropcap.document.paths.url_schemes import is_allowed
from dropcap.document.private_markup import EMBED, LINK, as_typed, placeholder
from dropcap.patterns import lazy_pattern

_WIKILINK = lazy_pattern(
    r"(!?)\[\[(?!_?toc_?\]\])([^\[\]|#\n]{0,300}?)"
    r"(?:#((?:`[^`\n]{1,100}`|`(?![^`\n]{1,100}`)|[^\[\]|\n`]){1,300}?))?(?:\\?\|([^\[\]\n]{1,1000}))?\]\]"
    r"(?![(\[])"
)
_SHORTCODE = lazy_pattern(SHORTCODE)
_OPENINGS = ("[[", "![[")
_PICTURE = lazy_pattern(r"\.(?:png|jpe?g|gif|webp|avif|svg|bmp|tiff?)$", re.IGNORECASE)
_SIZE = lazy_pattern(r"(\d{1,5})(?:x(\d{1,5}))?")


def wikilink(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read a wikilink, unless the brackets are Markdown: `[[1]](url)`, `[[1]]` with `[1]: …`."""
    if silent or not state.src.startswith(_OPENINGS, state.pos) or is_in_code(state):
        return False  # in the text of a link, its brackets count as brackets
    match = _WIKILINK.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    sign, target, heading, text = (part.strip() if part else "" for part in match.groups())
    if sign and _PICTURE.search(target):
        element = _picture(target, text)
        if not is_allowed(target) or not is_readable(target):
            report(state, PICTURE_ADDRESS, match[0][:60])
    elif is_attachment(target):
        element = _file(sign, target, heading, text)
    else:
        names = wikilink_names(inline_context(state).key, target) if link_name(target) else ()
        is_reference = normalizeReference(target) in state.env["references"]
        if is_reference or not (names or (heading and not target)):
            return False
        shown = text or " \N{RIGHTWARDS ARROW} ".join(filter(None, (target, heading.lstrip("^"))))
        fragment = fragment_of(_SHORTCODE.sub("", as_typed(heading)))  # a heading's id is made without them
        element = _element(EMBED if sign else LINK, names, fragment, shown)
    state.push("element", "", 0).meta = {"element": element}
    state.pos = match.end()
    return True


class PlaceholderTreeprocessor(Treeprocessor):
    """Turns a placeholder within a link into text, and a note alone in its paragraph into a block."""

    def run(self, root: Element) -> None:
        """Change the tree under ROOT."""
        for element in root.iter():
            if element.tag == "a":
                for inner in element.iter():
                    if inner.tag in PLAYED:
                        inner.text = AtomicString(name_of(inner))
                    if inner.tag in {LINK, EMBED, *PLAYED} or (inner.tag == "a" and inner is not element):
                        inner.tag = "span"
                        inner.attrib.clear()
            elif element.tag == "p" and _shows_a_note(element):
                element.tag, element.attrib, element.text = EMBED, element[0].attrib, element[0].text
                element[:] = []
            elif element.tag == EMBED and "names" in element.attrib:
                element.tag = LINK


def _shows_a_note(paragraph: Element) -> bool:
    alone = len(paragraph) == 1 and not (paragraph.text or "").strip()
    return alone and paragraph[0].tag == EMBED and not (paragraph[0].tail or "").strip()


def _picture(source: str, text: str) -> Element:
    """Return the picture SOURCE with the size or description in TEXT: `300`, `300x200`, words, or both."""
    words, _, last = text.rpartition("|")
    size = _SIZE.fullmatch(last.strip())
    sizes = dict(zip(("width", "height"), size.groups(), strict=True)) if size else {}
    alt = words if size else text
    address = source if "://" in source else source.replace("?", "%3F")  # a file's name, which has no query
    picture = Element("img", {"src": address, "alt": alt.strip()})
    picture.attrib.update({name: number for name, number in sizes.items() if number})
    return picture


def _file(sign: str, target: str, heading: str, text: str) -> Element:
    """Return a link to the file TARGET; a recording or film that is embedded is played on the page."""
    address = target if "://" in target else quote(target, safe="/")
    words, size = without_size(f"|{text}")
    shown = embedded_file({"src": address, "alt": words.removeprefix("|").strip(), **size}) if sign else None
    if shown is not None and shown.tag in PLAYED:
        return shown
    link = Element("a", {"href": address + (f"#{quote(heading, safe='=&')}" if heading else "")})
    link.text = AtomicString(text or target)
    return link


def _element(tag: str, names: tuple[str, ...], fragment: str, text: str) -> Element:
    element = Element(tag, placeholder(names, fragment)) if names else Element("a", {"href": f"#{quote(fragment)}"})
    element.text = AtomicString(text)
    return element
