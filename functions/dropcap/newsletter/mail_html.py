"""HTML for mail programs: styles on the elements, and links in place of everything that they do not show."""

import re
from functools import cache
from html import escape, unescape

import css_inline

from dropcap.html_tags import (
    ALIGNED_CELL,
    ALT,
    FORM,
    FRAME,
    IMAGE,
    LABEL,
    LINKED,
    PREFORMATTED,
    SOURCE,
    SPAN_TAG,
    TRACK,
)  # fmt: skip
from dropcap.newsletter.mail_tables import with_whole_words
from dropcap.web_addresses import address_parts, joined


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(keep_style_tags=False, keep_at_rules=True, load_remote_stylesheets=False)


def with_inline_styles(html: str) -> str:
    """Return the page HTML with its style sheet on the elements, since many programs drop the style element.

    Rules for media, such as the dark scheme, remain in the style element.
    """
    return _inliner().inline(html)


def shown_in_mail(body: str, base: str, watch: str) -> str:
    """Return BODY with links in place of frames, films, sounds, forms and SVG pictures that have no PNG.

    Mail programs show none of them. The words of a link are the name of the film or sound, else WATCH with the host for
    `{site}`; those of a picture are its alternative text. A form leads to the page at BASE, as relative addresses do.
    The parts of coloured code lose their marks, since mails do not colour code. The alignment of cells becomes a style,
    as the standard wants it; words are whole in tables that fit a phone.
    """
    body = ALIGNED_CELL.sub(r'\1 style="text-align: \2"', body)
    body = with_whole_words(body)
    body = PREFORMATTED.sub(lambda code: SPAN_TAG.sub("", code[0]), body)
    body = LINKED.sub(lambda link: IMAGE.sub(lambda image: _words(image, base) or image[0], link[0]), body)
    body = IMAGE.sub(lambda image: _drawn(image, base), body)
    body = FORM.sub(lambda _: _link(base, watch), body)
    return FRAME.sub(lambda frame: _framed(frame[0], base, watch), body)


def _framed(element: str, base: str, watch: str) -> str:
    """Return a link to the first address in ELEMENT: on the element itself or on a `source` within it."""
    target = _address(TRACK.sub("", element), base)  # captions may stand before the film
    label = LABEL.search(element)
    words = unescape(label[1]) if label else watch
    return _link(target, words) if address_parts(target).scheme in {"http", "https"} else ""


def _drawn(image: re.Match[str], base: str) -> str:
    """Return IMAGE, or a link to it if it is SVG."""
    words = _words(image, base)
    return f'<a href="{escape(_address(image[0], base))}">{words}</a>' if words else image[0]


def _words(image: re.Match[str], base: str) -> str:
    """Return the words in place of IMAGE as HTML: its alternative text; empty if it is no SVG."""
    path = address_parts(_address(image[0], base)).path
    alternative = ALT.search(image[0])
    name = (alternative and alternative[1]) or escape(path.rpartition("/")[2])
    return name if path.lower().endswith(".svg") else ""


def _address(element: str, base: str) -> str:
    """Return the first address in ELEMENT, absolute; empty if there is none."""
    source = SOURCE.search(element)
    return joined(base, unescape(source[1])) if source else ""


def _link(target: str, watch: str) -> str:
    words = watch.replace("{site}", address_parts(target).hostname or target)
    return f'<p><a href="{escape(target)}">{escape(words)}</a></p>'
