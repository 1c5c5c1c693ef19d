"""Addresses with an invalid host or port, which the sanitiser removes."""

import pytest

from support.documents import html, yaml

INVALID = ["http://[your-server]:8080/x", "https://example.org:port/", "http://example.org:99999/", "http://1.2.3.4.5/"]


@pytest.mark.parametrize("address", INVALID)
@pytest.mark.parametrize(
    "body", ["[a]({})", "[a][b]\n\n[b]: {}", '<a href="{}">a</a>', '<div><a href="{}">a</a></div>']
)
def test_a_link_with_an_invalid_address_is_named(address: str, body: str) -> None:
    """Its words were shown without a link, and nothing said so."""
    (warning,) = yaml("title: A day", body=body.format(address)).warnings
    assert f"Link left out, since its address is invalid: `{address}`." == warning.message
    assert warning.line == 4


@pytest.mark.parametrize("address", INVALID)
@pytest.mark.parametrize("body", ["![a]({}.png)", "![[{}.png]]", '<img src="{}.png" alt="a">'])
def test_a_picture_with_an_invalid_address_is_named(address: str, body: str) -> None:
    """It was left out, and nothing said so."""
    body = body.format(address).replace("[[http://[your-server]", "[[http://example.org:x")
    (warning,) = yaml("title: A day", body=body).warnings
    assert "Picture at an address that readers cannot reach, left out: " in warning.message
    assert warning.line == 4


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost:30000/", "https://münchen.example/", "http://127.0.0.1:8080/a", "http://[::1]:80/",
        "https://xn--mnchen-3ya.de/", "http://under_score.example.org", "https://example.org/[a]?b=[c]#d:e",
        "mailto:ada@example.org", "//example.org/", "ssh://git@example.org:22/a",
    ],
)  # fmt: skip
def test_a_valid_address_is_a_link(address: str) -> None:
    """Also one of an unusual form."""
    assert () == yaml("title: A day", body=f"[a](<{address}>)").warnings
    assert 'href="' in html(f"[a](<{address}>)")


def test_a_bare_address_that_is_an_example_is_not_warned_of() -> None:
    """It is shown as it was typed."""
    post = yaml("title: A day", body="Open http://example.org:port/ or <https://example.org:PORT/>.")
    assert () == post.warnings
    assert "http://example.org:port/" in post.html
