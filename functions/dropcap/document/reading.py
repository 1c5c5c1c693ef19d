"""Bytes of a source file ▶ Document."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from dropcap.document.body_text import body_text
from dropcap.document.body_warnings import body_warnings
from dropcap.document.conventions import Conventions
from dropcap.document.document import Document
from dropcap.document.findings_limit import bounded
from dropcap.document.fingerprint import fingerprint
from dropcap.document.front_matter import field_names as names
from dropcap.document.front_matter.booleans import is_switch, switch
from dropcap.document.front_matter.fields import FrontMatter, Warn
from dropcap.document.front_matter.lost_text import lost_values
from dropcap.document.front_matter.split import SourceParts, source_parts
from dropcap.document.front_matter.values import decoded
from dropcap.document.html.file_references import files_in, first_of, located, marked, mention, within_limits
from dropcap.document.html.link_lines import with_link_lines
from dropcap.document.html.link_placeholders import linked_names
from dropcap.document.html.quotation_marks import Quotation, quotation
from dropcap.document.html.summary import derived_summary, leading_heading, title_text, typeset_title, written_summary
from dropcap.document.html.typography import typeset
from dropcap.document.metadata.descriptive import (
    authors,
    categories,
    disclaimer,
    identity,
    language,
    picture,
    picture_caption,
    searchable,
    series,
    tags,
    translation,
)
from dropcap.document.metadata.urls import Naming, is_home, url_claims
from dropcap.document.metadata.visibility import (
    dating,
    expiry,
    is_draft,
    is_page,
    last_change,
    newsletter,
    newsletter_length,
)
from dropcap.document.paths.source_path import Place, source_place
from dropcap.document.source_excerpts import lines_shown, with_lines
from dropcap.document.source_text import source_text
from dropcap.document.truncate import shortened
from dropcap.errors import ContentError, Finding

MAXIMUM_TITLE = 300
"""Most characters of a title."""


def read_document(
    key: str, source: bytes, conventions: Conventions, *, first_seen: datetime, trusted: bool = False
) -> Document:
    """Return the document in SOURCE, the file under the source KEY, for a site with CONVENTIONS.

    FIRST_SEEN, with an offset, is the date of a document without one. A TRUSTED source may have frames and forms, for
    which the operator is responsible. Equal arguments give equal documents.
    Raises ContentError for a file that cannot be published; findings show their lines. Some texts of a few kilobytes
    would take minutes: the caller sets a time limit, and its exception passes through.
    """
    try:
        place = source_place(key, conventions.folders, conventions.languages)
        with lines_shown(source):
            parts = source_parts(source_text(source))
            document = _document(place, parts, conventions, first_seen, trusted=trusted)
        return replace(document, warnings=bounded(with_lines(document.warnings, source)))
    except RecursionError:
        message = "Something in this file is nested too deeply, such as quotes, lists or brackets."
        raise ContentError(Finding(message, "Look for a long row of `>`, `[`, `(` or `*`, and remove some.")) from None


def _document(
    place: Place, parts: SourceParts, conventions: Conventions, first_seen: datetime, *, trusted: bool
) -> Document:
    front = parts.front
    warnings: list[Finding] = [*front.findings, *lost_values(front)]
    warn = warnings.append
    zone, lang = ZoneInfo(conventions.zone), language(front, warn) or place.language
    shared = translation(front, place)
    site_language = conventions.language.casefold()
    is_foreign = bool(shared and lang and lang.casefold() != site_language)
    math = switch(front, *names.MATH)
    text = body_text(parts.body, place.key, trusted=trusted, has_formulas=math is not False)
    written = _title(front, text.html, place)
    title = title_text(written)
    marks = quotation(lang or conventions.language)
    html, before_more = text.below(title, marks)
    lines = text.lines(parts.line)
    html = with_link_lines(marked(html), lines, place.key)
    dates = dating(front, place, zone, first_seen)
    image, alt, line = picture(front, warn)
    prefix = f"/{lang}".lower() if is_foreign else ""
    reserved = tuple(f"/{tag}/".casefold() for tag in conventions.languages if tag.casefold() != site_language)
    opens_home = any(is_home(field, prefix, reserved) for field in front.filled(*names.ADDRESS))
    page = is_page(front, place, is_home=opens_home)
    naming = Naming(
        title,
        dates.date,
        categories(front),
        "" if page else conventions.permalink,
        prefix,
        reserved,
    )
    own = url_claims(front, place, naming, warn)
    summary = _summary(front, before_more, html, marks)
    extra = front.rest(warn)
    front.warn_of_slips(warn)
    shown = first_of(located(files_in(html, place.key), lines), warn)
    files = (*shown, *filter(None, [mention(image, place.key, line) if image else None]))
    return Document(
        title=typeset_title(written, text.html, marks),
        date=dates.date,
        dated=dates.dated,
        appears=dates.appears,
        updated=last_change(front, zone, warn),
        expires=expiry(front, zone),
        draft=is_draft(front, place, warn),
        is_page=page,
        slug=own.slug,
        path=own.path,
        aliases=own.aliases,
        summary=summary,
        description=_description(front, summary, marks),
        tags=tags(front, warn, has_spaces=conventions.has_tags_with_spaces),
        html=html,
        fingerprint=fingerprint(parts.body),
        names=own.names,
        links=linked_names(html),
        files=within_limits(located(files, lines)),
        authors=authors(front, warn),
        series=series(front, warn),
        language=lang,
        image=image,
        image_alt=alt,
        image_caption=typeset(picture_caption(front), marks),
        identity=identity(front),
        newsletter=_newsletter(front, warn, is_foreign=is_foreign),
        newsletter_length=newsletter_length(front),
        toc=switch(front, *names.TOC),
        math=math,
        searchable=searchable(front),
        disclaimer=disclaimer(front, warn),
        extra=extra,
        translation=shared,
        is_home=opens_home,
        warnings=(*warnings, *body_warnings(parts.body, parts.line, text.context.problems, html)),
    )


def _newsletter(front: FrontMatter, warn: Warn, *, is_foreign: bool) -> bool | None:
    """Return whether the document is mailed: a translation is only on request, since the original is mailed already."""
    wanted = newsletter(front, warn)
    return False if wanted is None and is_foreign else wanted


def _title(front: FrontMatter, html: str, place: Place) -> str:
    return shortened(decoded(front.text(*names.TITLE)) or leading_heading(html) or _title_of_file(place), MAXIMUM_TITLE)


def _title_of_file(place: Place) -> str:
    """Return a title made of the file's name: `first-light` becomes `First light`."""
    words = " ".join(place.stem.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:] or place.key


def _summary(front: FrontMatter, before_more: str, html: str, marks: Quotation) -> str:
    written = next((field.text for field in front.filled(*names.SUMMARY) if not is_switch(field)), "")
    return (written_summary(written, marks) if written else "") or derived_summary(before_more, html)


def _description(front: FrontMatter, summary: str, marks: Quotation) -> str:
    """Return the author's text for search engines, empty if it is the same as SUMMARY."""
    written = front.text(*names.DESCRIPTION)
    description = written_summary(written, marks) if written else ""
    return description if description != summary else ""
