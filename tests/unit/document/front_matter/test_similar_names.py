"""Misspelt fields are reported."""

import pytest

from dropcap.document.front_matter.fields import MAXIMUM_SLIPS
from dropcap.document.front_matter.similar_names import misspelt
from support.documents import yaml


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("darft", "draft"), ("Drafts", "draft"), ("dtae", "date"), ("tilte", "title"), ("permalnk", "permalink"),
        ("sumary", "summary"), ("Pub Datee", "pubdate"), ("expire", "expires"), ("visability", "visibility"),
    ],
)  # fmt: skip
def test_a_field_with_one_slip_is_recognised(name: str, meant: str) -> None:
    """A letter too many, too few, another one, or two exchanged."""
    assert [(name, meant)] == list(misspelt([name]))


@pytest.mark.parametrize(
    "name",
    ["draft", "data", "series", "mood", "weight", "paths", "layouts", "publisher", "hero", "ids", "x", "rate", ""],
)
def test_other_names_are_no_slips(name: str) -> None:
    """Themes and other systems use them."""
    assert not list(misspelt([name]))


def test_a_misspelt_field_is_a_warning_with_its_line() -> None:
    """The known name is suggested; the field is kept for themes."""
    post = yaml("title: T", "darft: true")
    (warning,) = post.warnings
    assert ("`draft`" in warning.message, 3, False) == (True, warning.line, post.draft)
    assert {"darft": "true"} == post.extra


def test_a_few_slips_of_a_file_are_named() -> None:
    """More of them are a field of another program."""
    post = yaml(*(f"titl{letter}: x" for letter in "abcdfghi"))
    assert MAXIMUM_SLIPS == len(post.warnings)
