"""What `site.yaml` may say, and what an author hears when it does not."""

import pytest

from dropcap.errors import ContentError
from dropcap.site.settings import SiteSettings
from dropcap.site.site_file import read_site

WHOLE = b"""title: The Quiet Hour
url: https://example.org/
timezone: Europe/Berlin
navigation:
  - About: /about/
  - Elsewhere: https://example.net/
newsletter:
  sender: The Quiet Hour
  postal_address: 1 Example Street
  grace_minutes: 10
"""


def test_settings_are_read_and_come_back_from_the_catalog() -> None:
    """What the author wrote is what every step later sees."""
    settings = read_site(WHOLE, "e1")
    assert "The Quiet Hour" == settings.title
    assert "https://example.org" == settings.url
    assert (("About", "/about/"), ("Elsewhere", "https://example.net/")) == settings.navigation
    assert 10 == settings.grace_minutes
    assert settings == SiteSettings.from_item(settings.to_item() | {"pk": "SITE"}, "https://other.example")


def test_a_site_without_an_address_of_its_own_gets_the_stacks() -> None:
    """Until the author names a URL, the one of the deployment stands."""
    item = read_site(b"title: T\n", "e1").to_item()
    assert "https://stack.example" == SiteSettings.from_item(item, "https://stack.example").url


@pytest.mark.parametrize("no", ["false", "no", "off"])
def test_a_site_may_have_no_newsletter(no: str) -> None:
    """`newsletter: no` means no, however it is written."""
    assert not read_site(f"title: T\nnewsletter: {no}\n".encode(), "e1").newsletter


@pytest.mark.parametrize(
    "line",
    [
        "url: ftp://example.org",
        "timezone: Berlin/Mitte",
        "timezone: ../etc/passwd",
        "title: [a, b]",
        "navigation: About",
        "newsletter: {grace_minutes: soon}",
    ],
)
def test_a_wrong_setting_is_named_with_its_remedy(line: str) -> None:
    """The author hears which setting is wrong, and what to write instead."""
    with pytest.raises(ContentError) as caught:
        read_site(f"{line}\n".encode(), "e1")
    (finding,) = caught.value.findings
    assert finding.remedy


def test_everything_wrong_is_told_at_once() -> None:
    """Two mistakes are one round trip."""
    with pytest.raises(ContentError) as caught:
        read_site(b"url: nowhere\ntimezone: Nowhere\n", "e1")
    assert 2 == len(caught.value.findings)
