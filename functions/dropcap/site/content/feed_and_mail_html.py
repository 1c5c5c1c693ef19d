"""Prepare a resolved body for feed readers and mail programs, which support less than browsers."""

from html import escape, unescape

from dropcap.html_tags import FORMULA, MISSING_PICTURE, PICTURE, PICTURE_ON_GROUND
from dropcap.patterns import lazy_pattern
from dropcap.site.content.formula_text import with_plain_formulas

MAIL_WIDTH = 560
"""Width of the text column of a mail, in pixels: 600 less its margins. Outlook takes the attribute, not the style."""

_ATTRIBUTE = lazy_pattern(r'\s([a-z-]+)="([^"]*)"')
_IN_MAIL = ("src", "alt", "width", "height", "title", "align")


def for_feeds(body: str) -> str:
    """Return BODY without MathML, and without the tiny previews of pictures, which only the site hides."""
    return with_plain_formulas(_without_grounds(body))


def for_mail(body: str) -> str:
    """Return BODY with one picture each, in a format that mail programs know, and at most as wide as they show.

    Few of them show MathML: a formula is shown as it was typed.
    """
    plain = MISSING_PICTURE.sub(r"<i>\1</i>", _without_grounds(body))
    plain = FORMULA.sub(r'<code dir="ltr">\1</code>', plain) if "<math" in plain else plain
    return PICTURE.sub(lambda match: _narrowed(match[1]), plain)


def _without_grounds(body: str) -> str:
    return PICTURE_ON_GROUND.sub(r"\1", body) if "picture-ground" in body else body


def _narrowed(image: str) -> str:
    attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(image)}
    width, height = int(attributes["width"]), int(attributes["height"])
    if width > MAIL_WIDTH:
        attributes |= {"width": str(MAIL_WIDTH), "height": str(max(1, round(height * MAIL_WIDTH / width)))}
    written = (f'{name}="{escape(attributes[name])}"' for name in _IN_MAIL if name in attributes)
    return f"<img {' '.join(written)}>"
