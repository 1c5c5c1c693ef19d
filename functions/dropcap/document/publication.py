"""Front matter ▶ when a document appears, and whether it does."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from dropcap.document.addresses import is_absolute
from dropcap.document.dates import local_time, moment
from dropcap.document.front_matter import FrontMatter, Warn
from dropcap.document.places import Place, date_in_path
from dropcap.document.truth import NO, YES, says, truth
from dropcap.errors import ContentError

_HIDDEN = frozenset({"draft", "drafts", "private", "pending", "hidden", "unpublished", "trash"})
_DATES = ("date", "publish_date", "pubdate", "published", "published_at")
_APPEARANCES = ("publish_date",)
_UPDATES = ("lastmod", "last_modified", "last_modified_at", "modified", "updated", "updated_at")
_EXPIRY = ("expiry_date", "expires", "expires_at", "expiry")
_ADDRESSES = ("url", "permalink", "path")
_REMEDY = "Write it as year, month and day, as in 2024-05-01 or 2024-05-01 14:30."


@dataclass(frozen=True, slots=True)
class Dating:
    """DATE of a document; DATED is false where nothing told it."""

    date: datetime
    dated: bool


def dating(front: FrontMatter, place: Place, zone: tzinfo, first_seen: datetime) -> Dating:
    """Date a document by its front matter, else by its file's name or folders, else by its address, else by FIRST_SEEN.

    A date that cannot be read is a ContentError: guessing would put the post into the wrong list, and mail it.
    """
    for field in front.given(*_DATES):
        if says(field, YES | NO):
            continue
        date = moment(field.text, zone)
        if not date:
            raise ContentError(field.finding(f"`{field.name}: {field.text[:60]}` is no date.", _REMEDY))
        return Dating(date, dated=True)
    written = (date_in_path(f"{field.text}/") for field in front.given(*_ADDRESSES) if not is_absolute(field.text))
    told = next(filter(None, (moment(text, zone) for text in (place.date, *written) if text)), None)
    return Dating(told or local_time(first_seen, zone), dated=told is not None)


def appearance(front: FrontMatter, zone: tzinfo) -> datetime | None:
    """Give the moment from which the document is public, where it is told beside its date, as Hugo does.

    A moment that cannot be read is a ContentError: nothing may appear too early.
    """
    for field in front.given(*_APPEARANCES):
        if date := moment(field.text, zone):
            return date
        raise ContentError(field.finding(f"`{field.name}: {field.text[:60]}` is no date.", _REMEDY))
    return None


def last_change(front: FrontMatter, zone: tzinfo, warn: Warn) -> datetime | None:
    """Give the date of the last change that the author tells."""
    for field in front.given(*_UPDATES):
        if date := moment(field.text, zone):
            return date
        warn(field.finding(f"`{field.name}: {field.text[:60]}` is no date; it is left out.", _REMEDY))
    return None


def expiry(front: FrontMatter, zone: tzinfo) -> datetime | None:
    """Give the moment from which the document is not public any more.

    A moment that cannot be read is a ContentError: the author relies on it.
    """
    for field in front.given(*_EXPIRY):
        if says(field, NO | {"never"}):
            continue
        if date := moment(field.text, zone):
            return date
        raise ContentError(field.finding(f"`{field.name}: {field.text[:60]}` is no date.", _REMEDY))
    return None


def is_draft(front: FrontMatter, place: Place, warn: Warn) -> bool:
    """Tell whether the document is to stay hidden. What cannot be understood hides it too: that can be undone."""
    said = [truth(field, warn, otherwise=True, effect="the post stays hidden") for field in front.given("draft")]
    unpublished = any(says(field, NO) for field in front.given("published", "publish"))
    return (
        place.kind == "draft"
        or unpublished
        or any(said)
        or any(says(field, _HIDDEN) for field in front.given("status"))
    )


def newsletter(front: FrontMatter, warn: Warn) -> bool | None:
    """Tell whether the author wants the document mailed; None if nothing is said. What is not understood means no."""
    said = [truth(field, warn, otherwise=False, effect="the post is not mailed") for field in front.given("newsletter")]
    return said[0] if said else None
