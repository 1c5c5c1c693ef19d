"""3 publish: the pictures and files of a page, copied to a folder of its own.

The path view is the only writer of its folder, so a picture is public just as long as a page shows it: copies are
written before the page that names them, and deleted after it has been written without them. What an earlier post has
left there is deleted by the second build of a new one.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dropcap.aws.site_bucket import FOR_EVER
from dropcap.document.html.file_references import Mention
from dropcap.site import urls
from dropcap.site.content.pictures import Placed
from dropcap.site.media import Media
from dropcap.site.urls import CacheTags
from dropcap.steps.publish.context import PublishContext

MAXIMUM_BYTES = 64_000
"""Most bytes of the paths of the files that one page shows: the page's record in the Catalog has them, and 400 KB."""


class Gallery(NamedTuple):
    """The pictures and files of the page at ADDRESS: PLACED by the name in its text; USED are objects that it needs.

    STANDING are those that were in its folder before.
    """

    address: str
    placed: dict[str, Placed]
    used: frozenset[str] = frozenset()
    standing: frozenset[str] = frozenset()

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """Return source key and digest of everything that the page shows."""
        return tuple(sorted({(file.key, file.content.digest) for file in self.placed.values()}))


def place(
    context: PublishContext, address: str, key: str, files: Iterable[Mention], *, is_first: bool = False
) -> Gallery:
    """Copy the FILES that the text of source KEY names into the folder of the page at ADDRESS.

    A page that IS_FIRST, and is built once more soon, does not look at what stands there.
    """
    placed = {
        written: Placed(media.key, address, media.content)
        for written, media in _meant(context, key, files).items()
        if media.content
    }
    wanted = {
        file.path(rendition): (file, rendition) for file in placed.values() for rendition in file.content.renditions
    }
    standing = frozenset[str]() if is_first else context.tools.bucket.names(urls.media_path(address))
    for path, (file, rendition) in wanted.items():
        if path not in standing:
            context.tools.bucket.copy(
                path,
                context.tools.renditions.place_of(rendition.digest),
                kind=rendition.kind,
                caching=FOR_EVER,
                tags=(urls.page_tag(address),),
                attached=not file.content.inline,
                is_file=not rendition.width,
            )
    return Gallery(address, placed, frozenset(wanted), standing)


def tidy(context: PublishContext, gallery: Gallery, more: frozenset[str] = frozenset()) -> CacheTags:
    """Delete objects that the page of GALLERY no longer needs, except MORE; return the cache tags to clear."""
    return _remove(context, gallery.address, gallery.standing - gallery.used - more)


def clear_away(context: PublishContext, address: str) -> CacheTags:
    """Delete the whole folder of ADDRESS, which has no page any more; return the cache tags to clear."""
    return _remove(context, address, context.tools.bucket.names(urls.media_path(address)))


def _remove(context: PublishContext, address: str, gone: frozenset[str]) -> CacheTags:
    for path in sorted(gone):
        context.tools.bucket.remove(path)
    return frozenset({urls.page_tag(address)}) if gone else frozenset()


def meant(context: PublishContext, key: str, files: Iterable[Mention]) -> Iterator[tuple[Mention, str, bool]]:
    """Yield FILES that source KEY names, as long as the record of its page has room for them.

    Each with the key of the file, empty for one that is not uploaded, and whether that is certain.
    """
    known: set[str] = set()
    left = MAXIMUM_BYTES
    for file in files:
        source, is_certain = context.tools.catalog.media.called(file, key) or ("", False)
        left -= 0 if source in known else len(source.encode(errors="replace"))
        if left < 0:
            return
        known.add(source)
        yield file, source, is_certain


def _meant(context: PublishContext, key: str, files: Iterable[Mention]) -> dict[str, Media]:
    """Return those of FILES that are uploaded, by the name in the text."""
    called = {file.written: source for file, source, _ in meant(context, key, files) if source}
    states = context.tools.catalog.media.get_all(called.values())
    return {written: states[source] for written, source in called.items() if source in states}
