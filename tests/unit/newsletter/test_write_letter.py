"""The words of a letter, as the theme's templates give them."""

import re
from dataclasses import replace

import pytest

from dropcap.newsletter.address import MailAddress
from dropcap.newsletter.letter import Letter
from dropcap.site.settings.model import SiteSettings
from dropcap.site.theme import Theme
from dropcap.steps.newsletter.write_letter import MailLayout, confirmation_letter, issue_letter
from support.documents import html
from support.newsletter_bench import NAPS, NOON
from support.pages import TEMPLATES

STATIONERY = MailLayout(Theme(TEMPLATES), "news@example.org", "2 Street")


def site(language: str) -> SiteSettings:
    """Return a site in LANGUAGE."""
    return SiteSettings("https://journal.example", title="Stunde", language=language)


def letter(body: str) -> Letter:
    """Return the letter of a post whose text is BODY."""
    return issue_letter(STATIONERY, site("en"), NAPS, body, NOON)


def test_a_summary_taken_from_the_text_is_not_read_twice() -> None:
    """One of its own stands above the text, in both forms of the letter."""
    assert NAPS.summary
    own, taken = letter("<p>Lie down.</p>"), letter(f"<p>{NAPS.summary} And more.</p>")
    assert [1, 1] == [own.text.count(NAPS.summary), taken.text.count(NAPS.summary)]
    assert 1 == own.html.count(f">{NAPS.summary}</p>")
    assert 0 == taken.html.count(f">{NAPS.summary}</p>")


@pytest.mark.parametrize(
    ("own", "shown"),
    [("Written by hand.", ["Written by hand."]), (False, []), (None, ["No advice."]), (True, ["No advice."])],
)
def test_a_letter_has_the_disclaimer_of_its_post(own: str | bool | None, shown: list[str]) -> None:  # noqa: FBT001  # the field's value
    """Its own, none, or the site's, in both forms of the letter."""
    home = replace(site("en"), disclaimer="No advice.")
    sent = issue_letter(STATIONERY, home, NAPS._replace(disclaimer=own), "<p>Lie down.</p>", NOON)
    for form in (sent.html, sent.text):
        assert shown == [words for words in ("Written by hand.", "No advice.") if words in form]


def test_both_letters_come_from_the_address_of_the_stack() -> None:
    """SES sends only from a verified one; the name beside it is the site's."""
    for sent in (letter("<p>x</p>"), confirmation_letter(STATIONERY, site("en"), NOON)):
        assert ("Stunde", "news@example.org") == (sent.name, sent.address)


def test_a_formula_is_in_both_forms_of_the_letter() -> None:
    """As it was typed."""
    sent = letter(html("Let $x_1$ be."))
    assert ("<math" in sent.html, ">x_1</code>" in sent.html) == (False, True)
    assert "Let x_1 be." in sent.text


def test_a_letter_asks_in_the_language_of_the_site() -> None:
    """Its subject too."""
    assert "Bitte bestätigen: Stunde per Mail" == confirmation_letter(STATIONERY, site("de"), NOON).subject
    assert "Please confirm: Stunde by mail" == confirmation_letter(STATIONERY, site("en"), NOON).subject


def test_answers_go_where_the_site_says() -> None:
    """`newsletter.reply_to` in site.yaml."""
    home = replace(site("en"), reply_to="ada@example.org")
    letters = issue_letter(STATIONERY, home, NAPS, "<p>x</p>", NOON), confirmation_letter(STATIONERY, home, NOON)
    for sent in letters:
        raw = sent.rendered().spliced(MailAddress("reader@example.org"), "https://journal.example/x")
        assert b"\r\nReply-To: ada@example.org\r\n" in raw


