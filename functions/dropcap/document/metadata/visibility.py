"""Front matter ▶ whether and when a document is public."""

from datetime import datetime, tzinfo
from typing import NamedTuple

from dropcap.document.front_matter import field_names as names
from dropcap.document.front_matter.booleans import is_no, is_switch, is_yes, required_switch
from dropcap.document.front_matter.dates import local_time, moment
from dropcap.document.front_matter.fields import Field, FrontMatter, Warn
from dropcap.document.paths.source_path import Place, date_in_path
from dropcap.document.paths.url_paths import is_absolute
from dropcap.errors import ContentError

_HIDDEN = frozenset({"draft", "drafts", "private", "pending", "hidden", "unpublished", "trash", "members", "paid"})
_NOW = frozenset({"last modified", "created", "git last modified", "git created"})
LENGTHS = frozenset({"full", "excerpt"})
"""How much of a post its mail contains: `newsletter` in front matter, `newsletter.length` in `site.yaml`."""

_PAGE = frozenset({"page", "pages"})
_REMEDY = "Write it as year, month and day, as in 2024-05-01 or 2024-05-01 14:30."


class Dating(NamedTuple):
    """DATE of a document; DATED is false if the source has none. The document is public from APPEARS on."""

    date: datetime
    dated: bool
    appears: datetime


def dating(front: FrontMatter, place: Place, zone: tzinfo, first_seen: datetime) -> Dating:
    """Return the dates of a document: of its front matter, else its file's name or folders, its address, or FIRST_SEEN.

    A date that cannot be read is a ContentError: guessing would put the post into the wrong list, and mail it.
    """
    appears = _first_date(front, names.PUBLISH_DATE, zone)
    if date := _first_date(front, names.DATE, zone):
        return Dating(date, dated=True, appears=appears or date)
    addresses = (
        date_in_path(f"{field.text}/") for field in front.filled(*names.ADDRESS) if not is_absolute(field.text)
    )
    created = (field.text for field in front.filled(*names.CREATED))
    written = next(filter(None, (moment(text, zone) for text in (place.date, *addresses, *created) if text)), None)
    date = written or local_time(first_seen, zone)
    return Dating(date, dated=written is not None, appears=date)


def _first_date(front: FrontMatter, under: tuple[str, ...], zone: tzinfo) -> datetime | None:
    """Return the first date in the fields UNDER these names; skip switches (Jekyll) and Eleventy's words for "now"."""
    for field in front.filled(*under):
        if is_switch(field) or field.text.casefold() in _NOW:
            continue
        if date := moment(field.text, zone):
            return date
        raise ContentError(field.finding(f"`{field.name}: {field.text[:60]}` is not a date.", _REMEDY))
    return None


def last_change(front: FrontMatter, zone: tzinfo, warn: Warn) -> datetime | None:
    """Return the date of the last change in the front matter."""
    for field in front.filled(*names.UPDATED):
        if date := moment(field.text, zone):
            return date
        warn(field.finding(f"`{field.name}: {field.text[:60]}` is not a date; it is ignored.", _REMEDY))
    return None


def expiry(front: FrontMatter, zone: tzinfo) -> datetime | None:
    """Return the moment at which the document stops being public.

    Raises ContentError for a moment that cannot be read: the author relies on it.
    """
    for field in front.filled(*names.EXPIRES):
        if is_no(field) or field.text.casefold() == "never":
            continue
        if date := moment(field.text, zone):
            return date
        raise ContentError(field.finding(f"`{field.name}: {field.text[:60]}` is not a date.", _REMEDY))
    return None


def is_draft(front: FrontMatter, place: Place, warn: Warn) -> bool:
    """Return whether the document is a draft. A value that is not understood hides it too: that can be undone."""
    answers = [
        required_switch(field, warn, otherwise=True, effect="the post stays hidden")
        for field in front.filled(*names.DRAFT)
    ]
    no_address = any(is_no(field) and field.known_as == "permalink" for field in front.filled(*names.ADDRESS))
    return (
        place.kind == "draft"
        or no_address
        or any(answers)
        or any(is_no(field) for field in front.filled(*names.PUBLISHED))
        or any(
            text.casefold() in _HIDDEN
            for field in front.filled(*names.STATUS, *names.VISIBILITY)
            for text in field.items("")
        )
    )


def is_page(front: FrontMatter, place: Place, *, is_home: bool) -> bool:
    """Return whether the document is a page and no post: its folder decides, else its front matter.

    One that is to open the home page (IS_HOME) is a page in any folder.
    """
    if is_home:
        return True
    if place.is_page or place.is_post:
        return place.is_page
    is_switched = any(is_yes(field) for field in front.filled(*names.PAGE))
    return is_switched or any(field.text.casefold() in _PAGE for field in front.filled(*names.KIND))


def newsletter(front: FrontMatter, warn: Warn) -> bool | None:
    """Return whether the author wants the document mailed; None if unset. A value that is not understood means no.

    `newsletter: excerpt` and `newsletter: full` are about the length of its mail alone.
    """
    answers = [
        required_switch(field, warn, otherwise=False, effect="the post is not mailed")
        for field in front.filled(*names.NEWSLETTER)
        if not _length(field)
    ]
    return answers[0] if answers else None


def newsletter_length(front: FrontMatter) -> str:
    """Return how much of the document its mail contains, `full` or `excerpt`; empty if the site decides."""
    return next(filter(None, map(_length, front.filled(*names.NEWSLETTER))), "")


def _length(field: Field) -> str:
    word = field.text.strip().casefold()
    return word if word in LENGTHS else ""
