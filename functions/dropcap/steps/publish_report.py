"""3 publish, for a report: what became of an upload, told from what stands and not from what was meant to happen."""

from dropcap.site import keys
from dropcap.site.body import absolute_url
from dropcap.site.post import PUBLISHED, Post, Shown
from dropcap.site.report import report_of
from dropcap.site.settings import SITE_KEY
from dropcap.steps.publish_view import Making


def report(make: Making, key: str) -> frozenset[str]:
    """Write the report on source KEY, or remove it with its source."""
    post, shown = make.tools.catalog.post_and_shown(key)
    rivals = (
        [source for rank, source in make.tools.catalog.claims(post.path) if rank == keys.OWNER]
        if post and post.path
        else []
    )
    stands_at = _stands_at(make, post, shown, rivals)
    told = report_of(post, stands_at=stands_at, older=[rival for rival in rivals[:1] if rival != key]) if post else None
    if told:
        make.tools.reports.write(_file_name(key), told.for_programs(), told.for_people())
    else:
        make.tools.reports.remove(_file_name(key))
    return frozenset()


def _stands_at(make: Making, post: Post | None, shown: Shown | None, rivals: list[str]) -> str | None:
    """Give the URL of the page, only if it shows just this version of the source, and has the address."""
    if post and post.key == SITE_KEY and post.outcome == PUBLISHED:
        return absolute_url(make.site.url, "/")
    stands = post and shown and shown.etag == post.etag and shown.card.url == post.path and rivals[:1] == [post.key]
    return absolute_url(make.site.url, shown.card.url) if stands and shown else None


def _file_name(key: str) -> str:
    """Give the report's name below `reports/`; S3 clients go astray over segments of dots alone."""
    return "/".join(part.replace(".", "%2E") if part in {".", ".."} else part for part in key.split("/"))
