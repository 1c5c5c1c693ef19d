"""Front matter ▶ when a document appears, and whether it does."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from dropcap.document.front_matter import field_names as names
from dropcap.document.front_matter.booleans import NO, YES, says, truth
from dropcap.document.front_matter.dates import local_time, moment
from dropcap.document.front_matter.fields import FrontMatter, Warn
from dropcap.document.paths.source_path import Place, date_in_path
from dropcap.document.paths.url_paths import is_absolute
from dropcap.errors import ContentError

_HIDDEN = frozenset({"draft", "drafts", "private", "pending", "hidden", "unpublished", "trash", "members", "paid"})
_NOW = frozenset({"last modified", "created", "git last modified", "git created"})
_PAGE = frozenset({"page", "pages"})
_REMEDY = "Write it as year, month and day, as in 2024-05-01 or 2024-05-01 14:30."


@dataclass(frozen=True, slots=True)
class Dating:
    """DATE of a document; DATED is false where nothing told it. It is public from APPEARS on."""

    date: datetime
    dated: bool
    appears: datetime


def dating(front: FrontMatter, place: Place, zone: tzinfo, first_seen: datetime) -> Dating:
    """Date a document by its front matter, else by its file's name or folders, else by its address, else by FIRST_SEEN.

    A date that cannot be read is a ContentError: guessing would put the post into the wrong list, and mail it.
    """
    appears = _told(front, names.PUBLISH_DATE, zone)
    if date := _told(front, names.DATE, zone):
        return Dating(date, dated=True, appears=appears or date)
    addresses = (date_in_path(f"{field.text}/") for field in front.given(*names.ADDRESS) if not is_absolute(field.text))
    created = (field.text for field in front.given(*names.CREATED))
    told = next(filter(None, (moment(text, zone) for text in (place.date, *addresses, *created) if text)), None)
    date = told or local_time(first_seen, zone)
    return Dating(date, dated=told is not None, appears=date)


def _told(front: FrontMatter, under: tuple[str, ...], zone: tzinfo) -> datetime | None:
    """Give the first date UNDER one of these names; a switch (Jekyll) and Eleventy's words for "now" tell none."""
    for field in front.given(*under):
        if says(field, YES | NO | _NOW):
            continue
        if date := moment(field.text, zone):
            return date
        raise ContentError(field.finding(f"`{field.name}: {field.text[:60]}` is no date.", _REMEDY))
    return None


def last_change(front: FrontMatter, zone: tzinfo, warn: Warn) -> datetime | None:
    """Give the date of the last change that the author tells."""
    for field in front.given(*names.UPDATED):
        if date := moment(field.text, zone):
            return date
        warn(field.finding(f"`{field.name}: {field.text[:60]}` is no date; it is left out.", _REMEDY))
    return None


def expiry(front: FrontMatter, zone: tzinfo) -> datetime | None:
    """Give the moment from which the document is not public any more.

    A moment that cannot be read is a ContentError: the author relies on it.
    """
    for field in front.given(*names.EXPIRES):
        if says(field, NO | {"never"}):
            continue
        if date := moment(field.text, zone):
            return date
        raise ContentError(field.finding(f"`{field.name}: {field.text[:60]}` is no date.", _REMEDY))
    return None


def is_draft(front: FrontMatter, place: Place, warn: Warn) -> bool:
    """Tell whether the document is to stay hidden. What cannot be understood hides it too: that can be undone."""
    said = [truth(field, warn, otherwise=True, effect="the post stays hidden") for field in front.given(*names.DRAFT)]
    no_address = any(says(field, NO) and field.known_as == "permalink" for field in front.given(*names.ADDRESS))
    return (
        place.kind == "draft"
        or no_address
        or any(said)
        or any(says(field, NO) for field in front.given(*names.PUBLISHED))
        or any(says(field, _HIDDEN) for field in front.given(*names.STATUS, *names.VISIBILITY))
    )


def is_page(front: FrontMatter, place: Place) -> bool:
    """Tell whether the document is a page and no post: its folder decides, else what it calls itself."""
    if place.is_page or place.is_post:
        return place.is_page
    said = any(says(field, YES) for field in front.given(*names.PAGE))
    return said or any(says(field, _PAGE) for field in front.given(*names.KIND))


def newsletter(front: FrontMatter, warn: Warn) -> bool | None:
    """Tell whether the author wants the document mailed; None if nothing is said. What is not understood means no."""
    said = [
        truth(field, warn, otherwise=False, effect="the post is not mailed") for field in front.given(*names.NEWSLETTER)
    ]
    return said[0] if said else None
