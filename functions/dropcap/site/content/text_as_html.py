"""Plain text in elements of a feed that contain HTML, or that programs take for HTML."""

from dropcap.html_tags import TAG_OR_ENTITY


def as_html(text: str) -> str:
    """Return the plain TEXT as HTML.

    >>> as_html("Q&A: is a < b?")
    'Q&amp;A: is a &lt; b?'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;")


def looks_like_html(text: str) -> bool:
    """Return whether a program that expects HTML would show the plain TEXT changed: it has a tag or an entity.

    >>> looks_like_html("The <b> element"), looks_like_html("Q&A: is a < b?")
    (True, False)
    """
    return TAG_OR_ENTITY.search(text) is not None
