"""Frozen pages of recipients."""

from hypothesis import given
from hypothesis import strategies as st

from dropcap.aws.issue_items import page_item, page_of
from dropcap.newsletter.issue import PAGE_SIZE, Page


def pages_of(recipients: list[str]) -> list[Page]:
    """Return the pages of all RECIPIENTS, written one after the other."""
    pages: list[Page] = []
    while not pages or not pages[-1].closed:
        after = pages[-1].through if pages else ""
        waiting = [recipient for recipient in recipients if recipient > after][: PAGE_SIZE + 1]
        pages.append(Page.after(pages[-1] if pages else None, "a", waiting))
    return pages


@given(st.sets(st.integers(0, 10_000), max_size=400))
def test_pages_hold_everybody_once(numbers: set[int]) -> None:
    """For any number of recipients, the sizes of the pages sum to the account, and nobody is on two pages."""
    recipients = sorted(f"{number:05d}" for number in numbers)
    pages = pages_of(recipients)
    assert recipients == [recipient for page in pages for recipient in page.recipients]
    assert len(recipients) == pages[-1].total
    assert [page.name for page in pages] == sorted(page.name for page in pages)
    assert all(len(page.recipients) <= PAGE_SIZE for page in pages)
    assert [False] * (len(pages) - 1) + [True] == [page.closed for page in pages]


def test_a_page_is_read_as_it_was_written() -> None:
    """Through an item and back."""
    page = pages_of(["1", "2"])[0]
    assert page == page_of(page_item(page))
