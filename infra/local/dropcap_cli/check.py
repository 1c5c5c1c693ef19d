"""`dropcap check`: what an upload would say, read by the code that reads uploads, with nothing written anywhere."""

from datetime import UTC, datetime
from hashlib import md5
from pathlib import Path

from dropcap.aws.buckets import Sources, Version
from dropcap.errors import ContentError, Finding
from dropcap.site.post import PUBLISHED, REFUSED, SCHEDULED
from dropcap.site.reports.report import Report
from dropcap.site.reports.time_format import in_zone
from dropcap.site.settings.model import SITE_KEY, SiteSettings
from dropcap.site.settings.reader import read_site
from dropcap.steps.render.source import SourceReader
from dropcap_cli.remote.source_keys import site_above
from dropcap_local.usage_error import UsageError

NOWHERE = "https://your-site.example"
"""Stands for the site's address where no `site.yaml` names one."""


class SourceFile(Sources):
    """One file on this machine, as a bucket with a single version of a single source."""

    def __init__(self, place: Path) -> None:
        """Read from PLACE; raise UsageError where that is impossible."""
        try:
            self._body = place.read_bytes()
            changed = place.stat().st_mtime
        except OSError as error:
            message = f"{place} cannot be read: {error.strerror}."
            raise UsageError(message) from error
        etag = md5(self._body, usedforsecurity=False).hexdigest()
        self.version = Version(etag, "this", datetime.fromtimestamp(changed, UTC), len(self._body))

    def read(self, key: str, version: str) -> bytes:  # noqa: ARG002  # there is only one
        """Give its bytes."""
        return self._body

    def versions(self, key: str) -> list[Version]:  # noqa: ARG002  # there is only one
        """Give its only version."""
        return [self.version]


def check(place: Path, now: datetime) -> Report:
    """Give the report that an upload of the file at PLACE would get NOW, if nobody else has its address."""
    source = SourceFile(place)
    site = site_above(place)
    key = place.resolve().relative_to(site).as_posix() if site else place.name
    if key == SITE_KEY:
        return _report(key, source, *_settings(source))
    settings = _settings(SourceFile(site / SITE_KEY))[0] if site else None
    settings = settings or SiteSettings.default(NOWHERE)
    first_seen = source.version.modified.isoformat()
    reading = SourceReader(source, key, settings, now, first_seen, "").read(source.version, None)
    document = reading.document
    url = f"{settings.url or NOWHERE}{document.path}" if document and reading.outcome == PUBLISHED else None
    when = source.version.modified.isoformat(timespec="seconds")
    return Report(
        key,
        reading.outcome,
        source.version.etag,
        url,
        publishes=_said(document.appears, settings) if document and reading.outcome == SCHEDULED else None,
        expires=_said(document.expires, settings) if document and not document.draft and document.expires else None,
        errors=reading.errors,
        warnings=reading.warnings,
        uploaded=when,
        zone=settings.zone,
    )


def _said(moment: datetime, settings: SiteSettings) -> str:
    return in_zone(moment.isoformat(), settings.zone)


def _settings(source: SourceFile) -> tuple[SiteSettings | None, tuple[Finding, ...], tuple[Finding, ...]]:
    warnings: list[Finding] = []
    try:
        return read_site(source.read(SITE_KEY, "this"), source.version.etag, warnings.append), (), tuple(warnings)
    except ContentError as error:
        return None, error.findings, tuple(warnings)


def _report(key: str, source: SourceFile, settings: SiteSettings | None, *found: tuple[Finding, ...]) -> Report:
    url = f"{settings.url or NOWHERE}/" if settings else None
    when = source.version.modified.isoformat(timespec="seconds")
    outcome = PUBLISHED if settings else REFUSED
    return Report(key, outcome, source.version.etag, url, errors=found[0], warnings=found[1], uploaded=when)