def test_an_excerpt_leads_to_the_rest_of_the_post() -> None:
    """The summary and a link, in both forms of the letter; the post decides, else the site."""
    body = f"<p>{NAPS.summary}</p><p>And more.</p>"
    excerpts = replace(site("en"), newsletter_length="excerpt")
    for home, item in ((site("en"), NAPS._replace(length="excerpt")), (excerpts, NAPS)):
        sent = issue_letter(STATIONERY, home, item, body, NOON)
        assert "And more." not in sent.html + sent.text
        assert NAPS.summary in sent.text
        assert ">Read on</a>" in sent.html
        assert "Read on: https://journal.example/naps/" in sent.text
    whole = issue_letter(STATIONERY, excerpts, NAPS._replace(length="full"), body, NOON)
    assert "And more." in whole.html
    assert "And more." in whole.text


def test_a_post_that_is_its_summary_is_mailed_whole() -> None:
    """A link to the rest would lead to nothing new; without a summary there is no excerpt either."""
    excerpts = replace(site("en"), newsletter_length="excerpt")
    for item, body in ((NAPS, f"<p>{NAPS.summary}</p>"), (NAPS._replace(summary=""), "<p><img src='/a.png'></p>")):
        assert "Read on" not in issue_letter(STATIONERY, excerpts, item, body, NOON).html


def test_the_text_part_lists_the_links() -> None:
    """Below a line of their own, after the text."""
    sent = letter('<p>See <a href="/x/">more</a>.</p>')
    assert "See more.\n\nLinks in this mail:\n\n- more: https://journal.example/x/\n" in sent.text
    assert "Links in this mail" not in letter("<p>None.</p>").text


RICH = "> quoted\n\n- a\n\n> [!note] Title\n> noted\n\n| a | b |\n|---|---|\n| c | d |\n\nTerm\n: meaning\n\n`code`"


def test_the_words_of_a_post_in_another_language_say_so() -> None:
    """Its title, its standfirst and its text, as on its page; what the site says stays in the site's language."""
    sent = issue_letter(STATIONERY, site("en"), NAPS._replace(language="ar"), html(RICH), NOON).html
    assert '<html lang="en" dir="ltr">' in sent
    marked = [tag for tag in re.findall(r"<\w[^<>]*>", sent) if 'lang="ar"' in tag]
    assert ["h1", "p", "div"] == [re.findall(r"\w+", tag)[0] for tag in marked]
    assert all('dir="rtl"' in tag for tag in marked)
    excerpt = issue_letter(STATIONERY, site("en"), NAPS._replace(language="de", length="excerpt"), "<p>x</p>", NOON)
    assert 2 == excerpt.html.count('dir="ltr" lang="de"')


@pytest.mark.parametrize(("of_site", "of_post"), [("ar", None), ("en", "ar"), ("ar", "he")])
def test_bars_and_indents_are_on_the_side_where_lines_begin(of_site: str, of_post: str | None) -> None:
    """On the right in Arabic: with physical properties, since not all mail programs know logical ones."""
    sent = issue_letter(STATIONERY, site(of_site), NAPS._replace(language=of_post), html(RICH), NOON).html
    assert not re.findall(r"border-left: [34]px|padding: 0 0 0 \d|margin: 0 0 8px 26px|text-align: left", sent)
    assert ["3px", "4px"] == re.findall(r"border-right: (\dpx)", sent)
    assert "padding: 0 26px 0 0;" in sent
    assert "#36413e #86cfbf #36413e #36413e" in sent
    assert "direction: ltr" in sent.partition("<code")[2].partition(">")[0]


@pytest.mark.parametrize("of_site", ["ar", "en", "de"])
def test_a_post_in_the_language_of_its_site_says_nothing_of_it(of_site: str) -> None:
    """Its letter has the same bytes whether its front matter names the language or not."""
    home = site(of_site)
    letters = [issue_letter(STATIONERY, home, NAPS._replace(language=tag), html(RICH), NOON) for tag in (None, of_site)]
    assert letters[0] == letters[1]
    assert 1 == letters[0].html.count(" lang=")


def test_a_post_in_a_language_written_to_the_right_keeps_its_sides_on_an_arabic_site() -> None:
    """The text decides, not the site."""
    sent = issue_letter(STATIONERY, site("ar"), NAPS._replace(language="en"), html(RICH), NOON).html
    assert ["3px", "4px"] == re.findall(r"border-left: (\dpx)", sent)
    assert "border-right" not in sent
