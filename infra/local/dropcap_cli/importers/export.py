"""The common form of all exports: a site and its posts, with HTML bodies."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedPost:
    """A post or PAGE of another system.

    PATHS are its former URLs without scheme and host, the canonical one first. DATE and UPDATED are in ISO 8601.
    NOTES say what the reader of the export could not carry over.
    """

    title: str
    slug: str
    html: str
    paths: tuple[str, ...] = ()
    date: str | None = None
    updated: str | None = None
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    summary: str | None = None
    description: str | None = None
    picture: str | None = None
    picture_alt: str | None = None
    draft: bool = False
    page: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """An export: the site's TITLE, DESCRIPTION, LANGUAGE and TIMEZONE where they are known, and its posts.

    HOSTS are names of the old site, whose URLs lead to its own pages. NOTES are about the export as a whole.
    """

    posts: tuple[ExportedPost, ...]
    title: str | None = None
    description: str | None = None
    language: str | None = None
    timezone: str | None = None
    hosts: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
