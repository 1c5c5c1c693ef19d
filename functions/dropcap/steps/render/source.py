"""1 render: read the newest good version of a source, within limits of size and time."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from typing import NamedTuple

from dropcap.aws.buckets import Sources, Version
from dropcap.document import Conventions, Document, why_ignored
from dropcap.document.paths.translations import possible_suffix
from dropcap.document.reading import read_document
from dropcap.document.source_text import MAXIMUM_BYTES
from dropcap.errors import ConflictError, ContentError, Finding
from dropcap.site.lifetime import Lifetime
from dropcap.site.post import FAILED, IGNORED, REFUSED, REMOVED
from dropcap.site.settings.model import SiteSettings
from dropcap.steps.render.mail_warnings import mail_warnings
from dropcap.steps.time_limit import TimeBudget, time_limit

BAD_VERSIONS = 10
"""Most bad versions that are tried to find a good one; usually the journal names it."""
SECONDS = 5.0
"""Most seconds for one version."""


class ReadResult(NamedTuple):
    """The result of reading one source: a DOCUMENT, or the reason why there is none. GOOD is the id of its version.

    STANDING is the outcome of the newest good version, even if a newer one is bad. STANDS_SINCE is when that good
    version was uploaded, if a bad one came after it.
    """

    outcome: str
    document: Document | None = None
    standing: str = ""
    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    good: str = ""
    stands_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class SourceReader:
    """Reads source KEY at the time NOW. FIRST_SEEN dates a text without a date, GOOD is the version in the journal.

    MAILS says whether the stack has a newsletter; without one, no author is warned of a long mail.
    """

    sources: Sources
    key: str
    site: SiteSettings
    now: datetime
    first_seen: str
    good: str
    trusted: bool = False
    budget: TimeBudget = field(default_factory=lambda: TimeBudget(SECONDS))
    mails: bool = True

    def read(self, newest: Version | None, failed: str | None) -> ReadResult:
        """Read the NEWEST version; where it is bad, go back to the newest good one that no deletion hides.

        FAILED says why every try failed: then nothing is read.
        """
        if newest is None:
            return ReadResult(REMOVED)
        if failed:
            remedy = "Upload it again. If it fails again, ask the operator to check the dead-letter queue."
            finding = Finding(f"Dropcap could not process this file: {failed}", remedy)
            return ReadResult(FAILED, errors=(finding,), stands_since=self._good_since())
        if reason := why_ignored(self.key, self.site.folders):
            return ReadResult(IGNORED, warnings=(Finding(reason, "Rename it if it should be a post."),))
        reading = self._version(newest)
        older = None if reading.document else self._last_good(newest)
        if older is None:
            return reading
        return reading._replace(
            document=older.document,
            standing=older.outcome,
            good=older.good,
            stands_since=older.stands_since,
        )

    def _last_good(self, newest: Version) -> ReadResult | None:
        """Try the older versions, newest first, and then the one that the journal calls good."""
        older = [candidate for candidate in self.sources.versions(self.key) if candidate.version != newest.version]
        last_good = [candidate for candidate in older[BAD_VERSIONS:] if candidate.version == self.good]
        versions = (*older[:BAD_VERSIONS], *last_good)
        affordable = takewhile(lambda _: not self.budget.is_spent, versions)
        readings = (self._version(candidate)._replace(stands_since=candidate.modified) for candidate in affordable)
        return next((reading for reading in readings if reading.document), None)

    def _good_since(self) -> datetime | None:
        """Return the time of the version that the journal calls good, if there is one."""
        stored = self.sources.versions(self.key) if self.good else ()
        return next((candidate.modified for candidate in stored if candidate.version == self.good), None)

    def _conventions(self) -> Conventions:
        """Return the conventions of the site; a language in the file's name counts too if the original exists."""
        conventions = conventions_of(self.site)
        suffix = possible_suffix(self.key, self.site.languages)
        if suffix and has_original(self.sources, self.key, self.site):
            return conventions._replace(languages=(*conventions.languages, suffix.tag))
        return conventions

    def _version(self, version: Version) -> ReadResult:
        """Read one version."""
        if version.size > MAXIMUM_BYTES:
            return ReadResult(REFUSED, errors=(_too_large(version.size),))
        source = version.body if version.body is not None else self.sources.read(self.key, version.version)
        if source is None:
            raise ConflictError.just_gone(self.key)
        try:
            with time_limit(self.budget.seconds(SECONDS)):
                first = datetime.fromisoformat(self.first_seen)
                document = read_document(self.key, source, self._conventions(), first_seen=first, trusted=self.trusted)
        except ContentError as error:
            return ReadResult(REFUSED, errors=error.findings)
        outcome = lifetime_of(document).outcome(self.now)
        about_mail = mail_warnings(document, self.site, version.modified) if self.mails else ()
        warnings = (*document.warnings, *about_mail)
        return ReadResult(outcome, document, outcome, warnings=warnings, good=version.version)


def has_original(sources: Sources, key: str, site: SiteSettings) -> bool:
    """Return whether the source of which source KEY would be a translation by its name exists.

    Only asked where the language in the name is none of the languages of SITE.
    """
    suffix = possible_suffix(key, site.languages)
    return suffix is not None and sources.head(suffix.base) is not None


def lifetime_of(document: Document) -> Lifetime:
    """Return when DOCUMENT is public."""
    return Lifetime(document.draft, document.appears, document.expires)


def conventions_of(site: SiteSettings) -> Conventions:
    """Return what SITE says of how files are read."""
    return Conventions(
        site.zone, site.language, site.permalink, site.folders, site.languages, site.has_tags_with_spaces
    )


def _too_large(size: int) -> Finding:
    return Finding(
        f"The file has {size / 2**20:.1f} MiB; the limit for a text is {MAXIMUM_BYTES // 2**20} MiB.",
        "Split it into several posts, and upload pictures as files of their own.",
    )
