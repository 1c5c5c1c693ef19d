"""HTML for mail programs."""

from pathlib import Path

import pytest

from dropcap.newsletter.mail_html import shown_in_mail, with_inline_styles
from dropcap.site.settings.model import SiteSettings
from dropcap.site.theme import Theme
from dropcap.steps.newsletter.write_letter import MailLayout, confirmation_letter, issue_letter
from support.newsletter_bench import NAPS, NOON

ROOT = Path(__file__).parents[3]
LAYOUT = MailLayout(Theme(ROOT / "templates"), "news@example.org", "1 Way")
SITE = SiteSettings("https://journal.example.org", title="The Quiet Hour")
BASE = "https://journal.example.org/naps/"


def test_rules_stand_on_the_elements() -> None:
    """Rules for media stay where they are."""
    page = (
        "<html><head><style>p { color: red } @media (width < 1px) { p { color: blue } }</style></head><p>A</p></html>"
    )
    styled = with_inline_styles(page)
    assert '<p style="color: red;">A</p>' in styled
    assert "@media" in styled
    assert 1 == styled.count("red")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            '<iframe src="https://video.example/v/1"></iframe>',
            '<a href="https://video.example/v/1">Watch at video.example',
        ),
        ('<iframe src="/own/"></iframe>', '<a href="https://journal.example.org/own/">Watch at journal.example.org'),
        ('<video controls><source src="/a.mp4"></video>', '<a href="https://journal.example.org/a.mp4">Watch at'),
        (
            '<video><track src="/s.vtt"><source src="/a.mp4"></video>',
            '<a href="https://journal.example.org/a.mp4">Watch at',
        ),
        ('<audio src="https://sound.example/a.mp3"></audio>', '<a href="https://sound.example/a.mp3">Watch at'),
        (
            '<video aria-label="Rain &amp; sun" src="/a.mp4"></video>',
            '<a href="https://journal.example.org/a.mp4">Rain &amp; sun</a>',
        ),
        ("<form action='/x'><input name=a></form>", f'<a href="{BASE}">Watch at journal.example.org'),
    ],
)
def test_frames_and_forms_become_links(body: str, expected: str) -> None:
    """Mail programs show neither."""
    html = shown_in_mail(body, BASE, "Watch at {site}")
    assert expected in html
    assert "<iframe" not in html
    assert "<form" not in html


@pytest.mark.parametrize("source", [' src="javascript:alert(1)"', ' src="data:text/html,x"', ""])
def test_a_frame_of_no_page_is_left_out(source: str) -> None:
    """Only http and https lead anywhere."""
    assert not shown_in_mail(f"<iframe{source}></iframe>", BASE, "{site}")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<img src="/plan.svg" alt="A plan">', '<a href="https://journal.example.org/plan.svg">A plan</a>'),
        ('<img src="https://a.example/x.SVG?v=1">', '<a href="https://a.example/x.SVG?v=1">x.SVG</a>'),
        ('<a href="/x/"><img src="/badge.svg" alt="Built"></a>', '<a href="/x/">Built</a>'),
        ('<img src="/plan.png" alt="A plan">', '<img src="/plan.png" alt="A plan">'),
    ],
)
def test_a_picture_in_svg_becomes_a_link(body: str, expected: str) -> None:
    """Mail programs do not show SVG."""
    assert expected == shown_in_mail(body, BASE, "Watch at {site}")


def test_coloured_code_keeps_its_words_alone() -> None:
    """Its marks mean nothing without the style sheet of the site, and cost bytes."""
    body = '<p><span>a</span></p><pre><code><span class="k">def</span> f</code></pre>'
    assert "<p><span>a</span></p><pre><code>def f</code></pre>" == shown_in_mail(body, BASE, "")


def test_a_letter_is_styled_without_its_style_element() -> None:
    """A frame of 600 pixels that Outlook respects, code and tables that break, pictures that shrink."""
    body = "<pre><code>x</code></pre><table><tr><td>y</td></tr></table><img src='/a.png' width='600' height='9'>"
    html = issue_letter(LAYOUT, SITE, NAPS, body, NOON).html
    assert '<table role="presentation" width="600"' in html
    assert "[if mso]" in html
    assert "max-width: 600px" in html.partition('class="frame"')[2].partition(">")[0]
    for tag, rule in (
        ("<pre", "white-space: pre-wrap"),
        ("<td", "overflow-wrap: anywhere"),
        ("<img", "max-width: 100%"),
    ):
        assert any(rule in part.partition(">")[0] for part in html.split(tag)[1:])
    style = html.partition("<style>")[2].partition("</style>")[0]
    assert style.strip().startswith("@media")


def test_the_headline_keeps_its_colour_in_the_dark() -> None:
    """It is text, not a link among others."""
    html = issue_letter(LAYOUT, SITE, NAPS, "<p>x</p>", NOON).html
    assert ".title a { color: #e4e8e3 !important; }" in html


def test_both_mails_have_a_hidden_preview_line() -> None:
    """With filler after it, so that the inbox shows nothing else."""
    for letter in (issue_letter(LAYOUT, SITE, NAPS, "<p>x</p>", NOON), confirmation_letter(LAYOUT, SITE, NOON)):
        hidden = letter.html.partition('class="preheader"')[2]
        assert "mso-hide: all" in hidden.partition(">")[0]
        assert "\u034f" in hidden.partition("</div>")[0]


def test_a_long_letter_has_its_links_at_the_top_too() -> None:
    """Gmail cuts it before the ones at the foot."""
    short, long = (issue_letter(LAYOUT, SITE, NAPS, "<p>word </p>" * times, NOON) for times in (10, 5_000))
    assert [1, 2] == [letter.html.count(f'"{letter.mark}"') for letter in (short, long)]
