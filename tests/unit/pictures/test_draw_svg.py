"""An SVG drawing as PNG: what is drawn, and which drawings are left as they are."""

from io import BytesIO

import pytest
from PIL import Image

from dropcap.pictures.draw_svg import drawn
from dropcap.steps.rasterise import rasterised

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" viewBox="0 0 200 100">{}</svg>'
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def drawing(content: str) -> bytes:
    """Return an SVG file of 200 by 100 pixels with CONTENT."""
    return SVG.format(content).encode()


def ink(picture: bytes) -> int:
    """Count the pixels of PICTURE that are not white."""
    return sum(Image.open(BytesIO(picture)).convert("L").histogram()[:255])


def test_a_drawing_is_drawn_twice_as_wide_as_it_is() -> None:
    """For dense screens; and never wider than a mail needs."""
    picture = rasterised(drawing('<rect width="200" height="50" fill="red"/>'), (200, 100))
    assert picture is not None
    assert ("image/png", 400, 200) == (picture.kind, picture.width, picture.height)
    assert 400 * 100 == ink(picture.content)
    large = rasterised(drawing("<circle r='9'/>"), (2000, 1000))
    assert large is not None
    assert 1200 == large.width


def test_the_same_drawing_gives_the_same_bytes() -> None:
    """An address never holds two things."""
    source = drawing('<text x="9" y="50">Tea</text>')
    assert drawn(source, 300) == drawn(source, 300)


@pytest.mark.parametrize("family", ["Helvetica, Arial", "serif", "'Comic Sans MS'", "monospace"])
@pytest.mark.parametrize("text", ["A diagram", "Größe → Ωμέγα, Привет ≤ 5 ✓"])
def test_text_is_drawn_whatever_font_it_asks_for(family: str, text: str) -> None:
    """Lambda has no fonts of its own: without one of ours, labels would be left out without an error."""
    picture = drawn(drawing(f'<text x="2" y="50" font-size="9" font-family="{family}">{text}</text>'), 400)
    assert picture is not None
    assert ink(picture) > 50 * len(text)


@pytest.mark.parametrize(
    "content",
    [
        '<text x="9" y="50">中文</text>',
        '<text x="9" y="50"><tspan>عربي</tspan></text>',
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">A label</p></foreignObject>',
        '<image href="/etc/logo.png" width="9" height="9"/>',
        '<image x:href="file:///etc/logo.png" width="9" height="9"/>',
        '<image href="https://example.org/logo.png" width="9" height="9"/>',
        '<image href="data:image/svg+xml;base64,PHN2Zy8+" width="9" height="9"/>',
        '<filter id="f"><feImage href="logo.png"/></filter>',
    ],
)
def test_what_would_look_otherwise_is_not_drawn(content: str) -> None:
    """Letters that the font lacks, HTML, and pictures that are not in the file: a link to the drawing says more."""
    assert drawn(drawing(content), 400) is None


def test_a_picture_within_the_drawing_is_drawn() -> None:
    """As long as its bytes are in the file."""
    picture = drawn(drawing(f'<image href="{PIXEL}" width="100" height="100"/>'), 200)
    assert picture is not None
    assert ink(picture)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"])
@pytest.mark.parametrize("declaration", ['<!ENTITY a "b">', '<!ENTITY % a "b">', '<!ENTITY a SYSTEM "/etc/passwd">'])
def test_entities_are_refused(declaration: str, encoding: str) -> None:
    """They can stand for billions of characters; in UTF-16, too."""
    source = f"<!DOCTYPE svg [{declaration}]>" + SVG.format("<text>b</text>")
    assert drawn(source.encode(encoding), 400) is None


def test_a_drawing_in_utf_16_is_drawn() -> None:
    """As the same drawing in UTF-8."""
    text = SVG.format('<text x="9" y="50">Größe</text><!-- <!ENTITY a "b"> -->')
    assert drawn(text.encode(), 400) == drawn(text.encode("utf-16"), 400) is not None


def test_a_hostile_drawing_ends_within_its_limits() -> None:
    """Each of nine levels repeats the one below ten times: a billion shapes, in a file of two kilobytes."""
    levels = [f'<g id="a{level}">' + f'<use href="#a{level - 1}"/>' * 10 + "</g>" for level in range(1, 10)]
    source = drawing('<g id="a0"><rect width="1" height="1"/></g>' + "".join(levels))
    assert rasterised(source, (200, 100)) is None


@pytest.mark.parametrize(
    ("source", "shape"),
    [
        (b"<svg nothing", (200, 100)),
        (b"\x00\xff", (200, 100)),
        (drawing("<g>" * 100_000 + "</g>" * 100_000), (200, 100)),
        (drawing(""), (0, 0)),
        (drawing(""), (1_000, 9_000)),
    ],
)
def test_what_is_no_drawing_has_no_bitmap(source: bytes, shape: tuple[int, int]) -> None:
    """Nor has one without a size, or one of too many pixels."""
    assert rasterised(source, shape) is None
