"""3 publish: the report on an upload, from what is published now."""

from dropcap.aws import catalog_keys as keys
from dropcap.aws.source_state import SourceState
from dropcap.document import file_kind
from dropcap.site.content.absolute_urls import absolute_url
from dropcap.site.post import PUBLISHED, Post, Shown
from dropcap.site.reports.report import PublicationState, Report, report_name, report_of
from dropcap.site.settings.model import SITE_KEY
from dropcap.site.urls import CacheTags
from dropcap.steps.publish.address_report import findings_on_addresses
from dropcap.steps.publish.context import PublishContext
from dropcap.steps.publish.media_report import findings_on_files, report_on_media
from dropcap.steps.publish.navigation import missing_files


def report(context: PublishContext, key: str) -> CacheTags:
    """Write the report on source KEY, or remove it with its source."""
    content = _of_file(context, key) if file_kind(key) else _of_text(context, key)
    if content:
        context.tools.reports.write(report_name(key), content.for_programs(), content.for_people())
    else:
        context.tools.reports.remove(report_name(key))
    return frozenset()


def _of_text(context: PublishContext, key: str) -> Report | None:
    answer = context.tools.catalog.answer(key)
    post = answer.post
    content = report_of(post, _publication(context, post, answer)) if post else None
    if content and key == SITE_KEY:
        return content._replace(warnings=(*content.warnings, *missing_files(context)))
    text = (post.live or post.hidden) if post else None
    if content is None or post is None or text is None:
        return content
    more = (*findings_on_files(context, key, text), *findings_on_addresses(context, post))
    return content._replace(warnings=(*content.warnings, *more))


def _of_file(context: PublishContext, key: str) -> Report | None:
    media = context.tools.catalog.media.get(key)
    return report_on_media(context, media) if media else None


def _publication(context: PublishContext, post: Post, answer: SourceState) -> PublicationState:
    shown = answer.shown
    url = _stands_at(context, post, shown)
    return PublicationState(
        url=url,
        rival=None if url else _rival(context, post),
        mail=answer.mail,
        unmade=answer.unmade,
        preview=absolute_url(context.site.url, post.preview) if post.preview else None,
        doubts=shown.doubts if shown and shown.etag == post.etag else (),
        zone=context.site.zone,
    )


def _stands_at(context: PublishContext, post: Post, shown: Shown | None) -> str | None:
    """Return the URL of the page if it shows exactly this version of the source, at its address.

    An older source that claims the address since then has its page written over this one, and removes its record.
    """
    if post.key == SITE_KEY and (post.outcome == PUBLISHED or post.stands_since):
        return absolute_url(context.site.url, "/")
    stands = shown and shown.etag == post.etag and shown.card.url == post.path
    return absolute_url(context.site.url, shown.card.url) if stands and shown else None


def _rival(context: PublishContext, post: Post) -> str | None:
    """Return the source that has the address of POST in its place, if there is one."""
    claims = context.tools.catalog.claims(post.path) if post.path else []
    owner = next((source for rank, source in claims if rank == keys.OWNER), None)
    return owner if owner != post.key else None
