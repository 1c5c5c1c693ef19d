"""The examples of CommonMark and of GitHub Flavored Markdown, and where our dialect differs from them on purpose."""

import pytest

from support.specification import comes_out_right, examples

_WIKILINK = "Two brackets are a wikilink."
_SOURCE = "A link to a Markdown file leads to its page."
_SPACES = "A path may hold spaces, as note programs write it."
_BARE = "Bare addresses are links, as on GitHub; CommonMark alone leaves them text."
_SCHEME = "An address of a scheme that may do harm is shown as it was typed, not as a link that leads nowhere."
_STYLE = "An element that is never closed would take the rest of the text with it; it is shown as it was typed."
_COMMENT = "Comments are read as CommonMark 0.31 reads them; GitHub's specification is of an older version."

DIFFERENCES = {
    "commonmark-0.31.2.json": {
        173: _STYLE, 484: _SOURCE, 488: _SPACES, 548: _WIKILINK, 590: _WIKILINK, 598: _SCHEME, 599: _SCHEME,
        601: _SCHEME, 602: _BARE, 608: _BARE, 611: _BARE, 612: _BARE,
    },
    "gfm-0.29.json": {
        142: _STYLE, 497: _SPACES, 556: _WIKILINK, 598: _WIKILINK, 606: _SCHEME, 607: _SCHEME, 609: _SCHEME,
        610: _BARE, 616: _BARE, 619: _BARE, 620: _BARE, 645: _COMMENT, 646: _COMMENT,
    },
}  # fmt: skip


@pytest.mark.parametrize("name", DIFFERENCES)
def test_every_example_comes_out_as_specified_except_the_deliberate_differences(name: str) -> None:
    """A difference that is corrected leaves the list, too."""
    published = list(examples(name))
    assert 600 < len(published)
    assert list(DIFFERENCES[name]) == [example.number for example in published if not comes_out_right(example)]
