"""Patterns of addresses, filled in."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropcap.document import Conventions
from dropcap.document.paths.permalinks import TOKENS, PermalinkParts, filled_in, is_pattern, pattern_problem
from dropcap.document.paths.url_paths import is_own
from support.documents import document

TOLD = PermalinkParts(
    datetime(2024, 5, 1, 6, 7, 8, tzinfo=UTC), "naps", "2-naps", ("sleep", "rest"), ("trips", "norway")
)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("/:year/:month/:day/:title/", "/2024/05/01/naps/"),
        ("/:short_year/:i_month/:i_day/:slug", "/24/5/1/naps/"),
        ("/:year/:y_day/:slug/", "/2024/122/naps/"),
        ("/:year/:monthname/:slug.html", "/2024/may/naps.html"),
        ("/:sections/:filename/", "/trips/norway/2-naps/"),
        ("/:section/:slugorfilename/", "/trips/naps/"),
        ("/:categories/:title:output_ext", "/sleep/rest/naps.html"),
        ("blog/:title", "/blog/naps/"),
        ("/:hour-:minute-:second-:slug/", "/06-07-08-naps/"),
        ("pretty", "/sleep/rest/2024/05/01/naps/"),
        ("date", "/sleep/rest/2024/05/01/naps.html"),
        ("ordinal", "/sleep/rest/2024/122/naps.html"),
        ("weekdate", "/sleep/rest/2024/W18/wed/naps.html"),
        ("none", "/sleep/rest/naps.html"),
    ],
)
def test_patterns_have_jekyll_s_and_hugo_s_tokens(pattern: str, expected: str) -> None:
    """A site that moves here keeps its addresses."""
    assert (expected, None) == (filled_in(pattern, TOLD), pattern_problem(pattern))
    assert is_pattern(pattern)


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("/:yaer/:slug/", "did you mean `:year`"),
        ("/:year/:month/", "neither `:slug`"),
        ("/tags/:slug/", "reserved"),
        ("/.hidden/:slug/", "dot"),
        ("/a?b=:slug/", "character"),
        ("/:qqq/:slug/", "unknown"),
    ],
)
def test_an_invalid_pattern_has_a_reason(pattern: str, reason: str) -> None:
    """Once, when it is written, and not at each post."""
    assert reason in (pattern_problem(pattern) or "")


@pytest.mark.parametrize("text", ["/a/b/", "/a:b/", "10:30", "/2024/05/naps.html"])
def test_most_addresses_are_no_patterns(text: str) -> None:
    """A colon alone makes none."""
    assert not is_pattern(text)


def test_the_site_s_pattern_applies_to_posts_only() -> None:
    """An address that the author wrote comes first, and `.html` is redirected."""
    site = Conventions("Europe/Berlin", permalink="/:year/:month/:slug.html")
    post = document("---\ndate: 2024-05-01\n---\nText.", "posts/naps.md", site)
    assert ("/2024/05/naps/", ("/2024/05/naps.html",)) == (post.path, post.aliases)
    assert "/about/" == document("Text.", "pages/about.md", site).path
    assert "/a/" == document("---\nurl: /a/\n---\nText.", "posts/naps.md", site).path


@given(st.text(st.sampled_from(":slugtiearmonh/_.-%?"), max_size=30))
def test_any_pattern_is_invalid_or_makes_allowed_addresses(pattern: str) -> None:
    """A permalink pattern that `site.yaml` accepts works for every post with a usual name."""
    if pattern_problem(pattern) is None:
        path = filled_in(pattern, TOLD)
        assert path
        assert not is_own(path)


def test_each_token_has_a_value() -> None:
    """Every word that is documented."""
    assert all(filled_in(f"/a:{token}/", TOLD) not in {None, "/a/"} for token in TOKENS)
