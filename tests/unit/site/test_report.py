"""The answer to an upload, for people and for programs."""

from dataclasses import replace

from dropcap.errors import Finding
from dropcap.site.post import REFUSED, REMOVED
from dropcap.site.report import from_json, report_of
from support.posts import post

WRONG = Finding("The front matter is not closed.", "Put a line `---` after the last entry.", 7)


def test_a_post_that_stands_is_published_at_its_url() -> None:
    """Only what stands is said to be published."""
    report = report_of(post(), stands_at="https://example.org/naps/", older=[])
    assert report
    assert "published" == report.outcome
    assert "https://example.org/naps/" in report.for_people()


def test_a_good_post_whose_page_does_not_stand_waits() -> None:
    """Until its page is there, nothing says that it is."""
    report = report_of(post(), stands_at=None, older=[])
    assert report
    assert "waiting" == report.outcome


def test_the_one_that_waits_is_told_who_has_its_address() -> None:
    """Two files claim one address: the younger hears of the older, and what to do."""
    report = report_of(post(), stands_at=None, older=["posts/older.md"])
    assert report
    assert "posts/older.md" in report.warnings[0].message
    assert "slug" in report.warnings[0].remedy


def test_a_refusal_names_file_line_reason_and_remedy() -> None:
    """The author finds the place without looking for it, and learns that the good version stays up."""
    refused = replace(post(), outcome=REFUSED, errors=(WRONG,))
    report = report_of(refused, stands_at="https://example.org/naps/", older=[])
    assert report
    told = report.for_people()
    for part in ("posts/naps.md:7: The front matter is not closed.", WRONG.remedy, "last good version stays up"):
        assert part in told


def test_a_program_reads_the_same_findings() -> None:
    """The JSON form carries the line as a number."""
    report = report_of(replace(post(), outcome=REFUSED, errors=(WRONG,)), stands_at=None, older=[])
    assert report
    assert 7 == from_json(report.for_programs())["errors"][0]["line"]


def test_a_source_that_is_gone_has_no_report() -> None:
    """A report goes with its source."""
    assert report_of(post(None, outcome=REMOVED), stands_at=None, older=[]) is None
