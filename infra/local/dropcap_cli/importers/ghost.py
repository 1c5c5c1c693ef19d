"""Ghost: the JSON file of Settings ▸ Export, alone or in a ZIP archive with `content/images`.

The file holds the database's tables, `{"db": [{"data": {"posts": […], "tags": […], …}}]}`; `html` is the rendered body,
and `__GHOST_URL__` stands for the site's address.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any, Final

from dropcap_cli.importers.archive import Archive
from dropcap_cli.importers.export import Export, ExportedPost
from dropcap_local.usage_error import UsageError

SITE: Final = "__GHOST_URL__"
Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]
CODE: Final = ("codeinjection_head", "codeinjection_foot")
MILLISECONDS = 10**11
"""Older exports have dates as milliseconds since 1970; seconds are smaller than this number for a thousand years."""


def read(archive: Archive) -> Export:
    """Return the posts in ARCHIVE; raise UsageError if it is not an export of Ghost."""
    tables = next((tables for name in archive.named(".json") if (tables := _tables(archive.text(name)))), None)
    if tables is None:
        message = f"{archive.path} is not an export of Ghost. In Ghost, choose Settings, Import/Export, Export."
        raise UsageError(message)
    settings = {str(row.get("key")): row.get("value") for row in tables.get("settings", ())}
    return Export(
        posts=tuple(_post(row, tables) for row in tables.get("posts", ())),
        title=settings.get("title") or None,
        description=settings.get("description") or None,
        language=settings.get("locale") or settings.get("default_locale") or settings.get("lang") or None,
        timezone=settings.get("timezone") or settings.get("active_timezone") or None,
        notes=("Members, subscriptions and themes are not part of an import.",),
    )


def _tables(text: str) -> Tables | None:
    """Return the tables in an export, None if TEXT is something else."""
    try:
        content = json.loads(text)
        database = content["db"][0] if "db" in content else content
        tables: Tables = database["data"]
        return tables if isinstance(tables["posts"], list) else None
    except (ValueError, KeyError, IndexError, TypeError):
        return None


def _post(row: Row, tables: Tables) -> ExportedPost:
    slug = str(row.get("slug") or "")
    status, visibility = row.get("status") or "draft", row.get("visibility") or "public"
    more = next((meta for meta in tables.get("posts_meta", ()) if meta.get("post_id") == row.get("id")), {})
    notes = [f"Its {name.replace('_', ' ')} was left out." for name in CODE if row.get(name)]
    if visibility != "public":
        notes.append(f"It was for {visibility} only, so it is a draft.")
    if status == "sent":
        notes.append("It was sent by e-mail only, so it is a draft.")
    html = row.get("html")
    if not html and row.get("plaintext"):
        html = "".join(f"<p>{escape(text)}</p>" for text in str(row["plaintext"]).split("\n\n"))
        notes.append("The export has only its plain text: formatting and pictures are lost.")
    return ExportedPost(
        title=str(row.get("title") or ""),
        slug=slug,
        html=_site_relative(str(html or "")),
        paths=(f"/{slug}/",) if slug else (),
        date=_date(row.get("published_at")),
        updated=_date(row.get("updated_at")) if status == "published" else None,
        tags=tuple(name for name in _joined(row, tables, "tags", "tag_id") if not name.startswith("#")),
        authors=tuple(_joined(row, tables, "users", "author_id")),
        summary=row.get("custom_excerpt") or None,
        description=row.get("meta_description") or more.get("meta_description") or None,
        picture=_site_relative(row.get("feature_image") or row.get("image") or "") or None,
        picture_alt=more.get("feature_image_alt") or None,
        draft=status not in {"published", "scheduled"} or visibility != "public",
        page=row.get("type") == "page" or row.get("page") == 1,
        notes=tuple(notes),
    )


def _joined(row: Row, tables: Tables, table: str, column: str) -> list[str]:
    """Return the names in TABLE that belong to a post, in their order."""
    joins = tables.get("posts_tags" if table == "tags" else "posts_authors", ())
    own = sorted((join for join in joins if join.get("post_id") == row.get("id")), key=_order)
    ids = [join.get(column) for join in own] or [row.get(column)]
    names = {entry.get("id"): str(entry.get("name") or "") for entry in tables.get(table, ())}
    return [names[identity] for identity in ids if names.get(identity)]


def _order(join: Row) -> int:
    return int(join.get("sort_order") or 0)


def _site_relative(url: str) -> str:
    """Return URL, or HTML, with paths in place of the site's own URLs."""
    return url.replace(SITE, "")


def _date(value: object) -> str | None:
    """Return a date of Ghost's in ISO 8601: it is in UTC, as a text or as milliseconds since 1970."""
    if isinstance(value, int):
        seconds = value / 1000 if value > MILLISECONDS else value
        return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
    if not isinstance(value, str) or not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC).isoformat(timespec="seconds")
