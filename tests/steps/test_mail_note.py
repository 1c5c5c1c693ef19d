"""The newsletter's state in a report: an item of the Catalog that only moves forward."""

from dropcap.aws.catalog import Catalog
from dropcap.aws.table import Table
from dropcap.site.reports.mail_note import SENT, WAITING, MailNote
from support.newsletter_bench import CAUSE, NAPS, Bench


def test_a_late_writer_does_not_take_the_news_back(bench: Bench) -> None:
    """Two messages at once: what was said later stays, and saying the same again is no error."""
    catalog = Catalog(Table(bench.dynamodb, "newsletter"), "https://example.org")
    waiting, sent = MailNote(WAITING, "2026-11-23T12:15:00+00:00"), MailNote(SENT, readers=12)
    for note, rank in ((waiting, 1), (sent, 4), (sent, 4), (waiting, 1)):
        catalog.note_mail(NAPS.key, note, rank, CAUSE)
    assert sent == catalog.answer(NAPS.key).mail
