"""The size of a mail is known before it is written."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from dropcap.document import Document
from dropcap.newsletter.mail_html import with_inline_styles
from dropcap.newsletter.mail_size import CLASSES, LETTER, LONGEST, STYLES, estimated_mail_size
from dropcap.site.settings.model import SiteSettings
from dropcap.steps.newsletter.write_letter import issue_letter
from dropcap.steps.render.mail_warnings import mail_warnings
from support.documents import FIRST_SEEN, yaml
from support.newsletter_bench import NAPS, NOON
from support.pages import TEMPLATES
from unit.newsletter.test_write_letter import STATIONERY

SITE = SiteSettings("https://journal.example")
WITHIN = {"td": "<table><tr>{}</tr></table>", "th": "<table><tr>{}</tr></table>", "caption": "<table>{}</table>"}
LONG = "A sentence with some `code` and [a link](/naps/) in it.\n\n> Quoted.\n\n- one\n- two\n\n" * 500


def styled(element: str, attributes: str = "") -> int:
    """Return the bytes of the style that ELEMENT with ATTRIBUTES gets."""
    css = Path(TEMPLATES, "email/letter.css").read_text(encoding="utf-8")
    body = WITHIN.get(element, "{}").format(f"<{element}{attributes}>")
    page = with_inline_styles(f"<html><head><style>{css}</style></head><div class='letter-body'>{body}</div></html>")
    style = re.search(rf'<{element}{attributes}( style="[^"]*")', page)
    assert style
    return len(style[1])


@pytest.mark.parametrize("element", STYLES)
def test_each_element_gets_as_many_bytes_as_the_style_sheet_says(element: str) -> None:
    """So a changed style sheet changes the estimate too."""
    assert STYLES[element] == styled(element)


@pytest.mark.parametrize("name", CLASSES)
def test_each_class_gets_as_many_bytes_as_the_style_sheet_says(name: str) -> None:
    """A callout has more style than words."""
    element = "p" if name == "admonition-title" else "div"
    assert CLASSES[name] == styled(element, f' class="{name}"') - STYLES.get(element, 0)


@pytest.mark.parametrize("body", [LONG, "> [!note] Title\n> A text.\n\n" * 200], ids=["elements", "callouts"])
def test_an_estimate_is_close_to_the_letter(body: str) -> None:
    """Within five per cent for a long text, also one of callouts."""
    post = yaml("date: 2026-11-20", body=body)
    letter = issue_letter(STATIONERY, SITE, NAPS, post.html, NOON)
    assert pytest.approx(len(letter.html.encode()), rel=0.05) == estimated_mail_size(post.html, SITE.url)
    empty = issue_letter(STATIONERY, SITE, NAPS, "", NOON)
    assert pytest.approx(len(empty.html.encode()), rel=0.15) == LETTER


def long_post(*lines: str) -> Document:
    """Return a post whose mail is longer than it should be, with LINES of front matter."""
    return yaml(*lines, body=LONG)


def warned(post: Document, site: SiteSettings = SITE, uploaded: datetime = FIRST_SEEN) -> bool:
    """Return whether the author is warned of the length of the mail."""
    return bool(list(mail_warnings(post, site, uploaded)))


def test_the_author_of_a_long_mail_is_warned() -> None:
    """With its size, the limit and the remedy."""
    post = long_post("date: 2026-11-20")
    (finding,) = mail_warnings(post, SITE, FIRST_SEEN)
    size = estimated_mail_size(post.html, SITE.url)
    assert size > LONGEST
    assert f"about {size // 1000} KB" in finding.message
    assert "`newsletter: excerpt`" in finding.remedy
    assert not warned(yaml("date: 2026-11-20", body="Short."))


@pytest.mark.parametrize("line", ["newsletter: false", "newsletter: excerpt"])
def test_no_warning_where_no_long_mail_is_sent(line: str) -> None:
    """The post is not mailed, or only an excerpt."""
    assert not warned(long_post("date: 2026-11-20", line))


def test_no_warning_for_a_post_that_was_old_when_it_was_uploaded() -> None:
    """An import of old posts mails nobody; `newsletter: true` asks for a mail all the same."""
    later = FIRST_SEEN + timedelta(days=30)
    assert not warned(long_post("date: 2026-11-20"), uploaded=later)
    assert warned(long_post("date: 2026-11-20", "newsletter: true"), uploaded=later)


def test_the_settings_of_the_site_count_unless_the_post_has_its_own() -> None:
    """`newsletter.length` in site.yaml, `newsletter` in front matter."""
    excerpts = SiteSettings("https://journal.example", newsletter_length="excerpt")
    assert not warned(long_post("date: 2026-11-20"), excerpts)
    assert warned(long_post("date: 2026-11-20", "newsletter: full"), excerpts)
    assert not warned(long_post("date: 2026-11-20"), SiteSettings("https://journal.example", newsletter=False))
