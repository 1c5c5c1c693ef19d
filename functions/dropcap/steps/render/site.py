"""1 render, for `site.yaml`: store the settings of the site as one item of the Catalog.

A bad version leaves the newest good one in force, however many bad ones there are. After a change, index reprocesses
every file, so that everything is rebuilt with the new settings.
"""

from dataclasses import replace
from datetime import UTC
from typing import NamedTuple

from dropcap.aws.buckets import Version
from dropcap.contracts import UploadSeen
from dropcap.errors import ContentError, Finding
from dropcap.site.post import FAILED, PUBLISHED, REFUSED, REMOVED, Post
from dropcap.site.settings.model import SITE_KEY, SiteSettings
from dropcap.site.settings.reader import read_site
from dropcap.steps.optimistic import until_stable
from dropcap.steps.render.document import RenderTools
from dropcap.steps.render.given_up import outcome_since
from dropcap.steps.render.source import BAD_VERSIONS

SITE_BYTES = 64 * 1024


class _Read(NamedTuple):
    """The newest SETTINGS that can be read, and what is wrong in the newest version, or worth a look.

    SINCE says when they were uploaded, where a bad version came after them. STAYS says that the Catalog has them.
    """

    settings: SiteSettings | None
    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    since: str | None = None
    stays: bool = False


def render_site(tools: RenderTools, upload: UploadSeen, *, failed: str | None = None) -> str:
    """Store the newest good settings in the Catalog; return the outcome. Raises ServiceError for a retry."""
    return until_stable(SITE_KEY, lambda: _render_once(tools, upload, failed))


def _render_once(tools: RenderTools, upload: UploadSeen, failed: str | None) -> str | None:
    """Read, write, and read again; return None if something changed meanwhile."""
    stored, before, _ = tools.catalog.site_and_post(SITE_KEY)  # before the file, as for a post
    version = tools.sources.head(SITE_KEY) if failed else tools.sources.newest(SITE_KEY, SITE_BYTES)
    if failed and (done := outcome_since(upload, version, before, stored.token, tools.now())):
        return done
    read = _newest_good(tools, version, failed, stored)
    settings = read.settings
    outcome = _outcome(version, read.errors, failed)
    etag = version.etag if version else ""
    token = settings.token if settings else ""
    cause = replace(upload.cause, etag=etag)
    post = Post(
        SITE_KEY, outcome, etag, tools.token(), token, None, read.errors, read.warnings, (), cause,
        stands_since=read.since,
    )  # fmt: skip
    if not post.same_as(before):
        tools.catalog.commit_site(post, settings, before.token if before else None, keep=read.stays)
    after = tools.sources.head(SITE_KEY)
    return outcome if (after.etag if after else "") == etag else None


def _outcome(version: Version | None, errors: tuple[Finding, ...], failed: str | None) -> str:
    if version is None:
        return REMOVED
    if failed:
        return FAILED
    return REFUSED if errors else PUBLISHED


def _newest_good(tools: RenderTools, version: Version | None, failed: str | None, stored: SiteSettings) -> _Read:
    """Read the newest version, or, where it is bad, the newest good one besides; after many bad ones, that is STORED.

    The Catalog has no settings of a file that was removed, or never was good.
    """
    if version is None:
        return _Read(None)
    if failed:
        finding = Finding(f"Dropcap could not process this file: {failed}", "Upload it again.")
        return _Read(stored, (finding,), stays=True)
    read = _settings(tools, version)
    if read.settings:
        return read
    versions = tools.sources.versions(SITE_KEY)
    for older in versions[: BAD_VERSIONS + 1]:
        if older.version != version.version and (older_settings := _settings(tools, older).settings):
            return read._replace(settings=older_settings, since=_uploaded(older))
    if len(versions) > BAD_VERSIONS + 1:
        good = next((older for older in versions if older.etag == stored.token), None)
        return read._replace(settings=stored, since=_uploaded(good) if good else None, stays=True)
    return read


def _uploaded(version: Version) -> str:
    return version.modified.astimezone(UTC).isoformat(timespec="seconds")


def _settings(tools: RenderTools, version: Version) -> _Read:
    if version.size > SITE_BYTES:
        return _Read(None, (Finding("The file is larger than 64 KiB.", "Keep only the site's settings in it."),))
    warnings: list[Finding] = []
    try:
        source = version.body
        if source is None:
            source = tools.sources.read(SITE_KEY, version.version) or b""
        settings = read_site(source, version.etag, warnings.append)
    except ContentError as error:
        return _Read(None, error.findings, tuple(warnings))
    return _Read(settings, (), tuple(warnings))
