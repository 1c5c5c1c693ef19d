"""HTML for mail programs: styles on the elements, and links in place of frames and forms."""

import re
from functools import cache
from html import escape, unescape
from urllib.parse import urljoin, urlsplit

import css_inline

_FRAME = re.compile(r"<iframe\b([^>]*)>.*?</iframe\s*>|<iframe\b([^>]*)/?>", re.DOTALL | re.IGNORECASE)
_FORM = re.compile(r"<form\b[^>]*>.*?</form\s*>", re.DOTALL | re.IGNORECASE)
_SOURCE = re.compile(r'\ssrc="([^"]*)"', re.IGNORECASE)


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(keep_style_tags=False, keep_at_rules=True, load_remote_stylesheets=False)


def with_inline_styles(html: str) -> str:
    """Return the page HTML with its style sheet on the elements, since many programs drop the style element.

    Rules for media, such as the dark scheme, remain in the style element.
    """
    return _inliner().inline(html)


def frames_as_links(body: str, base: str, watch: str) -> str:
    """Return BODY with a link for each frame, whose words are WATCH with the host for `{site}`, and for each form.

    Mail programs show neither. A form leads to the page at BASE, as relative addresses do.
    """
    body = _FORM.sub(lambda _: _link(base, watch), body)
    return _FRAME.sub(lambda frame: _framed(frame[1] or frame[2] or "", base, watch), body)


def _framed(attributes: str, base: str, watch: str) -> str:
    source = _SOURCE.search(attributes)
    target = urljoin(base, unescape(source[1])) if source else ""
    return _link(target, watch) if urlsplit(target).scheme in {"http", "https"} else ""


def _link(target: str, watch: str) -> str:
    words = watch.replace("{site}", urlsplit(target).hostname or target)
    return f'<p><a href="{escape(target)}">{escape(words)}</a></p>'
