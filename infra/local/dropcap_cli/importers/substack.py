"""Substack: the ZIP archive of Settings ▸ Exports, with `posts.csv` and one HTML file a post, `posts/ID.SLUG.html`.

Pictures are on Substack's servers. Subscribers are in other files, and are not imported here.
"""

import csv
from collections.abc import Mapping
from typing import Final

from dropcap_cli.importers.archive import Archive
from dropcap_cli.importers.export import Export, ExportedPost
from dropcap_local.usage_error import UsageError

COLUMNS: Final = frozenset({"post_id", "title", "is_published", "post_date"})
FREE: Final = frozenset({"", "everyone", "only_free"})
"""Audiences whose posts anybody could read; the others paid for them."""


def read(archive: Archive) -> Export:
    """Return the posts in ARCHIVE; raise UsageError if it is not an export of Substack."""
    table = next((name for name in archive.named("posts.csv")), None)
    rows = list(csv.DictReader(archive.text(table).splitlines())) if table else []
    if table is None or (rows and not rows[0].keys() >= COLUMNS):
        message = f"{archive.path} is not an export of Substack. In Substack, choose Settings, Exports, New export."
        raise UsageError(message)
    bodies = {name.rpartition("/")[2].removesuffix(".html"): name for name in archive.named(".html")}
    with_body = [row for row in rows if row["post_id"] in bodies]
    missing = len(rows) - len(with_body)
    notes = ["Comments, likes and subscribers are not part of an import."]
    if missing:
        notes.append(f"Left out, as threads or posts without text: {missing}.")
    return Export(
        posts=tuple(_post(row, archive.text(bodies[row["post_id"]])) for row in with_body), notes=tuple(notes)
    )


def _post(row: Mapping[str, str], html: str) -> ExportedPost:
    slug = row["post_id"].partition(".")[2]
    is_published = row["is_published"].strip().lower() == "true"
    audience = (row.get("audience") or "").strip()
    notes = []
    if audience not in FREE:
        notes.append(f"It was for a limited audience ({audience}), so it is a draft.")
    if podcast := (row.get("podcast_url") or "").strip():
        html += f'<p><a href="{podcast}">{podcast}</a></p>'
        notes.append(f"The podcast became a link to {podcast}")
    return ExportedPost(
        title=row["title"] or "",
        slug=slug,
        html=html,
        paths=(f"/p/{slug}",) if slug else (),
        date=row["post_date"] or None,
        summary=row.get("subtitle") or None,
        draft=not is_published or audience not in FREE,
        page=row.get("type") == "page",
        notes=tuple(notes),
    )
