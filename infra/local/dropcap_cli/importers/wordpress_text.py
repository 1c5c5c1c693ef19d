"""The body of a WordPress post ▶ HTML: its own shortcodes, and paragraphs that only empty lines mark."""

import re
from collections.abc import Mapping
from html import escape
from typing import Final

BLOCK_TAGS: Final = (
    "address|article|aside|blockquote|details|div|dl|figure|footer|form|h[1-6]|header|hr|iframe|ol|p|pre|section"
    "|table|ul"
)
_BLOCK = re.compile(rf"^\s*</?(?:{BLOCK_TAGS})\b", re.IGNORECASE)
_PRE = re.compile(r"<pre\b.*?</pre>", re.IGNORECASE | re.DOTALL)
_CAPTION = re.compile(r"\[caption[^\]]*\]\s*((?:<a\b[^>]*>)?\s*<img\b[^>]*>\s*(?:</a>)?)(.*?)\[/caption\]", re.DOTALL)
_EMBED = re.compile(r"\[embed[^\]]*\]\s*(\S+?)\s*\[/embed\]")
_GALLERY = re.compile(r"\[gallery\b[^\]]*\bids=[\"']?([\d,\s]+)[\"']?[^\]]*\]")
_CODE = re.compile(
    r"\[(code|sourcecode)(?:\s[^\]]*?(?:lang|language)=[\"']?([\w+#-]+)[\"']?[^\]]*|[^\]]*)\](.*?)\[/\1\]", re.DOTALL
)
_TEMPLATE_COMMENT = re.compile(r"<!--\s*/?wp:.*?-->", re.DOTALL)
UNKNOWN_SHORTCODE = re.compile(r"\[/?([a-z][\w-]{2,})(?:\s[^\[\]=]*=[^\[\]]*)?/?\](?!\()")
"""A shortcode of a plug-in, `[contact-form id="7"]`; its name is the group."""


def html_of(text: str, attachments: Mapping[str, str]) -> str:
    """Return the body TEXT as HTML. ATTACHMENTS are the URLs of uploads by their number, for galleries."""
    html = _CODE.sub(_code, text)
    html = _CAPTION.sub(r"<figure>\1<figcaption>\2</figcaption></figure>", html)
    html = _EMBED.sub(r'<p><a href="\1">\1</a></p>', html)
    html = _GALLERY.sub(lambda match: _gallery(match[1], attachments), html)
    has_blocks = "<!-- wp:" in html
    html = _TEMPLATE_COMMENT.sub("", html)
    return html if has_blocks or re.search(r"<p[\s>]", html) else paragraphs(html)


def missing_from_galleries(text: str, attachments: Mapping[str, str]) -> list[str]:
    """Return the numbers of the uploads in galleries of the body TEXT that are not among ATTACHMENTS, each once."""
    numbers = (number for gallery in _GALLERY.finditer(text) for number in _numbers(gallery[1]))
    return list(dict.fromkeys(number for number in numbers if not attachments.get(number)))


def paragraphs(text: str) -> str:
    """Return TEXT with paragraphs and line breaks as WordPress shows it: by its empty lines and its newlines."""
    code: list[str] = []

    def keep(match: re.Match[str]) -> str:
        code.append(match[0])
        return f"\n\n\x00{len(code) - 1}\x00\n\n"

    parts = re.split(r"\n\s*\n", _PRE.sub(keep, text.replace("\r\n", "\n")))
    html = "\n".join(part if _BLOCK.match(part) or "\x00" in part else _paragraph(part) for part in parts)
    return re.sub(r"\x00(\d+)\x00", lambda match: code[int(match[1])], html)


def _paragraph(part: str) -> str:
    text = part.strip()
    return "<p>" + text.replace("\n", "<br>\n") + "</p>" if text else ""


def _code(match: re.Match[str]) -> str:
    language = f' class="language-{match[2]}"' if match[2] else ""
    return f"<pre><code{language}>{escape(match[3].strip(chr(10)), quote=False)}</code></pre>"


def _gallery(numbers: str, attachments: Mapping[str, str]) -> str:
    urls = filter(None, map(attachments.get, _numbers(numbers)))
    return "".join(f'<p><img src="{escape(url)}" alt=""></p>' for url in urls)


def _numbers(text: str) -> list[str]:
    return list(filter(None, map(str.strip, text.split(","))))
