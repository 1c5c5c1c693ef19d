"""10 reconcile: a new theme, new code or a new setting of the deployment reaches every page, at the pace of the walks.

Fragments are stored, so a new theme only rebuilds views. New code or a new setting (domain, trusted folders, whether
there is a newsletter) renders every source again; a source that comes out as before changes nothing. Objects with equal
bytes are neither written nor invalidated, and no list gets a new item, so nobody is mailed and no feed shows a post
again.
"""

from dataclasses import dataclass
from datetime import datetime

from dropcap.aws.queues import Queue, ViewQueue
from dropcap.aws.releases import Releases
from dropcap.contracts import Cause
from dropcap.release import Release
from dropcap.site import views
from dropcap.site.settings.model import SITE_KEY
from dropcap.walk_contracts import WalkContent, WalkPages

CONTENT = "content"
"""The folder in which a walk over the pages begins."""


@dataclass(frozen=True, slots=True)
class RollOutTools:
    """The item of the release, and the queues of walks and of views."""

    releases: Releases
    bulk: Queue
    views: ViewQueue


def roll_out(tools: RollOutTools, release: Release, now: datetime) -> str:
    """Start the walks that RELEASE needs, then record it; return `same`, `theme`, `settings` or `renderer`.

    One read if it is the same. In this order: a crash in between starts the walks twice, which changes nothing more.
    The start of the release before is in the name of the event: SQS drops a message whose id it has seen in five
    minutes, and an operator may go back to a release sooner.
    """
    before = tools.releases.current()
    if before == release:
        return "same"
    kind = _kind(before, release)
    cause = Cause(SITE_KEY, "", now.isoformat())
    named = f"{release.theme} {release.renderer} {release.settings}"
    event = f"release {named}, after that of {tools.releases.started_at()}"
    start_walks(tools.bulk, tools.views, event, cause, sources=kind != "theme")
    tools.releases.write(release, now, cause)
    return kind


def _kind(before: Release | None, release: Release) -> str:
    """Return the part of RELEASE that needs the most: code, settings or theme."""
    if before is None or before.renderer != release.renderer:
        return "renderer"
    return "theme" if before.settings == release.settings else "settings"


def start_walks(bulk: Queue, queue: ViewQueue, event: str, cause: Cause, *, sources: bool) -> None:
    """Start the walk over every page; with SOURCES, render all first. EVENT tells these builds from earlier ones."""
    if sources:
        bulk.send(WalkContent("", "", cause))
    bulk.send(WalkPages(CONTENT, "", event, cause))
    queue.send(dict.fromkeys(views.EVERYWHERE, (event, cause)))
