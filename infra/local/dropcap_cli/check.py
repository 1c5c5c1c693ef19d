"""Validate a file with the code that reads uploads, without writing anything anywhere."""

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

PLACEHOLDER_URL = "https://journal.example.org"
"""The site's address if no `site.yaml` names one, as in a build."""


class SingleFile(Sources):
    """One file on this machine, as a bucket with a single version of a single source."""

    def __init__(self, path: Path) -> None:
        """Read the file at PATH; raise OSError if it cannot be read."""
        self._folder = path.parent
        self._body = path.read_bytes()
        modified = path.stat().st_mtime
        etag = md5(self._body, usedforsecurity=False).hexdigest()
        self.version = Version(etag, "only", datetime.fromtimestamp(modified, UTC), len(self._body))

    def head(self, key: str) -> Version | None:
        """Return its version if a file of this name is beside it; only names are compared."""
        return self.version if (self._folder / key.rpartition("/")[2]).is_file() else None

    def read(self, key: str, version: str) -> bytes:  # noqa: ARG002  # there is only one
        """Return its bytes."""
        return self._body

    def versions(self, key: str) -> list[Version]:  # noqa: ARG002  # there is only one
        """Return its only version."""
        return [self.version]


def check(path: Path, now: datetime, site: Path | None, key: str | None = None) -> Report:
    """Return the report that an upload of the file at PATH would get NOW, if no other post has its URL.

    SITE is its site folder, if it is in one. KEY is its source key, by default its path in that folder. Raise OSError
    if the file cannot be read; if only the settings cannot, that is a warning.
    """
    source = SingleFile(path)
    key = key or (path.resolve().relative_to(site.resolve()).as_posix() if site else path.name)
    if key == SITE_KEY:
        return _settings_report(key, source)
    settings, unread = _settings_of(site)
    first_seen = source.version.modified.isoformat()
    reading = SourceReader(source, key, settings, now, first_seen, "").read(source.version, None)
    document = reading.document
    url = f"{settings.url or PLACEHOLDER_URL}{document.path}" if document and reading.outcome == PUBLISHED else None
    return Report(
        key,
        reading.outcome,
        source.version.etag,
        url,
        publishes=_local(document.appears, settings) if document and reading.outcome == SCHEDULED else None,
        expires=_local(document.expires, settings) if document and not document.draft and document.expires else None,
        errors=reading.errors,
        warnings=(*unread, *reading.warnings),
        uploaded=source.version.modified.isoformat(timespec="seconds"),
        zone=settings.zone,
    )


def _local(moment: datetime, settings: SiteSettings) -> str:
    return in_zone(moment.isoformat(), settings.zone)


def _settings_of(site: Path | None) -> tuple[SiteSettings, tuple[Finding, ...]]:
    """Return the settings of SITE, the default ones if it has none, and a warning if they cannot be read."""
    settings, unread = SiteSettings.default(PLACEHOLDER_URL), ()
    if site is None or not (site / SITE_KEY).is_file():
        return settings, unread
    try:
        return _settings(SingleFile(site / SITE_KEY))[0] or settings, unread
    except OSError as error:
        message = f"{SITE_KEY} cannot be read: {error.strerror}. The default settings were used."
        return settings, (Finding(message, "Check its permissions."),)


def _settings(source: SingleFile) -> tuple[SiteSettings | None, tuple[Finding, ...], tuple[Finding, ...]]:
    """Return the settings in SOURCE, its errors and its warnings."""
    warnings: list[Finding] = []
    try:
        return read_site(source.read(SITE_KEY, "only"), source.version.etag, warnings.append), (), tuple(warnings)
    except ContentError as error:
        return None, error.findings, tuple(warnings)


def _settings_report(key: str, source: SingleFile) -> Report:
    settings, errors, warnings = _settings(source)
    url = f"{settings.url or PLACEHOLDER_URL}/" if settings else None
    uploaded = source.version.modified.isoformat(timespec="seconds")
    outcome = PUBLISHED if settings else REFUSED
    return Report(key, outcome, source.version.etag, url, errors=errors, warnings=warnings, uploaded=uploaded)
