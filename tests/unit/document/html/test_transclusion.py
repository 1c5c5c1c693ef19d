"""The part of a note that another page shows."""

import pytest

from dropcap.document import Target, with_notes
from dropcap.document.html.transclusion import section
from support.documents import html

BODY = (
    '<p id="^first">A <a href="#two">b</a></p>\n<h2 id="one">One</h2>\n<p>1</p>\n<h3 id="deep">Deep</h3>\n<p>d</p>\n'
    '<h2 id="two">Two</h2>\n<blockquote>\n<h3 id="quoted">Quoted</h3>\n<p>q</p>\n</blockquote>\n<p>2<br>3</p>'
)


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("one", "<h2>One</h2>\n<p>1</p>\n<h3>Deep</h3>\n<p>d</p>"),
        ("deep", "<h3>Deep</h3>\n<p>d</p>"),
        ("two", "<h2>Two</h2>\n<blockquote>\n<h3>Quoted</h3>\n<p>q</p>\n</blockquote>\n<p>2<br>3</p>"),
        ("quoted", "<h3>Quoted</h3>\n<p>q</p>"),
        ("^first", '<p>A <a href="/note/#two">b</a></p>'),
        ("nowhere", ""),
    ],
)
def test_a_part_is_a_section_or_a_block(fragment: str, expected: str) -> None:
    """Without ids, which the page has itself; links to other parts lead to the note."""
    assert expected == section(BODY, fragment, "/note/")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("- a\n- b ^x\n", "<ul>\n<li>b</li>\n</ul>"),
        ("5. a\n6. b ^x\n", '<ol start="6">\n<li>b</li>\n</ol>'),
        ("1. a\n   - b\n   - c ^x\n2. d\n", "<ul>\n<li>c</li>\n</ul>"),
        ("1. a\n   1. b\n   2. c\n2. d ^x\n", '<ol start="2">\n<li>d</li>\n</ol>'),
        ("Term\n: Meaning ^x\n", "<div>Meaning</div>"),
        ("| a |\n|---|\n| b ^x |\n", "<div>b</div>"),
    ],
)
def test_a_part_of_a_list_or_table_stands_in_what_it_needs(body: str, expected: str) -> None:
    """An item without its list would be invalid HTML, and a numbered one keeps its number."""
    assert expected == section(html(body), "^x", "/note/")


def test_a_part_that_is_not_there_is_a_link() -> None:
    """The note has changed."""
    note = {"note": Target("/note/", "The note", BODY)}
    assert '<p><a href="/note/#gone">note → Gone</a></p>' == with_notes(html("![[note#Gone]]"), note).strip()


def test_a_note_within_a_text_is_a_link() -> None:
    """A paragraph holds no paragraphs."""
    note = {"note": Target("/note/", "The note", BODY)}
    assert '<p>See <a href="/note/">note</a>.</p>' == with_notes(html("See ![[note]]."), note)


def test_a_forged_placeholder_is_shown_once() -> None:
    """With any elements that an author nests in it."""
    note = {"note": Target("/note/", "The note", "<p>Body</p>"), "a": Target("/a/")}
    body = '<dropcap-embed names="note"><dropcap-link names="a">x</dropcap-link></dropcap-embed>\n\nEnd'
    page = with_notes(html(body), note)
    assert (1, 1, 0) == (page.count("Body"), page.count("End"), page.count("dropcap-"))


def test_words_that_look_like_a_link_to_a_part_stay() -> None:
    """They are text, as in a note about HTML."""
    body = '<p>Write <code>&lt;a href="#one"&gt;</code> for <a href="#one">one</a>.</p>'
    assert body.replace('<a href="#', '<a href="/note/#') == section(body, "", "/note/")
