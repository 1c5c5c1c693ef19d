"""The facts that decide about an issue, and the issue that is opened from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dropcap.newsletter.issue import Issue, IssueState


@dataclass(frozen=True, slots=True)
class Precedents:
    """Facts that decide about an issue: the ISSUE itself if there is one, and what it shares with earlier ones (ALIKE).

    OPENED says when the last other issues were opened, REQUESTED when those that only `newsletter: true` made news;
    PACE is the token of that item. OWN are the kinds of likeness that the issue has taken already.
    """

    issue: Issue | None
    alike: dict[str, str]
    opened: tuple[datetime, ...]
    pace: str | None
    requested: tuple[datetime, ...] = ()
    own: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Opening:
    """An ISSUE to open, for the first time or again, with the similarity keys that it TAKES.

    INSTEAD are withdrawn issues whose keys it takes over. RECENT and REQUESTED are the openings that still count.
    """

    issue: Issue
    takes: Mapping[str, str]
    instead: tuple[Issue, ...]
    recent: tuple[datetime, ...]
    requested: tuple[datetime, ...]


def without_own(issue: Issue | None, opened: tuple[datetime, ...]) -> tuple[datetime, ...]:
    """Return the times OPENED without that of ISSUE, once, if it was withdrawn: a reopened issue counts once."""
    if issue is None or issue.state is not IssueState.WITHDRAWN or issue.opened_at not in opened:
        return opened
    place = opened.index(issue.opened_at)
    return opened[:place] + opened[place + 1 :]
