"""The answer to an upload, for people and for programs."""

from dataclasses import replace

import pytest

from dropcap.contracts import Cause
from dropcap.errors import Finding
from dropcap.site.post import DRAFT, REFUSED, REMOVED, Post
from dropcap.site.reports.mail_note import HELD, PASSED, SENT, WAITING, MailNote
from dropcap.site.reports.report import PublicationState, Report, from_json, report_of
from support.posts import LIVE, post

URL = "https://example.org/naps/"
HERE = PublicationState(URL, zone="Europe/Berlin")
WRONG = Finding(
    "The front matter is not closed.", "Put a line `---` after the last entry.", 7, 3, source="a\t—— b", caret=3
)


def report_on(source: Post, stands: PublicationState) -> Report:
    """Return the report on SOURCE."""
    report = report_of(source, stands)
    assert report
    return report


def test_a_post_that_stands_is_published_at_its_url() -> None:
    """Only what stands is said to be published."""
    text = "posts/naps.md: Published.\nAddress: https://example.org/naps/\n"
    report = report_on(post(), HERE)
    assert ("published", text) == (report.outcome, report.for_people())


def test_a_good_post_whose_page_does_not_stand_is_on_its_way() -> None:
    """Until its page is there, nothing says that it is."""
    report = report_on(post(), PublicationState())
    assert ("waiting", True) == (report.outcome, report.is_on_its_way)
    assert "posts/naps.md: Being published. Check again in a moment.\n" == report.for_people()


def test_a_waiting_report_names_the_owner_of_the_address() -> None:
    """Two files claim one address: the younger hears of the older, and what to do."""
    report = report_on(post(), PublicationState(rival="posts/older.md"))
    assert ("waiting", False, "posts/older.md") == (report.outcome, report.is_on_its_way, report.taken_by)
    assert "Waiting: posts/older.md has its address." in report.for_people()
    assert "slug" in report.warnings[0].remedy
    same_name = report_on(post(), PublicationState(rival="other/naps.md"))
    assert "permalink: /:sections/:slug/" in same_name.warnings[0].remedy


def test_a_refusal_shows_the_line_and_the_version_that_stands() -> None:
    """The author finds the place without looking for it, and learns which version stays up, and from when."""
    refused = replace(post(), outcome=REFUSED, errors=(WRONG,), stands_since="2025-03-14T23:30:00+00:00")
    expected = """\
posts/naps.md: Not published: it has errors.
The last good version, uploaded on 15 March 2025 at 00:30 (Europe/Berlin), stays online: https://example.org/naps/

posts/naps.md:7:3: error: The front matter is not closed.
  7 | a\t—— b
    |  \t^
  Put a line `---` after the last entry.
"""
    assert expected == report_on(refused, HERE).for_people()


def test_a_warning_without_a_line_is_in_the_report() -> None:
    """It names the file, and shows nothing."""
    warned = replace(post(), warnings=(Finding("There are 21 tags.", "Keep 20."),))
    assert "\n\nposts/naps.md: warning: There are 21 tags.\n  Keep 20.\n" in report_on(warned, HERE).for_people()


def test_a_draft_has_a_preview_link() -> None:
    """It is told to whoever may read the report, and nothing is said of a newsletter."""
    draft = replace(post(None, outcome=DRAFT), preview="/preview/abc/")
    text = report_on(draft, PublicationState(preview="https://example.org/preview/abc/")).for_people()
    assert "posts/naps.md: Draft: not listed or linked anywhere.\n" in text
    assert "https://example.org/preview/abc/" in text
    assert "newsletter" not in text


def test_what_is_scheduled_or_expired_says_when() -> None:
    """In the site's time zone, for programs as for people."""
    when = "2025-07-01T22:00:00+00:00"
    scheduled = report_on(replace(post(None, outcome="scheduled"), publishes=when), HERE)
    assert "2025-07-02T00:00:00+02:00" == scheduled.publishes
    assert "it appears on 2 July 2025 at 00:00 (Europe/Berlin)." in scheduled.for_people()
    expired = report_on(replace(post(None, outcome="expired"), expires=when), HERE)
    assert "Expired on 2 July 2025 at 00:00 (Europe/Berlin)" in expired.for_people()
    goes = report_on(replace(post(), expires=when), HERE)
    assert "It expires on 2 July 2025 at 00:00 (Europe/Berlin)." in goes.for_people()


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        (MailNote(WAITING, "2025-03-14T09:15:00+00:00"), "Its newsletter goes out on 14 March 2025 at 10:15"),
        (MailNote(PASSED, reason="it has no date"), "It has no newsletter: it has no date."),
        (
            MailNote(HELD, reason="it is issue 4 within an hour"),
            "held until the operator releases it: it is issue",
        ),
        (MailNote(SENT, readers=1), "Its newsletter went to one subscriber."),
        (MailNote(SENT, readers=1200), "Its newsletter went to 1,200 subscribers."),
    ],
)
def test_an_author_reads_what_becomes_of_the_newsletter(note: MailNote, sentence: str) -> None:
    """When it goes out, or why it does not."""
    assert sentence in report_on(post(), HERE._replace(mail=note)).for_people()


def test_a_page_is_never_news() -> None:
    """Nothing but its place need be known to say so."""
    page = report_on(post(replace(LIVE, is_page=True)), HERE)
    assert MailNote(PASSED, reason="a page is not news") == page.mail


def test_a_program_reads_the_same() -> None:
    """The JSON form carries numbers as numbers, and every field whether there is anything in it or not."""
    refused = replace(post(), outcome=REFUSED, errors=(WRONG,), cause=Cause("posts/naps.md", "e1", "2025-03-14T09:00Z"))
    read = from_json(report_on(refused, HERE._replace(mail=MailNote(SENT, readers=2))).for_programs())
    assert (7, 3, 3) == tuple(read["errors"][0][name] for name in ("line", "column", "caret"))
    assert {"state": "sent", "when": None, "reason": "", "readers": 2} == read["mail"]
    names = {
        "key",
        "outcome",
        "etag",
        "url",
        "preview",
        "publishes",
        "expires",
        "mail",
        "errors",
        "warnings",
        "uploaded",
    }
    assert names <= read.keys()


def test_the_upload_is_dated_by_the_bucket() -> None:
    """Not by what made the post be looked at again, such as new settings of the site."""
    again = replace(
        post(), cause=Cause("site.yaml", "e1", "2026-01-01T00:00:00Z"), uploaded="2025-03-14T09:00:00+00:00"
    )
    assert "2025-03-14T10:00:00+01:00" == report_on(again, HERE).uploaded
    assert again.same_as(replace(again, uploaded="2025-03-15T09:00:00+00:00"))


def test_a_source_that_is_gone_has_no_report() -> None:
    """A report goes with its source."""
    assert report_of(post(None, outcome=REMOVED), PublicationState()) is None
