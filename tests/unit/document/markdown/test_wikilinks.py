"""Wikilinks, from the author's brackets to what stands there."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropcap.document import linked_names, resolve
from support.documents import document, html

NAMES = "posts/my-post|my-post"
LINK = '<dropcap-link names="posts/my-post|my-post">'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[[My Post]]", f"{LINK}My Post</dropcap-link>"),
        ("[[my-post.md]]", f"{LINK}my-post.md</dropcap-link>"),
        ("[[My Post|*this* one]]", f"{LINK}*this* one</dropcap-link>"),
        (
            "[[My Post#Next steps]]",
            '<dropcap-link fragment="next-steps" names="posts/my-post|my-post">My Post → Next steps</dropcap-link>',
        ),
        (
            "[[My Post#Next steps|there]]",
            '<dropcap-link fragment="next-steps" names="posts/my-post|my-post">there</dropcap-link>',
        ),
        (
            "[[Trips/Norway]]",
            '<dropcap-link names="posts/trips/norway|trips/norway|norway">Trips/Norway</dropcap-link>',
        ),
        ("[[#Next steps]]", '<a href="#next-steps">Next steps</a>'),
        ("![[My Post]] x", f"{LINK}My Post</dropcap-link> x"),
        ("[[C++]]", '<dropcap-link names="posts/c-plus-plus|c-plus-plus">C++</dropcap-link>'),
        ("[[a<b]]", '<dropcap-link names="posts/a-b|a-b">a&lt;b</dropcap-link>'),
        ("[[1]](https://example.com)", '<a href="https://example.com">[1]</a>'),
        ("[[1]]\n\n[1]: https://example.com", '[<a href="https://example.com">1</a>]'),
        ("[a [[b]] c](/d)", '<a href="/d">a <span>b</span> c</a>'),
        ("`[[a]]`", "<code>[[a]]</code>"),
        (r"\[[a]]", "[[a]]"),
        ("[[]]", "[[]]"),
        ("[[ | ]]", "[[ | ]]"),
    ],
)
def test_a_wikilink_becomes_a_placeholder(body: str, expected: str) -> None:
    """Double brackets that mean something in Markdown are no wikilinks."""
    assert f"<p>{expected}</p>" == html(body)


@pytest.mark.parametrize(
    "heading",
    [
        "The `foo --bar` option",
        "`Vec<String>` and `a_b`",
        "`%%x%%` & `{{ y }}`",
        "`__init__.py`",
        "`<pre>`",
        "Colour `a#b`",
        "Pipe `x | y`",
        "The `#[derive]` rule",
        "`||` and `&&`",
        "C# in depth",
        "Learn C#",
    ],
)
def test_a_wikilink_leads_to_a_heading_with_code(heading: str) -> None:
    """The id of the heading is what the link is made of, in this text and in another one."""
    post = document(f"See [[#{heading}]] and [[other#{heading}]].\n\n## {heading}\n")
    (identifier,) = re.findall(r'<h2 id="([^"]+)"', post.html)
    assert f'<a href="#{identifier}">' in post.html
    assert f'fragment="{identifier}"' in post.html
    assert () == post.warnings


def test_a_wikilink_with_a_text_may_stand_in_a_table() -> None:
    """There the bar is escaped, as Obsidian does it."""
    assert f"<td>{LINK}this</dropcap-link></td>" in html("| a | b |\n|---|---|\n| [[My Post\\|this]] | c |")


def test_names_are_listed_once_and_in_order() -> None:
    """Render registers each."""
    assert ("posts/b", "b", "posts/a", "a", "posts/c", "c") == document("[[b]] [[A]] [[B|x]] [[c#d]] [[a]]").links


def test_links_beyond_the_limit_stay_text_with_a_warning() -> None:
    """The number of items that one document writes has a limit, and so has their size."""
    post = document(" ".join(f"[[n{number}]]" for number in range(302)))
    assert 600 == len(post.links)
    assert "the last 2 links are shown as text" in post.warnings[-1].message
    long = document(" ".join(f"[[{'n' * 190}{number}]]" for number in range(299)))
    assert 100_000 >= sum(map(len, long.links)) > 60_000
    assert () == document("[[a]]").warnings


def test_what_stands_is_linked_and_what_does_not_is_text() -> None:
    """A link never leads to nothing."""
    page = resolve(html("[[A]] [[B]] [[C]]"), {"a": "/a/", "b": None})
    nothing = '<span class="unresolved" title="dropcap-title:unresolved">'
    assert f'<p><a href="/a/">A</a> {nothing}B</span> {nothing}C</span></p>' == page


def test_addresses_are_percent_encoded() -> None:
    """A percent-encoded path finds the file that it names."""
    assert '<a href="/caf%C3%A9/x%22y/#%C3%BCber">' in resolve(html("[[a#Über]]"), {"a": '/café/x"y/'})


def test_html_without_placeholders_is_left_alone() -> None:
    """Most documents have none."""
    assert "<p>a</p>" == resolve("<p>a</p>", {"a": "/a/"})


def test_placeholders_written_as_html_are_closed_properly() -> None:
    """An author may write them, or break them."""
    body = '<dropcap-link name="a"><em>x</em><dropcap-link>y</dropcap-link></dropcap-link><img alt="</dropcap-link>">'
    page = resolve(html(body), {"a": "/a/"})
    assert page.count("<a ") == page.count("</a>")
    assert page.count("<span") == page.count("</span>")


@given(st.text(st.sampled_from('[]|#!ab \\`*_\n<>&"'), max_size=60))
def test_any_brackets_end_up_resolved(body: str) -> None:
    """For any text, no placeholder is left on a page, and every listed name is one that was looked up."""
    post = document(f"x {body}")
    assert linked_names(post.html) == post.links
    assert "dropcap-link" not in resolve(post.html, dict.fromkeys(post.links, "/a/"))


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("[[talk.pdf]]", '<a href="dropcap-file:talk.pdf">talk.pdf</a>'),
        ("![[a/My talk.pdf#page=2|slides]]", '<a href="dropcap-file:a/My%20talk.pdf#page=2">slides</a>'),
        ("![[birds.mp3]]", '<audio controls="" src="dropcap-file:birds.mp3"></audio>'),
        ("[[notes 1.5]]", '<dropcap-link names="posts/notes-1-5|notes-1-5" line="1">notes 1.5</dropcap-link>'),
        ("![A tree|300](t.jpg)", '<img alt="A tree" src="dropcap-file:t.jpg" width="300">'),
        ("![|30x20](t.jpg)", '<img alt="" height="20" src="dropcap-file:t.jpg" width="30">'),
        ("![a|b](t.jpg)", '<img alt="a|b" src="dropcap-file:t.jpg">'),
        ("![A tree](../t.jpg)", '<img alt="A tree" src="dropcap-file:../t.jpg">'),
        ("![A drawing](t.svg)", '<img alt="A drawing" src="dropcap-file:t.svg">'),
        ("![](https://example.org/t?f=a.mp4)", '<img alt="" src="https://example.org/t?f=a.mp4">'),
    ],
)
def test_files_and_sizes_of_a_vault_mean_what_obsidian_says(link: str, expected: str) -> None:
    """A link to a file leads to it, a recording is played, and a number behind a bar is a picture's width."""
    assert expected in document(f"See {link}\n").html


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("![](film.mp4)", '<p><video controls="" src="dropcap-file:film.mp4"></video></p>'),
        ("![[film.mp4]]", '<p><video controls="" src="dropcap-file:film.mp4"></video></p>'),
        ("![A film|300](a/film.mp4)",
         '<p><video aria-label="A film" controls="" src="dropcap-file:a/film.mp4" width="300"></video></p>'),
        ("![[a/film.mp4|A film|300]]",
         '<p><video aria-label="A film" controls="" src="dropcap-file:a/film.mp4" width="300"></video></p>'),
        ("![A song](song.MP3){: .loud}",
         '<p><audio aria-label="A song" class="loud" controls="" src="dropcap-file:song.MP3"></audio></p>'),
        ('![A film](film.mov "In May")',
         ('<figure><video aria-label="A film" controls="" src="dropcap-file:film.mov"></video>'
          '<figcaption>In May</figcaption></figure>')),
        ("![](a%20talk.pdf#page=2)", '<p><a href="dropcap-file:a%20talk.pdf#page=2">a talk.pdf</a></p>'),
        ("![The talk](talk.pdf)", '<p><a href="dropcap-file:talk.pdf">The talk</a></p>'),
        ("![A film][f]\n\n[f]: https://example.org/f.webm?a&b",
         '<p><video aria-label="A film" controls="" src="https://example.org/f.webm?a&amp;b"></video></p>'),
        ("![[https://example.org/f.webm]]", '<p><video controls="" src="https://example.org/f.webm"></video></p>'),
        ("[![A film](film.mp4)](/about/) [![](b.pdf)](/b/)",
         '<p><a href="/about/"><span>A film</span></a> <a href="/b/"><span>b.pdf</span></a></p>'),
        ("![A film](C:\\film.mp4)", "<p>A film</p>"),
    ],
)  # fmt: skip
def test_films_sounds_and_files_are_embedded_in_both_notations(markdown: str, expected: str) -> None:
    """Played or linked, under their alternative text, from this site and others; in a link they are its words."""
    assert expected == html(markdown)


def test_a_picture_may_have_a_question_mark_in_its_name() -> None:
    """A wikilink names a file, which has no query; in an address of the web it begins one."""
    (picture,) = document("![[Why nap?.png|300]]").files
    assert picture.paths == ("posts/why nap?.png", "why nap?.png")
    assert '<img alt="" src="https://example.org/?a.png">' in html("![[https://example.org/?a.png]]")
