"""3 publish, for a report: what became of an upload, told from what stands and not from what was meant to happen."""

from dropcap.aws.catalog import Answer
from dropcap.site import keys
from dropcap.site.body import absolute_url
from dropcap.site.post import PUBLISHED, Post, Shown
from dropcap.site.report import Standing, report_name, report_of
from dropcap.site.settings import SITE_KEY
from dropcap.steps.publish_view import Making


def report(make: Making, key: str) -> frozenset[str]:
    """Write the report on source KEY, or remove it with its source."""
    answer = make.tools.catalog.answer(key)
    told = report_of(answer.post, _standing(make, answer.post, answer)) if answer.post else None
    if told:
        make.tools.reports.write(report_name(key), told.for_programs(), told.for_people())
    else:
        make.tools.reports.remove(report_name(key))
    return frozenset()


def _standing(make: Making, post: Post, answer: Answer) -> Standing:
    shown = answer.shown
    claims = make.tools.catalog.claims(post.path) if post.path else []
    owner = next((source for rank, source in claims if rank == keys.OWNER), None)
    return Standing(
        url=_stands_at(make, post, shown, owner),
        rival=owner if owner != post.key else None,
        mail=answer.mail,
        unmade=answer.unmade,
        preview=absolute_url(make.site.url, post.preview) if post.preview else None,
        doubts=shown.doubts if shown and shown.etag == post.etag else (),
        zone=make.site.zone,
    )


def _stands_at(make: Making, post: Post, shown: Shown | None, owner: str | None) -> str | None:
    """Give the URL of the page, only if it shows just this version of the source, and has the address."""
    if post.key == SITE_KEY and (post.outcome == PUBLISHED or post.stands_since):
        return absolute_url(make.site.url, "/")
    stands = shown and shown.etag == post.etag and shown.card.url == post.path and owner == post.key
    return absolute_url(make.site.url, shown.card.url) if stands and shown else None
