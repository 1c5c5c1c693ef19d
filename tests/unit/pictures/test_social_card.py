"""Social cards: what they say, in which script, and that the same words are the same bytes."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageFont

from dropcap.pictures.card_words import CardWords
from dropcap.pictures.social_card import social_card

FONT = Path(__file__).parents[3] / "templates" / "assets" / "text-roman.woff2"
WORDS = CardWords("Why naps work", "The Even Hour", "#fbfaf6", "#1f2321", "#0b5d54")


def drawn(words: CardWords) -> Image.Image:
    """Draw the card and decode it."""
    return Image.open(BytesIO(social_card(words, FONT))).convert("RGB")


def ink(image: Image.Image) -> int:
    """Count the pixels in the colour of the title."""
    return sum(number for number, colour in image.getcolors(1 << 20) or () if colour == (31, 35, 33))


def test_a_card_has_the_size_that_is_asked_for_and_the_colours_of_the_site() -> None:
    """Paper, ink and accent; a third of a picture with all colours."""
    card = drawn(WORDS)
    assert (1200, 630) == card.size
    assert ((11, 93, 84), (251, 250, 246)) == (card.getpixel((5, 300)), card.getpixel((1190, 300)))
    assert ink(card) > 1000
    assert len(social_card(WORDS, FONT)) < 40_000


def test_the_same_words_give_the_same_bytes_and_others_another_name() -> None:
    """So that a card may be kept for ever under its name."""
    assert social_card(WORDS, FONT) == social_card(WORDS, FONT)
    assert WORDS.digest != WORDS._replace(accent="#0b5d55").digest


@pytest.mark.parametrize("title", ["中文标题", "مرحبا بكم", "שלום", "Naps 中"])
def test_a_title_that_the_font_cannot_write_is_left_out_whole(title: str) -> None:
    """Boxes would be no title; the site's name is still drawn."""
    assert 0 == ink(drawn(WORDS._replace(title=title)))


@pytest.mark.parametrize("title", ["word " * 60, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 3, "a"])
def test_a_long_title_stays_above_the_name_of_the_site(title: str) -> None:
    """It is written smaller, broken, and cut in the end."""
    below = drawn(WORDS._replace(title=title)).crop((90, 500, 1200, 630))
    assert 0 == ink(below)


def test_a_long_word_is_broken_with_few_measurements(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measuring each of its beginnings would take seconds."""
    measured: list[str] = []
    length = ImageFont.FreeTypeFont.getlength

    def counted(font: ImageFont.FreeTypeFont, text: str) -> float:
        measured.append(text)
        return length(font, text)

    monkeypatch.setattr(ImageFont.FreeTypeFont, "getlength", counted)
    social_card(WORDS._replace(title="w" * 400), FONT)
    assert len(measured) < 400
