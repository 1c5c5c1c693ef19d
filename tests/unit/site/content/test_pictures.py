"""Marks in a text become pictures and links; which file is meant, and what feeds and mails see of it."""

import re

import pytest

from dropcap.site.content.feed_and_mail_html import for_feeds, for_mail
from dropcap.site.content.pictures import Placed, filled
from dropcap.site.media import Content, Rendition, chosen, is_meant
from support.documents import html

KINDS = ("image/avif", "image/webp", "image/jpeg")
SIZES = [(1600, 800), (1200, 600), (800, 400), (480, 240)]
PHOTOGRAPH = Content(
    tuple(Rendition(kind, *size, f"{kind}{size}") for size in SIZES for kind in KINDS),
    "data:image/webp;base64,AA",
    inline=True,
)
GUIDE = Content((Rendition("application/pdf", 0, 0, "d"),), "", inline=True)
PLACED = {
    "oak.jpg": Placed("posts/An Öak.jpg", "/walk/", PHOTOGRAPH),
    "guide.pdf": Placed("posts/guide.pdf", "/walk/", GUIDE),
}
ITEMS = [
    {"sk": "posts/a/cover.jpg#1", "source": "posts/a/cover.jpg"},
    {"sk": "posts/b/cover.jpg#2", "source": "posts/b/cover.jpg"},
]


def image(html: str) -> str:
    """Return the `<img>` of the picture in HTML, not the one beneath it."""
    *_, last = re.finditer(r"<img [^>]*>", filled(html, PLACED))
    return last[0]


def test_a_picture_has_every_size_its_shape_and_its_words() -> None:
    """In the best format first; the largest is as wide as the picture is drawn where nobody asks for less."""
    whole = filled('<p><img src="dropcap-file:oak.jpg" alt="An &quot;oak&quot;" class="x"></p>', PLACED)
    assert ["image/avif", "image/webp"] == re.findall(r'<source type="([^"]+)"', whole)
    assert 12 == len(re.findall(r"an-%C3%B6ak-\d+\.\w+ \d+w", whole))
    assert 'alt="An &quot;oak&quot;" class="x" width="1600" height="800" fetchpriority="high"' in whole
    assert re.search(r'<img src="/assets/media/\w+/\w+/an-%C3%B6ak-800.jpg" srcset="', whole)


@pytest.mark.parametrize(
    ("attributes", "shape"),
    [
        ('width="300"', ("300", "150")),
        ('height="100"', ("200", "100")),
        ('width="300" height="300"', ("300", "150")),
        ('width="9000"', ("1600", "800")),
        ('width="50%"', ("1600", "800")),
    ],
)
def test_a_width_that_the_author_asks_for_is_kept_with_the_shape_of_the_picture(
    attributes: str, shape: tuple[str, str]
) -> None:
    """Never wider than it is."""
    picture = image(f'<img src="dropcap-file:oak.jpg" {attributes}>')
    assert [shape] == re.findall(r' width="(\d+)" height="(\d+)"', picture)


@pytest.mark.parametrize(
    ("size", "attributes", "shape"),
    [((900, 2200), "", "295x721"), ((900, 2200), 'width="600"', "600x1467"), ((300, 400), "", "300x400")],
)
def test_a_portrait_fits_on_a_screen_unless_the_author_states_its_size(
    size: tuple[int, int], attributes: str, shape: str
) -> None:
    """At most 720 pixels high, as is the screenshot of a phone."""
    portrait = Content((Rendition("image/jpeg", *size, "r"),), PHOTOGRAPH.ground, inline=True)
    html = filled(f'<img src="dropcap-file:a.jpg" {attributes}>', {"a.jpg": Placed("a.jpg", "/walk/", portrait)})
    assert {shape} == {"x".join(pair) for pair in re.findall(r'width="(\d+)" height="(\d+)"', html)}


