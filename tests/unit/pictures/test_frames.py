"""Frames of an animation that are larger than its header says."""

from io import BytesIO
from pathlib import Path
from struct import pack

import pytest
from PIL import Image

from dropcap.errors import ContentError
from dropcap.pictures import animation
from dropcap.pictures.making import renditions
from support.peak_memory import memory_to_refuse

RED, BLUE = 0, 1
KEEP, CLEAR, GO_BACK = 1, 2, 3
"""Values for the disposal of a frame (GIF89a, section 23)."""

Frame = tuple[int, int, int]
"""Width, height and colour."""


def gif(screen: tuple[int, int], *frames: Frame, disposal: int = KEEP) -> bytes:
    """Return a GIF whose header says SCREEN, with FRAMES at its upper left; Pillow writes none of this kind."""
    colours = bytes([255, 0, 0, 0, 0, 255])
    shown = b"".join(_frame(frame, disposal) for frame in frames)
    return b"GIF89a" + pack("<HHBBB", *screen, 0x80, 0, 0) + colours + shown + b";"


def _frame(frame: Frame, disposal: int) -> bytes:
    width, height, colour = frame
    control = b"!\xf9\x04" + pack("<BHBB", disposal << 2, 10, 0, 0)
    return control + b"," + pack("<HHHHB", 0, 0, width, height, 0) + _pixels(min(width * height, 90_000), colour)


def _pixels(count: int, colour: int) -> bytes:
    """Return COUNT pixels in LZW with codes of three bits; a code that clears the table, 4, keeps them so short."""
    codes = [4, colour, colour] * (count // 2) + [4, colour] * (count % 2) + [5]
    bits = sum(code << 3 * place for place, code in enumerate(codes))
    packed = bits.to_bytes(len(codes) * 3 // 8 + 1, "little")
    blocks = (packed[start : start + 255] for start in range(0, len(packed), 255))
    return b"\x02" + b"".join(bytes([len(block)]) + block for block in blocks) + b"\x00"


@pytest.mark.parametrize("side", [6_400, 13_300, 65_535])
@pytest.mark.parametrize("disposal", [KEEP, CLEAR, GO_BACK])
def test_a_large_frame_is_refused_with_a_remedy(side: int, disposal: int) -> None:
    """Also if it is removed before the next frame."""
    source = gif((1, 1), (1, 1, RED), (side, side, BLUE), disposal=disposal)
    with pytest.raises(ContentError) as raised:
        renditions(source)
    (finding,) = raised.value.findings
    assert "frames that are larger than the animation" in finding.message
    assert "one size" in finding.remedy


def test_a_large_frame_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    """The header says one pixel, and Pillow would enlarge the picture: to 2.2 GB."""
    source = gif((1, 1), (1, 1, RED), (13_300, 13_300, BLUE), disposal=CLEAR)
    assert memory_to_refuse(source, tmp_path) < 60


def test_all_frames_count_in_the_size_in_which_they_are_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    """After one large frame Pillow decodes all others in its size, too."""
    frames = [(1, 1, RED), (100, 100, BLUE), *[(1, 1, RED)] * 3]
    monkeypatch.setattr(animation, "MAXIMUM_DECODED", 40_001)
    assert renditions(gif((1, 1), *frames)).encoded
    monkeypatch.setattr(animation, "MAXIMUM_DECODED", 40_000)
    with pytest.raises(ContentError, match="larger than the animation"):
        renditions(gif((1, 1), *frames))


def test_a_frame_that_is_a_little_larger_is_cut() -> None:
    """As browsers do: the animation keeps its size, and nothing in it is squeezed."""
    picture = renditions(gif((20, 10), (20, 10, RED), (40, 10, BLUE), (10, 10, RED)))
    for file in picture.encoded:
        assert (20, 10) == (file.width, file.height)
        moving = Image.open(BytesIO(file.content))
        moving.seek(2)
        left, right = (moving.convert("RGB").getpixel((x, 5)) for x in (5, 15))
        assert left[0] > left[2] + 200  # type: ignore[index]  # RGB has three
        assert right[2] > right[0] + 200  # type: ignore[index]


def test_the_limit_of_pillow_is_as_before() -> None:
    """Other code of the process may decode larger pictures."""
    usual = Image.MAX_IMAGE_PIXELS
    with pytest.raises(ContentError):
        renditions(gif((1, 1), (1, 1, RED), (13_300, 13_300, BLUE)))
    assert usual == Image.MAX_IMAGE_PIXELS
