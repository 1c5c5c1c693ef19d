"""The fields of `site.yaml`, and the messages for wrong ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropcap.aws.site_items import site_item, site_of
from dropcap.errors import ContentError, Finding
from dropcap.site.settings import reader
from dropcap.site.settings.model import Colours, SiteSettings
from support.documents import read_or_refused
from support.posts import stored

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


def read_site(source: bytes, token: str) -> SiteSettings:
    """Read SOURCE, of which nothing should be worth a look."""
    warnings: list[Finding] = []
    settings = reader.read_site(source, token, warnings.append)
    assert [] == warnings
    return settings


def test_settings_are_read_and_come_back_from_the_catalog() -> None:
    """The values of `site.yaml` survive storage unchanged."""
    settings = read_site(WHOLE, "e1")
    assert "The Quiet Hour" == settings.title
    assert "https://example.org" == settings.url
    assert (("About", "/about/"), ("Elsewhere", "https://example.net/")) == settings.navigation
    assert 10 == settings.grace_minutes
    assert settings == site_of(site_item(settings) | {"pk": "SITE"}, "https://other.example")


def test_a_site_without_an_address_of_its_own_gets_the_stacks() -> None:
    """Until the author names a URL, the one of the deployment stands."""
    item = site_item(read_site(b"title: T\n", "e1"))
    assert "https://stack.example" == site_of(item, "https://stack.example").url


@pytest.mark.parametrize(("line", "expected"), [("length: excerpt", "excerpt"), ("length: Full", "full"), ("", "full")])
def test_mails_contain_the_whole_post_or_an_excerpt(line: str, expected: str) -> None:
    """`newsletter.length`, which survives storage; settings stored before it existed mean the whole post."""
    settings = read_site(f"title: T\nnewsletter:\n  sender: S\n  {line}\n".encode(), "e1")
    assert expected == settings.newsletter_length
    item = site_item(settings)
    assert expected == site_of(item, "").newsletter_length
    del item["newsletter_length"]
    assert "full" == site_of(item, "").newsletter_length


@pytest.mark.parametrize(
    ("yaml", "accepted"),
    [
        ("title: T\nnewsletter: {sender: %s}" % ("S" * 100), True),
        ("title: T\nnewsletter: {sender: %s}" % ("S" * 101), False),
        ("title: %s" % ("T" * 301), False),
    ],
    ids=["sender that fits", "sender", "title"],
)  # fmt: skip
def test_a_name_for_the_sender_of_mails_is_bounded(yaml: str, *, accepted: bool) -> None:
    """The sender's display name, or the title that stands for it; the report says by how much it is too long."""
    if accepted:
        assert "S" * 100 == read_site(yaml.encode(), "e1").sender
        return
    with pytest.raises(ContentError) as error:
        read_site(yaml.encode(), "e1")
    assert "Shorten it" in error.value.findings[0].remedy


def test_tags_may_be_separated_by_commas_alone() -> None:
    """`tag_separator: comma`, which survives storage; otherwise spaces separate them too."""
    settings = read_site(b"title: T\ntag_separator: comma\n", "e1")
    assert settings.has_tags_with_spaces
    assert site_of(site_item(settings), "").has_tags_with_spaces
    assert not read_site(b"title: T\n", "e1").has_tags_with_spaces


@pytest.mark.parametrize("no", ["false", "no", "off"])
def test_a_site_may_have_no_newsletter(no: str) -> None:
    """`newsletter: no` means no, however it is written."""
    assert not read_site(f"title: T\nnewsletter: {no}\n".encode(), "e1").newsletter


WRONG = """title: [a, b]
url: ftp://example.org
timezone: Berlin/Mitte
language: German, mostly
authors: {a: b}
navigation:
  - About: /about/
  - Elsewhere: javascript:alert(1)
  - x
logo: "data:image/png,x"
permalink: /:yaer/:slug/
folders:
  diary: post
theme:
  accent: green
  text: "#12345"
  background: #ffffff
  dark: black
newsletter:
  enabled: weekly
  grace_minutes: soon
  lateness_days: -1
"""


def test_all_errors_are_reported_at_once_each_with_its_line() -> None:
    """Twenty mistakes are one round trip."""
    with pytest.raises(ContentError) as caught:
        read_site(WRONG.encode(), "e1")
    lines = [1, 2, 3, 4, 5, 8, 9, 10, 11, 13, 15, 16, 17, 18, 20, 21, 22]
    assert lines == sorted(finding.line or 0 for finding in caught.value.findings)
    assert all(finding.remedy and finding.source for finding in caught.value.findings)