def test_a_small_picture_stands_within_its_sentence() -> None:
    """Without a preview below it: an icon between two words begins no line of its own."""
    icon = Content((Rendition("image/png", 24, 24, "r"),), PHOTOGRAPH.ground, inline=True)
    html = filled('<img src="dropcap-file:a.png" alt="">', {"a.png": Placed("a.png", "/walk/", icon)})
    assert html.startswith("<picture><img ")
    assert 'class="picture-small"' in html


def test_only_the_first_picture_is_fetched_before_it_is_seen() -> None:
    """The others wait until they come into sight, whatever the author wrote."""
    twice = filled('<img src="dropcap-file:oak.jpg" loading="eager"><img src="dropcap-file:oak.jpg">', PLACED)
    assert (1, 1, 0) == (twice.count('fetchpriority="high"'), twice.count('loading="lazy"'), twice.count("eager"))


def test_the_first_picture_is_painted_with_the_text() -> None:
    """A picture that is decoded apart comes a moment later; those further down may."""
    first, second = (
        "async" in image
        for image in re.findall(r"<img src[^>]*>", filled('<img src="dropcap-file:oak.jpg">' * 2, PLACED))
    )
    assert (False, True) == (first, second)


def test_no_picture_of_a_text_is_first_below_the_picture_of_its_post() -> None:
    """Two that are fetched first are both late."""
    text = filled('<img src="dropcap-file:oak.jpg">', PLACED, is_below=True)
    assert (0, 1) == (text.count("fetchpriority"), text.count('loading="lazy"'))


def test_what_is_missing_asks_for_nothing() -> None:
    """A box with the words of a picture, a text that was a link, a film without an address."""
    assert '<span class="picture-missing">An &lt;oak&gt;</span>' == filled(
        '<img src="dropcap-file:no.jpg" alt="An &lt;oak&gt;">', PLACED
    )
    assert '<a class="unresolved" title="dropcap-title:unresolved">x</a>' == filled(
        '<a href="dropcap-file:no.pdf">x</a>', PLACED
    )
    assert "<video controls></video>" == filled('<video src="dropcap-file:no.mp4" controls=""></video>', PLACED)
    parts = '<source src="dropcap-file:no.mp4"><track src="dropcap-file:no.vtt" default="">'
    assert '<video src="/x"></video>' == filled(f'<video src="/x">{parts}</video>', PLACED)
    assert " download" not in filled('<a href="dropcap-file:no.csv" download="x.csv">x</a>', PLACED)


def test_a_link_leads_to_the_file_or_to_the_whole_picture() -> None:
    """To the format that every program knows."""
    assert filled('<a href="dropcap-file:guide.pdf">', PLACED).endswith('/guide.pdf">')
    assert filled('<a href="dropcap-file:oak.jpg">', PLACED).endswith('/an-%C3%B6ak-1600.jpg">')


def test_what_is_elsewhere_or_no_mark_stays_as_it_is() -> None:
    """Only what `render` marked is looked up."""
    html = '<img src="https://example.org/a.png" alt=""><a href="/about/">x</a>'
    assert html == filled(html, PLACED)


def test_feeds_and_mails_have_one_picture_for_each() -> None:
    """Feeds keep the sizes; mails have one of 560 pixels at most."""
    body = filled('<p><img src="dropcap-file:oak.jpg" alt="An oak"></p>', PLACED)
    assert 1 == for_feeds(body).count("<img")
    assert "<picture>" in for_feeds(body)
    assert re.fullmatch(r'<p><img src="[^"]+-800.jpg" alt="An oak" width="560" height="280"></p>', for_mail(body))


def test_a_mail_shows_a_formula_as_it_was_typed() -> None:
    """Few mail programs show MathML."""
    body = html("Let $a < b$ be.\n\n$$\n\\frac{a}{b}\n$$")
    assert '<p>Let <code dir="ltr">a &lt; b</code> be.</p>' in for_mail(body)
    assert '<div class="formula"><code dir="ltr">\\frac{a}{b}</code></div>' in for_mail(body)
    assert "<math" not in for_mail(body)


