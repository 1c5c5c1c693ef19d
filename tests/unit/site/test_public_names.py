"""Names in public addresses that are digests: they stay what they were, whatever the code calls its parts."""

from dropcap.pictures.card_words import CardWords
from dropcap.site.media import Content, Rendition

SMALL, LARGE = Rendition("image/webp", 640, 480, "ab'c"), Rendition("image/jpeg", 1, 2, "d")


def test_the_folder_of_a_picture_stays_where_it_was() -> None:
    """The digests are those of a version that hashed the representation of its dataclasses."""
    contents = [
        Content((), "data:'x\"é", inline=False),
        Content((SMALL,), "", inline=True),
        Content((SMALL, LARGE), "", inline=True),
    ]
    assert ["a2086d8cb0c87771", "466f0ccffad37d41", "154dad2eaa8c12b4"] == [content.digest for content in contents]


def test_the_name_of_a_social_card_stays_as_it_was() -> None:
    """The digest is that of a version that hashed the representation of its dataclass."""
    assert "747d8080d0135b7e" == CardWords("T'é\"\n\u2028", "S", "#fff", "#000", "#123456").digest
