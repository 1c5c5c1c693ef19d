"""HTML that can do no harm."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropcap.document.html.sanitise import sanitised
from support.documents import document, html, refusal


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>a</a>",
        "<a href='java&#1;script:alert(1)'>a</a>",
        "<a href='JaVa\tScRiPt:alert(1)'>a</a>",
        "[a](javascript:alert(1))",
        "[a](vbscript:x)",
        "![a](data:text/html,x)",
        "<form action=/x><input name=a><button>b</button></form>",
        "<iframe src=//example.com></iframe>",
        "<object data=x></object><embed src=x>",
        "<svg><script>alert(1)</script><a xlink:href='javascript:x'>a</a></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<style>p { color: red }</style>",
        "<p style='position: fixed' data-x=1 onclick=x()>a</p>",
        "<base href=//example.com><meta http-equiv=refresh content=0><link rel=stylesheet href=x>",
        "a\n{: onclick=alert(1) style=x data-a=b }",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
        "<!--><img src=x onerror=alert(1)>-->",
    ],
)
def test_html_that_acts_is_removed(body: str) -> None:
    """Scripts, handlers, forms, frames, drawings, styles and data attributes go."""
    bad = (
        r"<(script|iframe|form|input|button|object|embed|svg|math|style|base|meta|link)\b"
        r"|<[^>]+\s(on\w+|style|data-\w+)=|(java|vb)script:|data:"
    )
    assert not re.search(bad, html(body), re.IGNORECASE)


def test_harmless_html_stays() -> None:
    """Authors write it where Markdown has no word."""
    video = '<video src="https://example.org/c.mp4"></video>'
    body = f'<details class="more" open=""><summary>A</summary><kbd>B</kbd> {video}</details>'
    assert body == html(body)


@pytest.mark.parametrize(
    "address", ["https://example.com/?a=1&amp;b=2", "mailto:a@example.com", "tel:+49", "/a/", "other.html", "#b"]
)
def test_links_with_ordinary_schemes_stay(address: str) -> None:
    """Relative ones too: they are resolved elsewhere."""
    assert f'<p><a href="{address}">a</a></p>' == html(f'<a href="{address}">a</a>')


def test_names_and_reserved_ids_are_removed() -> None:
    """The attribute `name` goes, and so do the theme's own ids; other anchors stay."""
    assert '<p>a</p><p id="cookie">b</p>' == html(
        '<p id="dropcap-search" name="body">a</p><p id="cookie" name="cookie">b</p>'
    )


def test_text_that_looks_like_a_reserved_id_stays() -> None:
    """Only attributes are ids."""
    assert "<p>a id=“dropcap-b” c</p>" == html('<p id="dropcap-x">a id="dropcap-b" c</p>')


@pytest.mark.parametrize("tag", ["<div>", "<ul><li>", "<blockquote>", "<b><p>", "<rt><rp>"])
def test_endless_nesting_is_refused_at_once(tag: str) -> None:
    """The sanitiser would take minutes for a mebibyte of it, and no signal stops it."""
    assert "levels deep" in refusal("A\n\n" + tag * 2_000).message


def test_a_tag_without_end_is_refused() -> None:
    """It is a picture in base 64, or thousands of attributes."""
    assert "upload the picture" in refusal(f'<img src="data:image/png;base64,{"A" * 200_000}">').remedy


def test_long_flat_html_is_no_nesting() -> None:
    """Old posts never close their paragraphs."""
    assert 400 == document("<p>a<br><b>c</b>\n" * 400).html.count("<b>")


@given(
    st.lists(
        st.sampled_from(
            [
                "<",
                ">",
                "/",
                "a",
                "p",
                "script",
                "svg",
                "style",
                "title",
                "img",
                " ",
                "x",
                "=",
                '"',
                "'",
                "onerror",
                "src",
                "href",
                "javascript:",
                "&#1;",
                "&lt;",
                "<!--",
                "-->",
                "dropcap-",
                "id",
                "dropcap-link",
                "\x01",
            ]
        ),
        max_size=25,
    )
)
def test_sanitising_twice_changes_nothing(pieces: list[str]) -> None:
    """Sanitised HTML parses to the same tree again, so nothing is hidden in it."""
    once = sanitised("".join(pieces))
    assert once == sanitised(once)


FRAME = '<iframe src="https://video.example/1" width="200"></iframe>'