def test_a_path_counts_before_a_name_and_the_nearest_of_a_name_is_a_guess() -> None:
    """An unambiguous reference causes no warning."""
    assert ("posts/b/cover.jpg", True) == chosen(["posts/b/cover.jpg", "cover.jpg"], "posts/b/index.md", ITEMS)
    assert ("posts/a/cover.jpg", False) == chosen(["cover.jpg"], "posts/a/x/index.md", ITEMS)
    assert ("posts/a/cover.jpg", True) == chosen(["cover.jpg"], "posts/c.md", ITEMS[:1])
    assert chosen(["cover.jpg"], "posts/c.md", []) is None


def test_only_texts_that_could_mean_the_file_are_rebuilt() -> None:
    """A thousand bundles with a `cover.jpg` each cost nothing to one another."""
    existing = {"posts/a/cover.jpg", "posts/b/cover.jpg"}
    assert is_meant("posts/a/cover.jpg", ["posts/a/cover.jpg", "cover.jpg"], existing)
    assert not is_meant("posts/a/cover.jpg", ["posts/b/cover.jpg", "cover.jpg"], existing)
    assert is_meant("posts/a/cover.jpg", ["posts/c/cover.jpg", "cover.jpg"], existing)
    assert not is_meant("cover.jpg", ["posts/b/cover.jpg", "cover.jpg"], existing)
    assert is_meant("posts/b/cover.jpg", ["posts/b/cover.jpg", "cover.jpg"], existing - {"posts/b/cover.jpg"})


PLAN = Content((Rendition("image/svg+xml", 0, 0, "s"),), "", inline=False, shape=(300, 150))


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ("", ' width="300" height="150"'),
        (' width="600"', ' width="600" height="300"'),
        (' height="50"', ' height="50" width="100"'),
        (' width="20" height="20"', ' width="20" height="20"'),
        (' width="20px" height="20px"', ' width="20" height="20"'),
        (' width="50%"', ' width="300" height="150"'),
    ],
)
def test_a_drawing_has_the_size_that_it_states(attributes: str, expected: str) -> None:
    """It may be drawn larger than that, since it has every size; what the author states for one side scales both."""
    placed = {"plan.svg": Placed("posts/plan.svg", "/walk/", PLAN)}
    html = filled(f'<img src="dropcap-file:plan.svg" alt="A plan"{attributes}>', placed)
    assert f'plan.svg" alt="A plan"{expected} fetchpriority="high"' in html


def test_a_drawing_that_states_no_size_has_none() -> None:
    """The browser finds it out, as it does today."""
    placed = {"plan.svg": Placed("posts/plan.svg", "/walk/", PLAN._replace(shape=(0, 0)))}
    assert 'alt="" fetchpriority' in filled('<img src="dropcap-file:plan.svg">', placed)
    assert PLAN.digest == PLAN._replace(shape=(0, 0)).digest


def test_a_drawing_has_a_bitmap_for_programs_that_draw_none() -> None:
    """Browsers take the drawing; mails and feed readers that show no SVG take the PNG, in the size of the drawing."""
    drawn = PLAN._replace(renditions=(*PLAN.renditions, Rendition("image/png", 600, 300, "p")))
    placed = {"plan.svg": Placed("posts/plan.svg", "/walk/", drawn)}
    page = filled('<img src="dropcap-file:plan.svg" alt="A plan" width="900px">', placed)
    (folder,) = set(re.findall(r'"(/assets/media/\w+/\w+/)plan', page))
    assert f'<source type="image/svg+xml" srcset="{folder}plan.svg"><img src="{folder}plan.png" alt="A plan"' in page
    assert f'<img src="{folder}plan.png" alt="A plan" width="560" height="280">' == for_mail(page)
    assert f"{folder}plan.svg" == placed["plan.svg"].url
    assert f"{folder}plan.png" == placed["plan.svg"].picture.url
