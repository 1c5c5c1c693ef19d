"""The mails of the example posts: headers, links, and a spam filter that finds nothing in them."""

import os
import re
import shutil
import subprocess
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

import pytest

from support.example_site import ExampleSite, link_for

pytestmark = pytest.mark.xdist_group("example")
SPAMASSASSIN = shutil.which("spamassassin")
SCORE = re.compile(r"Content analysis details:\s+\((-?[0-9.]+) points")
SPAM = 2.0
LONGEST_LINE = 998
ADDRESSES = {"href", "src", "background", "cite", "action"}


class _Links(HTMLParser):
    """Collects every address in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # of any element
        """Note the addresses of an element."""
        self.addresses += [value or "" for name, value in attrs if name in ADDRESSES]


def parsed(source: bytes) -> EmailMessage:
    """Return the mail in SOURCE as a mail program reads it."""
    mail = message_from_bytes(source, EmailMessage, policy=policy.default)
    assert [] == [defect for part in mail.walk() for defect in part.defects]
    return mail


def body(mail: EmailMessage, kind: str) -> str:
    """Return the alternative KIND of MAIL."""
    part = mail.get_body((kind,))
    assert part
    return str(part.get_content())


def test_each_mail_has_the_headers_that_a_mail_to_a_list_needs(example: ExampleSite) -> None:
    """One recipient, one click to leave (RFC 8058), and nothing that an automatic reply would answer."""
    mails = example.mails()
    assert 12 <= len(mails)
    for key, source in mails.items():
        mail, link = parsed(source), link_for(example.letters[key])
        assert ("reader@example.org", "auto-generated", "All") == (
            mail["To"], mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"],
        )  # fmt: skip
        assert mail["From"]
        assert mail["Subject"]
        assert mail["Date"]
        assert re.fullmatch(r"(issue|confirmation):[a-z.-]+:dropcap", mail["Feedback-ID"])
        is_issue = key != "confirmation"
        assert (f"<{link}>" if is_issue else None) == mail["List-Unsubscribe"]
        assert ("List-Unsubscribe=One-Click" if is_issue else None) == mail["List-Unsubscribe-Post"]
        assert ("bulk" if is_issue else None) == mail["Precedence"]
        assert link in body(mail, "plain").replace("\n", "")
        assert source.isascii()
        assert max(map(len, source.split(b"\r\n"))) <= LONGEST_LINE


def test_every_link_in_a_mail_is_absolute(example: ExampleSite) -> None:
    """A mail has no address of its own, so relative ones lead nowhere."""
    seen = 0
    for source in example.mails().values():
        links = _Links()
        links.feed(body(parsed(source), "html"))
        assert [] == [address for address in links.addresses if not re.match(r"https?://|mailto:", address)]
        seen += len(links.addresses)
    assert 60 < seen


def test_a_spam_filter_finds_little_in_the_mails(example: ExampleSite, tmp_path: Path) -> None:
    """SpamAssassin without its network tests; a mail counts as spam from 5 points."""
    if SPAMASSASSIN is None:
        remedy = "No spamassassin on the PATH: the mails were NOT checked. Install Debian's package `spamassassin`."
        if os.environ.get("CI"):
            pytest.fail(remedy)
        pytest.skip(remedy)
    files = [tmp_path / f"{number}.eml" for number in range(len(example.letters))]
    for file, source in zip(files, example.mails().values(), strict=True):
        file.write_bytes(source)
    command = [SPAMASSASSIN, "--local", "--test-mode", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)  # noqa: S603  # our own
    points = [float(score) for score in SCORE.findall(done.stdout)]
    assert len(files) == len(points)
    assert [] == [score for score in points if score >= SPAM], done.stdout
