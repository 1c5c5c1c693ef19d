"""Renditions of a picture: sizes, formats, orientation, colours; and pictures refused before they are decoded."""

import random
import zlib
from io import BytesIO
from pathlib import Path
from struct import pack
from typing import Any

import pytest
from PIL import Image, ImageCms

from dropcap.errors import ContentError
from dropcap.pictures.making import renditions
from dropcap.pictures.rendition import Encoded, widths_of
from support.peak_memory import memory_to_refuse, peak_memory

MEMORY = 2048
"""MemorySize of ImagesFunction in MB; a test of the template's own holds it."""


def saved(image: Image.Image, kind: str, **how: Any) -> bytes:  # noqa: ANN401  # Pillow's settings
    """Return IMAGE as a file of KIND."""
    written = BytesIO()
    image.save(written, kind, **how)
    return written.getvalue()


def shown(encoded: Encoded) -> Image.Image:
    """Decode what was encoded."""
    return Image.open(BytesIO(encoded.content)).convert("RGB")


def photograph(size: tuple[int, int]) -> Image.Image:
    """Return something as smooth, and as noisy, as a photograph: layers of random spots, the finer the fainter."""
    picture = Image.new("RGB", size, "grey")
    for seed, (cells, weight) in enumerate(((6, 0.6), (40, 0.3), (300, 0.12))):
        spots = Image.frombytes("RGB", (cells, cells), random.Random(seed).randbytes(3 * cells * cells))  # noqa: S311  # no secret
        picture = Image.blend(picture, spots.resize(size, Image.Resampling.BICUBIC), weight)
    return picture


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (2000, (1600, 1200, 800, 480)),
        (1600, (1600, 1200, 800, 480)),
        (1000, (1000, 800, 480)),
        (480, (480,)),
        (7, (7,)),
    ],
)
def test_no_rendition_is_wider_than_its_source(width: int, widths: tuple[int, ...]) -> None:
    """The usual widths below its own, and its own where it lies between them."""
    assert widths == widths_of(width)


@pytest.mark.parametrize(
    ("kind", "mode", "formats"),
    [
        ("JPEG", "RGB", {"image/avif", "image/webp", "image/jpeg"}),
        ("JPEG", "CMYK", {"image/avif", "image/webp", "image/jpeg"}),
        ("JPEG", "L", {"image/avif", "image/webp", "image/jpeg"}),
        ("PNG", "RGBA", {"image/avif", "image/webp", "image/png"}),
        ("PNG", "P", {"image/avif", "image/webp", "image/png"}),
        ("PNG", "1", {"image/avif", "image/webp", "image/png"}),
        ("PNG", "I;16", {"image/avif", "image/webp", "image/png"}),
        ("GIF", "P", {"image/avif", "image/webp", "image/png"}),
        ("WEBP", "RGB", {"image/avif", "image/webp", "image/jpeg"}),
        ("WEBP", "RGBA", {"image/avif", "image/webp", "image/png"}),
        ("AVIF", "RGB", {"image/avif", "image/webp", "image/jpeg"}),
    ],
)
def test_each_format_and_mode_becomes_two_modern_formats_and_one_that_all_know(
    kind: str, mode: str, formats: set[str]
) -> None:
    """In every size, whatever the mode of the source."""
    picture = renditions(saved(Image.new(mode, (600, 300)), kind))
    assert formats == {file.kind for file in picture.encoded}
    assert {(600, 300), (480, 240)} == {(file.width, file.height) for file in picture.encoded}


def test_what_may_be_seen_through_stays_so_and_has_nothing_beneath() -> None:
    """A tiny picture beneath would be seen through it for ever."""
    clear = renditions(saved(Image.new("RGBA", (60, 40), (255, 0, 0, 0)), "PNG"))
    assert "" == clear.ground
    for file in clear.encoded:
        assert (0, 0) == Image.open(BytesIO(file.content)).convert("RGBA").getchannel("A").getextrema()
    assert renditions(saved(Image.new("RGB", (60, 40)), "PNG")).ground.startswith("data:image/webp;base64,")


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_picture_stands_upright_however_the_camera_was_held(turn: int) -> None:
    """All eight orientations of EXIF: red is at the top left, and the picture lies."""
    upright = Image.new("RGB", (64, 32), "blue")
    upright.paste("red", (0, 0, 32, 16))
    undo = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[turn]
    turned = upright if undo is None else upright.transpose(Image.Transpose(undo))
    exif = Image.Exif()
    exif[0x0112] = turn
    for file in renditions(saved(turned, "JPEG", exif=exif.tobytes(), quality=95)).encoded:
        assert (64, 32) == (file.width, file.height)
        red, _, blue = shown(file).getpixel((8, 4))  # type: ignore[misc]  # RGB has three
        assert red > 180
        assert blue < 80


