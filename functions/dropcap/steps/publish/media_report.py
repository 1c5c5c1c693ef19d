"""3 publish: reports on pictures and files, and a text's findings about the files that it names."""

from collections.abc import Iterator, Sequence

from dropcap.aws.table import Item
from dropcap.document.html.file_references import file_name, own_paths
from dropcap.errors import Finding
from dropcap.site.content.absolute_urls import absolute_url
from dropcap.site.content.pictures import Placed
from dropcap.site.media import Media
from dropcap.site.post import Shown, Snapshot
from dropcap.site.reports.media_report import left_out, media_report, not_found, uncertain
from dropcap.site.reports.report import Report
from dropcap.steps.publish.context import PublishContext
from dropcap.steps.publish.media import MAXIMUM_BYTES, meant

AT_A_TIME = 100
MASTHEAD = "/"
"""The address in whose folder logo and icon are: `steps/publish/navigation.py`."""


def report_on_media(context: PublishContext, media: Media) -> Report:
    """Return the report on MEDIA, derived from the pages that show it."""
    shown = _shown_by(context, media.key)
    url, current = _in_masthead(context, media)
    if shown and media.content:
        current = (media.key, media.content.digest) in shown.files
        url = absolute_url(context.site.url, Placed(media.key, shown.card.url, media.content).url)
    return media_report(media, url=url, current=current, zone=context.site.zone)


def _in_masthead(context: PublishContext, media: Media) -> tuple[str | None, bool]:
    """Return the URL of MEDIA in the masthead, if it is there, and whether that is its newest version."""
    if not media.content or not media.content.is_picture:
        return None, False
    picture = Placed(media.key, MASTHEAD, media.content).picture
    shown = {
        picture.url
        for picture in (context.site.logo_picture, context.site.icon_picture, context.site.share_picture)
        if picture
    }
    return (absolute_url(context.site.url, picture.url), True) if picture.url in shown else (None, False)


def findings_on_files(context: PublishContext, key: str, live: Snapshot) -> Iterator[Finding]:
    """Yield the findings about the files that the source KEY names."""
    seen = 0
    for seen, (mention, source, is_certain) in enumerate(meant(context, key, live.files), 1):  # noqa: B007  # counted
        if not source:
            yield not_found(mention, context.tools.catalog.media.alike(mention.name))
        elif not is_certain:
            yield uncertain(mention, source)
    if left := live.files[seen:]:
        yield left_out(left[0], MAXIMUM_BYTES)


def _shown_by(context: PublishContext, key: str) -> Shown | None:
    """Return the shown record of the oldest text that shows the file KEY; texts that name its path come first.

    Of more texts than a query reads, all that name its path are looked at, and otherwise the first ones.
    """
    media, paths = context.tools.catalog.media, frozenset(own_paths(key))
    name = file_name(own_paths(key)[0])
    first = media.mentioners(name)
    by_name = [item for item in first if not _names(item, paths)]
    by_path = [item for item in first if _names(item, paths)]
    for further in media.further_mentioners(name, first):
        if shown := _first_that_shows(context, key, by_path):
            return shown
        by_path = [item for item in further if _names(item, paths)]
    return _first_that_shows(context, key, [*by_path, *by_name])


def _names(item: Item, paths: frozenset[str]) -> bool:
    """Return whether the text of the reference ITEM looks for a file at one of PATHS."""
    return any(not paths.isdisjoint(some) for some in item["paths"])


def _first_that_shows(context: PublishContext, key: str, items: Sequence[Item]) -> Shown | None:
    """Return the shown record of the first text of the references ITEMS that shows the file KEY."""
    for start in range(0, len(items), AT_A_TIME):
        some = [item["source"] for item in items[start : start + AT_A_TIME]]
        shown = context.tools.catalog.shown(some)
        for source in some:
            if source in shown and any(key == file for file, _ in shown[source].files):
                return shown[source]
    return None