def test_frames_and_forms_stay_only_in_trusted_sources() -> None:
    """A trusted folder may embed a film; nobody may run a script."""
    html = f'{FRAME}<form action="/x"><input name="q" onfocus="x()"></form><script>x()</script>'
    clean = sanitised(html, trusted=True)
    assert f'{FRAME}<form action="/x"><input name="q"></form>' == clean
    assert "" == sanitised(html)


@pytest.mark.parametrize("address", ["javascript:x()", "data:text/html,x"])
def test_a_trusted_frame_still_runs_nothing(address: str) -> None:
    """An uploaded page cannot run a script in its readers' browsers."""
    frame = f'<iframe src="{address}" srcdoc="&lt;script>x()&lt;/script>"></iframe>'
    assert "<iframe></iframe>" == sanitised(frame, trusted=True)


@pytest.mark.parametrize(
    "blank", ["\u00a0", "\u2003", "\u3000", "\u200b", "\ufeff", "\u2028", "\u00ad", "\u3164", "&#8203;", "&nbsp;"]
)
@pytest.mark.parametrize(
    "address", ["{}javascript:alert(1)", "java{}script:alert(1)", "javascript{}:alert(1)", "{}DATA:text/html,x"]
)
def test_an_address_is_no_code_even_for_whoever_ignores_blanks(address: str, blank: str) -> None:
    """A browser keeps Unicode's blanks, feed readers and mail programs may trim them."""
    written = address.format(blank)
    html = sanitised(f'<a href="{written}" title="a">b</a><video src="{written}"></video><q cite="{written}">c</q>')
    assert '<a title="a">b</a><video></video><q>c</q>' == html


def test_addresses_that_only_resemble_code_stay() -> None:
    """Files may be called so, and Unicode is allowed in an address."""
    html = '<a href="javascript.md">a</a><a href="/data:x/">b</a><a href="ärzte: liste">c</a><a href="video.mp4">d</a>'
    assert html == sanitised(html)


@pytest.mark.parametrize(
    "body",
    [
        '<video controls="" src="f.mp4"><track src="s.vtt" kind="captions" srclang="en" label="A" default=""></video>',
        '<audio controls=""><source src="a.opus" type="audio/ogg"><source src="a.mp3" media="print"></audio>',
        '<a href="data.csv" download="">a</a><a href="data.csv" download="numbers.csv">b</a>',
    ],
)
def test_captions_and_downloads_stay(body: str) -> None:
    """Who cannot hear a film reads them."""
    assert body == sanitised(body)


@pytest.mark.parametrize("trusted", [False, True])
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<picture><source srcset="d.png"><img src="l.png" alt="x"></picture>', '<img src="l.png" alt="x">'),
        ('a <source src="f.mp4"> b <track src="s.vtt"> c', "a  b  c"),
        ('<video><source srcset="d.png"><track kind="captions"></video>', "<video></video>"),
        ('<video><source src="javascript:x()"><track src="data:text/vtt,x"></video>', "<video></video>"),
        ('<audio src="a.mp3"></audio><source src="b.mp3">', '<audio src="a.mp3"></audio>'),
        ('</video><source src="b.mp3"><video><source src="c.mp4"></video>', '<video><source src="c.mp4"></video>'),
    ],
)
def test_no_part_of_a_film_stands_alone(body: str, expected: str, *, trusted: bool) -> None:
    """A `source` or a `track` is valid only within a film or a sound, and with an address."""
    assert expected == sanitised(body, trusted=trusted)
    assert expected == sanitised(expected, trusted=trusted)


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ('Never write `<a href="javascript:alert(1)">`.', '<code>&lt;a href="javascript:alert(1)"&gt;</code>'),
        ('It begins with `<a href="javascript:` so.\n\nA [link](/a/).', 'href="javascript:</code> so.</p>'),
        ('It begins with `<a href="javascript:` so.\n\nA [link](/a/).', '<a href="/a/">link</a>'),
        ('```text\n<img src="data:image/png">\n```\n', '&lt;img src="data:image/png"&gt;'),
        ('    <iframe src="data:text/html">\n\n"Quoted."', '&lt;iframe src="data:text/html"&gt;'),
    ],
)
def test_words_that_look_like_an_address_with_code_stay(body: str, kept: str) -> None:
    """They are text, and so is what follows up to the next quote."""
    assert kept in html(body)
