"""The report on a picture or a file, and a text's findings about the files that it names."""

from collections.abc import Iterable

from dropcap.document.html.file_references import Mention, file_name
from dropcap.errors import Finding
from dropcap.site.media import READY, Media
from dropcap.site.post import IGNORED, PUBLISHED
from dropcap.site.reports.report import WAITING, Report

ALIKE = 0.6
"""Least similarity of a suggested name, from 0 to 1: difflib's own default."""


def media_report(media: Media, *, url: str | None, current: bool, zone: str) -> Report:
    """Return the report on MEDIA, which a page shows from URL; CURRENT if it is exactly this version."""
    outcome, warnings = media.outcome, media.warnings
    if outcome == READY:
        outcome = PUBLISHED if url and current else WAITING if url else IGNORED
    if outcome == IGNORED:
        remedy = "Use it in a post. Until then it is not public."
        warnings = (*warnings, Finding("No published post shows it.", remedy))
    return Report(
        key=media.key,
        outcome=outcome,
        etag=media.etag,
        url=url,
        errors=media.errors,
        warnings=warnings,
        uploaded=media.cause.time,
        zone=zone,
    )


def not_found(mention: Mention, paths: Iterable[str]) -> Finding:
    """Return the finding that MENTION names no file, with the most similar of PATHS."""
    from difflib import get_close_matches  # noqa: PLC0415  # few texts name a file that is missing

    by_name = {file_name(path): path for path in sorted(paths, reverse=True)}
    near = get_close_matches(mention.name, by_name, n=1, cutoff=ALIKE)
    remedy = f"Did you mean `{by_name[near[0]]}`? " if near else ""
    message = f"There is no file `{mention.written[:200]}` yet; it is left out."
    return Finding(message, f"{remedy}Once it is uploaded, it appears automatically.", mention.line)


def uncertain(mention: Mention, key: str) -> Finding:
    """Return the finding that MENTION could mean several files, of which KEY is shown."""
    message = f"There is no `{mention.written[:200]}` at that path, and several files have its name; `{key}` is shown."
    return Finding(message, f"Write `/{key}` if you mean that file, or else the path of the other one.", mention.line)


def left_out(first: Mention, most: int) -> Finding:
    """Return the finding that the files from the FIRST on are left out, since the paths of all exceed MOST bytes."""
    message = (
        f"The paths of the files in this text have more than {most:,} bytes; those from this line on are left out."
    )
    return Finding(message, "Split it into two texts, or give the files and their folders shorter names.", first.line)
