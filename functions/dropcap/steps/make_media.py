"""8 images: an uploaded picture or file becomes renditions and one item of the Catalog.

It reads the current version, stores its renditions in the private artifact bucket, and commits state and names in one
transaction. Then it checks the source once more, so that the last of several overlapping runs sees the newest version.
Whether a rendition is public is not decided here: the page that shows it keeps its own copy.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import takewhile

from dropcap.aws.buckets import Sources, Version
from dropcap.aws.media import MediaItems, RenditionStore
from dropcap.contracts import UploadSeen
from dropcap.document.html.file_references import MAXIMUM_PATH
from dropcap.document.paths.media_types import DOWNLOAD, file_kind, serving
from dropcap.errors import ConflictError, ContentError, Finding
from dropcap.pictures import drawing
from dropcap.site.media import DRAWING, READY, Content, Media, Rendition
from dropcap.site.post import FAILED, REFUSED, REMOVED
from dropcap.steps.optimistic import until_stable
from dropcap.steps.rasterise import rasterised
from dropcap.steps.time_limit import TimeBudget, time_limit

BAD_VERSIONS = 5
"""Most older versions that are tried to find a good one."""
SECONDS = 90.0
SLOW = Finding(
    f"The picture takes more than {SECONDS:g} seconds to decode.",
    "Scale it down: a width of 2,400 pixels is enough for any screen. Use a video in place of a long animation.",
)
MAXIMUM_FILE = 500 * 2**20
"""Most bytes of a file: each page that links to it keeps a copy, which must not take minutes."""


@dataclass(frozen=True, slots=True)
class MediaTools:
    """The collaborators of `make_media`. TOKEN returns a random token for a commit."""

    sources: Sources
    store: RenditionStore
    items: MediaItems
    token: Callable[[], str]
    budget: TimeBudget = field(default_factory=lambda: TimeBudget(SECONDS))
    """The time for all versions of one upload together."""


def make_media(tools: MediaTools, upload: UploadSeen, *, failed: str | None = None, seconds: float = SECONDS) -> str:
    """Store the newest good version of the upload in the Catalog; return the outcome.

    FAILED is the reason why every try failed: then the source is not read again.
    SECONDS is the time for decoding all its versions. Raises ServiceError for a retry.
    """
    budgeted = replace(tools, budget=TimeBudget(seconds))
    return until_stable(upload.key, lambda: _make_once(budgeted, upload, failed))


def _make_once(tools: MediaTools, upload: UploadSeen, failed: str | None) -> str | None:
    """Read, make, write, and read again; return None if something changed meanwhile."""
    before = tools.items.get(upload.key)  # before the source: no older version replaces a newer one
    version = tools.sources.head(upload.key)
    if version is None:
        if before:
            tools.items.commit(upload.key, None, before)
    elif (
        before is None
        or before.outcome == FAILED
        or (before.etag, before.recipe) != (version.etag, _recipe(upload.key))
    ):
        after = _media(tools, upload, version, before, failed)
        if not after.same_as(before):
            tools.items.commit(upload.key, after, before)
    after_all = tools.sources.head(upload.key)
    if (after_all and after_all.etag) != (version and version.etag):
        return None
    state = tools.items.get(upload.key)
    return state.outcome if state else REMOVED


def _media(tools: MediaTools, upload: UploadSeen, version: Version, before: Media | None, failed: str | None) -> Media:
    """Return the state of the upload at VERSION; of a bad one, the newest good one before it stays public."""
    cause = replace(upload.cause, key=upload.key, etag=version.etag)
    state = Media(upload.key, READY, version.etag, _recipe(upload.key), tools.token(), None, (), (), cause)
    if failed:
        remedy = "Upload it again. If it fails again, ask the operator to check the dead-letter queue."
        finding = Finding(f"Dropcap could not process this file: {failed}", remedy)
        return state._replace(outcome=FAILED, errors=(finding,), content=before.content if before else None)
    try:
        content, warnings = _content(tools, upload.key, version)
    except ContentError as error:
        return state._replace(outcome=REFUSED, errors=error.findings, content=_older(tools, upload.key, version))
    return state._replace(content=content, warnings=warnings)


def _older(tools: MediaTools, key: str, bad: Version) -> Content | None:
    """Return the content of the newest good version before the BAD one, if no deletion hides it."""
    older = [item for item in tools.sources.versions(key) if item.version != bad.version]
    for version in takewhile(lambda _: not tools.budget.is_spent, older[:BAD_VERSIONS]):
        try:
            return _content(tools, key, version)[0]
        except ContentError:
            continue
    return None


def _content(tools: MediaTools, key: str, version: Version) -> tuple[Content, tuple[Finding, ...]]:
    """Make and store the renditions of VERSION. Raises ContentError if none can be made."""
    if len(key.encode()) > MAXIMUM_PATH:
        message = f"The file's path is longer than {MAXIMUM_PATH} bytes."
        raise ContentError(Finding(message, "Give the file or its folders shorter names."))
    return _picture(tools, key, version) if file_kind(key) == "picture" else _file(tools, key, version)


def _picture(tools: MediaTools, key: str, version: Version) -> tuple[Content, tuple[Finding, ...]]:
    # Pillow is needed for pictures alone, and costs a cold start 100 ms.
    from dropcap.pictures.making import renditions  # noqa: PLC0415  # see the line above
    from dropcap.pictures.opened import MAXIMUM_BYTES, too_many_bytes  # noqa: PLC0415  # as above

    if version.size > MAXIMUM_BYTES:
        raise ContentError(too_many_bytes(version.size))
    source = tools.sources.read(key, version.version)
    if source is None:
        raise ConflictError.just_gone(key)
    with time_limit(tools.budget.seconds(SECONDS), SLOW, time.process_time):
        rendered = renditions(source)
    stored = (
        Rendition(item.kind, item.width, item.height, tools.store.put(item.content, item.kind))
        for item in rendered.encoded
    )
    notes = (Finding(note, "Upload a shorter animation to keep its movement.") for note in rendered.notes)
    return Content(tuple(stored), rendered.ground, inline=True), tuple(notes)


def _file(tools: MediaTools, key: str, version: Version) -> tuple[Content, tuple[Finding, ...]]:
    if version.size > MAXIMUM_FILE:
        message = f"The file has {version.size / 2**20:.0f} MiB; the limit is {MAXIMUM_FILE // 2**20} MiB."
        raise ContentError(Finding(message, "Make it smaller, or host it elsewhere and link to it."))
    how = serving(key)
    digest = tools.store.keep(key, version.version, version.etag, how.kind)
    note = Finding(
        "Files of this kind are served as downloads only.",
        "No action needed. PDF, audio, video and plain text open in the browser.",
    )
    content = Content((Rendition(how.kind, 0, 0, digest),), "", how.inline)
    if how.kind == DRAWING and version.size <= drawing.MAXIMUM_BYTES:
        content = _drawing(tools, content, tools.sources.read(key, version.version) or b"")
    return content, (note,) if how.kind == DOWNLOAD else ()


def _drawing(tools: MediaTools, content: Content, source: bytes) -> Content:
    """Return CONTENT with the size of the drawing SOURCE, and with a PNG of it where one can be made."""
    shape = drawing.drawing_size(source)
    bitmap = rasterised(source, shape)
    if bitmap is None:
        return content._replace(shape=shape)
    digest = tools.store.put(bitmap.content, bitmap.kind)
    rendition = Rendition(bitmap.kind, bitmap.width, bitmap.height, digest)
    return content._replace(renditions=(*content.renditions, rendition), shape=shape)


def _recipe(key: str) -> str:
    """Return the name of the method for uploads like KEY; under a new name, they are made again."""
    if file_kind(key) == "picture":
        return "picture-1"
    return "drawing-1" if serving(key).kind == DRAWING else "file-1"
