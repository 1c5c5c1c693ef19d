"""Pictures and files that a text names: which addresses are marked, and where they are looked for."""

import pytest

from dropcap.document.html.file_references import (
    MARK,
    MAXIMUM_MENTIONS,
    Mention,
    files_in,
    located,
    marked,
    mention,
    own_paths,
)
from support.documents import yaml

LOCAL = [
    ('<img src="a.png" alt="">', "a.png"),
    ('<img alt="x" src="/img/a%20b.png">', "/img/a%20b.png"),
    ('<a href="guide.pdf">x</a>', "guide.pdf"),
    ('<audio controls src="talk.mp3"></audio>', "talk.mp3"),
    ('<video poster="still.jpg"></video>', "still.jpg"),
    ('<track src="captions.vtt" kind="captions">', "captions.vtt"),
    ('<a href="numbers.json">x</a>', "numbers.json"),
]
ELSEWHERE = [
    '<img src="https://example.org/a.png">',
    '<img src="//example.org/a.png">',
    '<a href="#part">x</a>',
    '<a href="/about/">x</a>',
    '<a href="other.md">x</a>',
    '<a href="old.html">x</a>',
    '<a href="/feed.xml">x</a>',
    '<a href="mailto:a@example.org">x</a>',
]


@pytest.mark.parametrize(("html", "written"), LOCAL)
def test_the_address_of_a_file_of_this_site_is_marked(html: str, written: str) -> None:
    """Pictures, sounds, films, and links whose address ends like a file's."""
    assert f'"{MARK}{written}"' in marked(html)
    assert [written] == [item.written for item in files_in(marked(html), "posts/a.md")]


@pytest.mark.parametrize("html", ELSEWHERE)
def test_other_addresses_stay_as_they_are(html: str) -> None:
    """Other sites, parts of the page, pages, texts and feeds."""
    assert html == marked(html)


@pytest.mark.parametrize(
    ("written", "paths"),
    [
        ("a.png", ("posts/x/a.png", "a.png")),
        ("../a.png", ("posts/a.png", "a.png")),
        ("/images/A%20B.PNG?v=1", ("images/a b.png",)),
        ("../../../../a.png", ("a.png",)),
        ("./a.png", ("posts/x/a.png", "a.png")),
        ("Cafe\N{COMBINING ACUTE ACCENT}.png", ("posts/x/café.png", "café.png")),
    ],
)
def test_a_file_is_looked_up_beside_the_text_then_from_the_root(written: str, paths: tuple[str, ...]) -> None:
    """Without regard to case, Unicode form, percent signs, and what follows the path."""
    assert Mention(written, paths) == mention(written, "posts/x/index.md")


@pytest.mark.parametrize("written", ["", "#a", "https://example.org/a.png", "data:image/png;base64,xx", "/", ".."])
def test_a_value_that_is_no_path_is_not_looked_up(written: str) -> None:
    """Addresses of other sites, and of nothing."""
    assert mention(written, "posts/a.md") is None


def test_a_mention_has_its_line() -> None:
    """Counted from the file's first line, so that the report can name it."""
    (mentions,) = located([Mention("a%20b.png", ("a b.png",))], {"a b.png": 6, "a%20b.png": 7})
    assert 6 == mentions.line


def test_folders_that_other_generators_serve_from_the_root_may_be_left_out() -> None:
    """Hugo's and Zola's `static/`, Jekyll's `assets/`."""
    assert ("static/images/a.png", "images/a.png") == own_paths("static/images/A.png")
    assert ("posts/a.png",) == own_paths("posts/a.png")


def test_a_file_named_in_text_and_front_matter_is_listed_once() -> None:
    """A missing picture is one warning, on the line of the text; the others stay in their order."""
    mentions = [Mention(name, (name,), line) for name, line in (("a.png", None), ("b.png", None), ("a.png", 3))]
    assert [("a.png", 6), ("b.png", 5)] == [
        (item.written, item.line) for item in located(mentions, {"b.png": 5, "a.png": 6})
    ]


def test_files_beyond_the_most_that_a_text_may_name_are_left_out_with_a_warning() -> None:
    """On the line of the first of them; the picture of the front matter is kept."""
    body = "".join(f"![x](p{number}.png)\n\n" for number in range(MAXIMUM_MENTIONS + 5))
    post = yaml("image: cover.png", body=body)
    assert ["p0.png", f"p{MAXIMUM_MENTIONS - 1}.png", "cover.png"] == [post.files[at].written for at in (0, -2, -1)]
    (finding,) = post.warnings
    assert (4 + 2 * MAXIMUM_MENTIONS, True) == (finding.line, "names 205 pictures and files" in finding.message)
    assert () == yaml(body="".join(f"![x](p{number}.png)\n\n" for number in range(MAXIMUM_MENTIONS))).warnings
