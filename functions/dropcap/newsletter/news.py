"""Decide whether a post is news, and whether it resembles an earlier issue so much that the operator must decide."""

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dropcap.newsletter.pace import ISSUES_AN_HOUR, REQUESTED_A_DAY

ID, FINGERPRINT = "id", "words"
"""Kinds of likeness that mean one post in two files; `words` is the name in reports and in stored keys."""


class NewsItem(NamedTuple):
    """A post as it is in the list of all posts. KEY is its source key, URL a path, DATE carries its offset.

    IDENTITY is the `id` of its front matter, DIGEST names its resolved body, NEWSLETTER is what its front matter says.
    FINGERPRINT is a digest of its words, empty if the text is short. MOVED_FROM is its former source key, if any.
    UPLOADED is when the published version was uploaded, None if that is not known.
    LENGTH is `full` or `excerpt` if its front matter says so, LANGUAGE is None for the site's own.
    DISCLAIMER is its own, or whether it has the site's; None if its front matter does not say.
    TRANSLATION is the name that it shares with its translations, if any.
    """

    key: str
    title: str
    url: str
    date: datetime
    dated: bool
    is_page: bool
    summary: str
    identity: str | None
    digest: str
    newsletter: bool | None
    fingerprint: str = ""
    moved_from: str = ""
    uploaded: datetime | None = None
    length: str = ""
    language: str | None = None
    disclaimer: str | bool | None = None
    translation: str = ""


class NewsRules(NamedTuple):
    """The site's settings for news. EPOCH is the newsletter's first day, in the site's ZONE (an IANA name).

    LANGUAGE is the site's (BCP 47).
    """

    epoch: date
    zone: str
    lateness_days: int
    newsletter: bool = True
    language: str = "en"


def reason_not_news(item: NewsItem, rules: NewsRules, now: datetime, uploaded: datetime | None = None) -> str | None:
    """Return the reason why ITEM is not news; None if it is.

    Days are compared in the site's zone, since most posts carry only a day: one from the day on which the newsletter
    was set up is news, one from the day before is not. `newsletter: true` overrides both limits of age for a post that
    was UPLOADED on or after that day.
    """
    return reason_never_news(item, rules) or (
        None if _requested(item, rules, uploaded) else reason_old(item, rules, now)
    )


def reason_never_news(item: NewsItem, rules: NewsRules) -> str | None:
    """Return the reason why ITEM is not news whatever its date; None if there is none."""
    reasons = {
        "the site has no newsletter": not rules.newsletter,
        _unwanted(item, rules.language): item.newsletter is False,
        "a page is not news": item.is_page,
        "it has no date": not item.dated,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def reason_old(item: NewsItem, rules: NewsRules, now: datetime) -> str | None:
    """Return the reason why ITEM is too old to be news; None if it is not."""
    zone = ZoneInfo(rules.zone)
    day, today = item.date.astimezone(zone).date(), now.astimezone(zone).date()
    if day < rules.epoch:
        return f"it is older than the newsletter, which began on {rules.epoch}"
    if (today - day).days >= rules.lateness_days:
        return f"it is {rules.lateness_days} days old or older"
    return None


def _requested(item: NewsItem, rules: NewsRules, uploaded: datetime | None) -> bool:
    """Return whether its author asks for an issue of ITEM, UPLOADED since the newsletter began."""
    since = uploaded is not None and uploaded.astimezone(ZoneInfo(rules.zone)).date() >= rules.epoch
    return item.newsletter is True and since


def _unwanted(item: NewsItem, language: str) -> str:
    """Return the reason why ITEM is not mailed on a site in LANGUAGE, where its author did not ask for it.

    A translation has the same value as a post whose front matter says no: its author need not have written anything.
    """
    if item.translation and item.language and item.language.casefold() != language.casefold():
        return "it is a translation, which is mailed only with `newsletter: true`"
    return "its front matter says `newsletter: false`"


def reason_withdrawn(item: NewsItem | None, language: str) -> str | None:
    """Return the reason why an issue opened for ITEM on a site in LANGUAGE must no longer be sent; None if it may."""
    if item is None:
        return "it was taken off the site"
    if item.newsletter is False:
        return _unwanted(item, language)
    return "it became a page" if item.is_page else None


def issue_of(key: str) -> str:
    """Return the name of the one issue that the source KEY may ever have: 32 hex digits.

    SES takes it as a message tag, and the Scheduler as part of a schedule's name.
    """
    return _digest("issue", key)


def similarity_keys(item: NewsItem) -> dict[str, str]:
    """Return what no two issues may share, by its name for people: the id, words, the text, the title with the date."""
    same_day = f"{' '.join(item.title.split()).casefold()} {item.date.date()}"
    always = {"text": f"digest#{item.digest}", "title and date": f"title#{_digest('title', same_day)}"}
    marks = {} if item.identity is None else {ID: f"id#{_digest('id', item.identity)}"}
    return marks | ({FINGERPRINT: f"words#{item.fingerprint}"} if item.fingerprint else {}) | always


def earlier_issues(item: NewsItem, alike: Mapping[str, str]) -> tuple[str, ...]:
    """Return the issues of ITEM under other names; ALIKE maps what is shared to the earlier issue.

    A file with the same `id`, or with the same words, is the same post: it was renamed, or is about to be.
    """
    shared = [alike[what] for what in (ID, FINGERPRINT) if what in alike]
    return tuple(dict.fromkeys([*([issue_of(item.moved_from)] if item.moved_from else []), *shared]))


def reason_to_hold(alike: Mapping[str, str], within_the_hour: int, requested_today: int | None = None) -> str | None:
    """Return the reason to wait for the operator; None if there is none.

    ALIKE maps what is shared to the earlier post, WITHIN_THE_HOUR counts the issues opened in the last hour, and
    REQUESTED_TODAY those of 24 hours that only `newsletter: true` made news; None for an issue that is news anyway.
    """
    if alike:
        what, post = next(iter(alike.items()))
        return f"it has the same {what} as {post}, which has a newsletter already"
    if within_the_hour >= ISSUES_AN_HOUR:
        return f"it is issue {within_the_hour + 1} within an hour"
    if requested_today is not None and requested_today >= REQUESTED_A_DAY:
        return "only `newsletter: true` makes it news, and only one such issue a day is sent without a release"
    return None


def _digest(kind: str, text: str) -> str:
    return sha256(f"{kind} {text}".encode()).hexdigest()[:32]