@pytest.mark.parametrize("zone", ["../etc/passwd", "posixrules/..", "Europe", ""])
def test_a_zone_is_a_name_and_no_file(zone: str) -> None:
    """The names of zones are files on some systems."""
    with pytest.raises(ContentError):
        read_site(f"timezone: '{zone}x'".encode(), "e1")


def test_other_spellings_have_their_line_too() -> None:
    """`author` is `authors`, and a number of many digits is no number."""
    text = f"title: T\nauthor: [[a]]\nnewsletter: {{grace_minutes: {'0' * 20}9}}\n"
    with pytest.raises(ContentError) as caught:
        read_site(text.encode(), "e1")
    assert [2, 3] == sorted(finding.line or 0 for finding in caught.value.findings)


def test_every_setting_is_read() -> None:
    """In any spelling of its name, with texts and lists where either is usual."""
    settings = read_site(EVERY.encode(), "e1")
    assert ("Ada", "Bob") == settings.authors
    assert ("Ada, Bob", "pt-BR") == (settings.author, settings.language)
    assert ("Hello.\n\nAgain.", "Who") == (settings.about, settings.about_title)
    assert ("/logo.svg", "/:year/:slug/") == (settings.logo, settings.permalink)
    assert Colours("#0b5d54", "#ffffff", "#000000", dark_accent="#aabbcc") == settings.colours
    assert (("diary", "posts"), ("old/attic", "drafts")) == settings.folders
    assert (("About", "/about/"), ("Mail", "mailto:a@example.org")) == settings.navigation
    assert (False, 0, 3) == (settings.newsletter, settings.grace_minutes, settings.lateness_days)
    assert settings == site_of(stored(site_item(settings)), "https://other.example")


EVERY = """Title: T
Time-Zone: Europe/Berlin
language: pt_BR
url: https://example.org
authors: [Ada, Bob]
about:
  title: Who
  text: |
    Hello.

    Again.
logo: /logo.svg
permalink: /:year/:slug/
folders: {Diary/: posts, content/old/attic: Drafts}
navigation: {About: /about/, Mail: 'mailto:a@example.org'}
theme:
  accent: "#0B5D54"
  background: '#fff'
  text: '#000'
  dark: {accent: '#abc'}
newsletter: {enabled: no, grace_minutes: 0, lateness_days: 3, sender: S, postal_address: 1 Way}
"""


def test_what_nothing_reads_is_worth_a_look_and_harms_nothing() -> None:
    """A slip is named with what was probably meant, wherever it stands."""
    warnings: list[Finding] = []
    text = b"titel: T\nnewsletter: {grace: 3}\nplugins: [a]\ntheme: {accnt: '#000'}\n"
    settings = reader.read_site(text, "e1", warnings.append)
    assert "Untitled journal" == settings.title
    assert {1: "`title`", 2: "", 3: "", 4: "`accent`"} == {
        warning.line: warning.remedy.removeprefix("Did you mean ").removesuffix("?") if "mean" in warning.remedy else ""
        for warning in warnings
    }


def test_colours_that_cannot_be_read_upon_each_other_are_worth_a_look() -> None:
    """Weak eyes need contrast; the author may know better all the same."""
    warnings: list[Finding] = []
    text = b"theme:\n  background: '#ffffff'\n  accent: '#eeeeee'\n  text: '#777777'\n  dark: {text: '#000'}\n"
    reader.read_site(text, "e1", warnings.append)
    assert [3, 4] == [warning.line for warning in warnings]


def test_refused_settings_have_their_warnings_too() -> None:
    """One round trip is enough."""
    warnings: list[Finding] = []
    with pytest.raises(ContentError):
        reader.read_site(b"titel: T\nurl: x\n", "e1", warnings.append)
    assert [1] == [warning.line for warning in warnings]


@given(st.text(st.sampled_from("titleurfom:- []{}#'\"\n/.&*0"), max_size=60) | st.sampled_from([WRONG, EVERY]))
def test_any_settings_are_read_or_refused(text: str) -> None:
    """No other exception comes out, and whatever is said has a remedy."""
    warnings: list[Finding] = []
    read_or_refused(lambda: reader.read_site(text.encode(), "e1", warnings.append))
    assert all(warning.message and warning.remedy for warning in warnings)