def test_colours_are_those_that_the_profile_means() -> None:
    """A profile that swaps nothing changes nothing; one of another space is converted, and none goes along."""
    own = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    (*_, largest) = renditions(saved(Image.new("RGB", (40, 40), (200, 30, 30)), "PNG", icc_profile=own)).encoded
    assert all(abs(a - b) < 4 for a, b in zip(shown(largest).getpixel((5, 5)), (200, 30, 30), strict=True))  # type: ignore[arg-type]  # RGB
    assert "icc_profile" not in Image.open(BytesIO(largest.content)).info


def test_a_broken_profile_is_no_reason_to_refuse() -> None:
    """Colours are then taken as sRGB."""
    assert renditions(saved(Image.new("RGB", (40, 40)), "PNG", icc_profile=b"no profile")).encoded


def test_what_moves_goes_on_moving() -> None:
    """As an animated WebP, and a GIF for others, with the times of its frames."""
    frames = [Image.new("RGB", (1000, 500), colour) for colour in ("red", "green", "blue")]
    source = saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=[50, 200, 300], loop=0)
    picture = renditions(source)
    assert [("image/webp", 800), ("image/gif", 800)] == [(file.kind, file.width) for file in picture.encoded]
    for file in picture.encoded:
        moving = Image.open(BytesIO(file.content))
        assert 3 == getattr(moving, "n_frames", 1)


def test_what_moves_for_too_long_stands_still_and_says_so() -> None:
    """The first frame is better than nothing."""
    frames = [Image.new("L", (2, 2), number % 256) for number in range(450)]
    picture = renditions(saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=50))
    assert "450 frames" in picture.notes[0]
    assert {"image/avif", "image/webp", "image/png"} == {file.kind for file in picture.encoded}


def bomb() -> bytes:
    """Return a PNG of some kilobytes that says it has 100 megapixels."""
    header = pack(">IIBBBBB", 10_000, 10_000, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(30_001 * 100))

    def chunk(name: bytes, body: bytes) -> bytes:
        return pack(">I", len(body)) + name + body + pack(">I", zlib.crc32(name + body))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_bomb_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    """Because of its header: a picture of 300 MB takes no more memory than a picture of nothing."""
    assert memory_to_refuse(bomb(), tmp_path) < 60
    with pytest.raises(ContentError) as raised:
        renditions(bomb())
    assert "10000 by 10000 pixels" in raised.value.findings[0].message


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a/*" + b"<script>" * 50,
        saved(Image.new("RGB", (90, 90)), "TIFF"),
        saved(Image.new("RGB", (90, 90)), "BMP"),
        saved(Image.new("RGB", (90, 90)), "JPEG")[:400],
        saved(Image.new("RGB", (90, 90)), "PNG")[:-40],
        saved(Image.new("RGB", (90, 90)), "WEBP")[:-20],
        saved(Image.new("RGB", (90, 90)), "AVIF")[:-20],
        saved(Image.new("L", (1, 20_000)), "PNG"),
    ],
    ids=range(11),
)
def test_what_is_no_picture_or_a_broken_one_is_refused_with_a_remedy(source: bytes) -> None:
    """Never with anything but a ContentError, which becomes a report."""
    with pytest.raises(ContentError) as raised:
        renditions(source)
    assert all(finding.remedy for finding in raised.value.findings)


def test_nothing_that_hides_behind_a_picture_goes_out() -> None:
    """A picture that is an archive or a script too is decoded and encoded anew."""
    for file in renditions(saved(Image.new("RGB", (40, 40)), "JPEG") + b"PK\x03\x04<script>alert(1)</script>").encoded:
        assert b"script" not in file.content


def test_the_same_bytes_give_the_same_renditions() -> None:
    """Names are digests: another encoding would be another address."""
    source = saved(photograph((600, 400)), "JPEG")
    assert renditions(source) == renditions(source)


def test_a_small_screen_gets_a_quarter_of_a_photograph_at_most() -> None:
    """At 400 pixels in width the smallest rendition is asked for, in the best format that the browser knows."""
    source = saved(photograph((2400, 1600)), "JPEG", quality=85)
    smallest = [file for file in renditions(source).encoded if file.width == 480]
    assert {"image/avif", "image/webp", "image/jpeg"} == {file.kind for file in smallest}
    assert all(len(file.content) * 4 <= len(source) for file in smallest)


def test_forty_megapixels_fit_into_the_function(tmp_path: Path) -> None:
    """Measured in a process of its own, for the format that needs most: a PNG that may be seen through."""
    ramp = Image.linear_gradient("L").resize((7300, 5475))
    (tmp_path / "large.png").write_bytes(saved(Image.merge("RGBA", [ramp] * 4), "PNG", compress_level=1))
    script = (
        "import sys; from pathlib import Path; from dropcap.pictures.making import renditions;"
        "renditions(Path(sys.argv[1]).read_bytes())"
    )
    assert peak_memory(script, str(tmp_path / "large.png")) < MEMORY * 0.5
