"""Pictures and files: their state in the Catalog, and their renditions in the artifact bucket."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from dropcap.aws import catalog_keys as keys
from dropcap.aws.failures import service_errors
from dropcap.aws.media_items import media_item, media_of
from dropcap.aws.table import Check, Item, Table, item_of
from dropcap.contracts import CONTENT
from dropcap.document.html.file_references import Mention, folded
from dropcap.site.media import Media, chosen, folders_of, path_of
from dropcap.site.post import ItemKey

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

NAMESAKES = 2_000
"""Files of one name, or texts that mention one, that a query reads; of more, `MediaItems` reads those that count."""
NEAR = 200
"""Most names with the same beginning that are searched for the nearest."""
NAMES = "FILES"
"""The partition of all files' names."""


class MediaItems:
    """Queries and commits. All methods raise ServiceError, `commit` also ConflictError."""

    def __init__(self, table: Table) -> None:
        """Store the Catalog's TABLE."""
        self._table = table

    def get(self, key: str) -> Media | None:
        """Return the state of the upload KEY."""
        item = self._table.get(keys.media_key(key))
        return media_of(item) if item else None

    def get_all(self, sources: Iterable[str]) -> dict[str, Media]:
        """Return the states of those SOURCES that have one."""
        items = self._table.get_all(keys.media_key(key) for key in sources)
        return {item["key"]: media_of(item) for item in items.values()}

    def commit(self, key: str, after: Media | None, before: Media | None) -> None:
        """Commit the state AFTER of KEY with its names in one transaction, if the state is still BEFORE."""
        present = after or before
        cause = present.cause.to_item() if present else {}
        names = {
            name: {**named, "cause": cause} for name, named in (keys.file_name_items(after) if after else {}).items()
        }
        names |= {_listed(name): named for name, named in names.items()}
        puts = [item_of(name, named) for name, named in names.items()]
        if after:
            puts.append(item_of(keys.media_key(key), media_item(after)))
        old = keys.file_name_items(before) if before else {}
        gone = {*old, *map(_listed, old)} - names.keys()
        if not after and before:
            gone.add(keys.media_key(key))
        self._table.commit(puts, sorted(gone), [Check(keys.media_key(key), before.token if before else None)])

    def called(self, mention: Mention, source: str) -> tuple[str, bool] | None:
        """Return the key of the file that SOURCE means by MENTION, and whether that is certain.

        Of many files of the name, its paths are looked up, then the folders of SOURCE, from the innermost to the root.
        Of too many in such a folder, the first ones in the order of their paths count.
        """
        files = self.files(mention.name)
        if len(files) < NAMESAKES:
            return chosen(mention.paths, source, files)
        for path in mention.paths:
            items = self._table.query(keys.files_named(mention.name), most=NEAR, where={"start": f"{path}#"})
            if match := chosen([path], source, [item for item in items if path_of(item) == path]):
                return match[0], True
        near = (self._nearest(mention.name, folder) for folder in folders_of(source))
        return next(((key, False) for key in near if key), None)

    def files(self, name: str) -> list[Item]:
        """Return the items of the files called NAME, the first ones if there are more than a query reads."""
        return self._table.query(keys.files_named(name), most=NAMESAKES)

    def _nearest(self, name: str, folder: str) -> str | None:
        """Return the first key of a file called NAME in FOLDER, at any depth; None if there is none.

        Not all that begin with its path are in it: paths are without regard to case, some without their first folder.
        """
        start = folded(folder)
        for items in self._pages(keys.files_named(name), start):
            if inside := [str(item["source"]) for item in items if str(item["source"]).startswith(folder)]:
                return min(inside)
            if items and not str(items[-1]["sk"]).startswith(start):
                return None
        return None

    def existing(self, name: str, paths: Iterable[str]) -> set[str]:
        """Return those PATHS at which there is a file called NAME; files between them are skipped if there are many."""
        wanted, existing, place = frozenset(paths), set[str](), ""
        waiting = sorted(wanted)
        while waiting:
            place = max(place, waiting[0])
            items = self._table.query(keys.files_named(name), most=NAMESAKES, where={"after": place})
            existing |= wanted.intersection(map(path_of, items))
            if len(items) < NAMESAKES:
                break
            place = str(items[-1]["sk"])
            waiting = [path for path in waiting if path not in existing and f"{path}$" > place]  # `$` comes after `#`
        return existing

    def mentioners(self, name: str, *, most: int = NAMESAKES, after: str = "") -> list[Item]:
        """Return the REF items of the texts that mention a file called NAME, the oldest first, from AFTER on."""
        where = {"after": after} if after else None
        return self._table.query(keys.references_to(keys.mentions_of(name)), most=most, where=where)

    def further_mentioners(self, name: str, first: Sequence[Item]) -> Iterator[list[Item]]:
        """Yield what comes after FIRST, the answer of `mentioners`, a query at a time."""
        if len(first) == NAMESAKES:
            yield from self._pages(keys.references_to(keys.mentions_of(name)), str(first[-1]["sk"]))

    def _pages(self, pk: str, place: str) -> Iterator[list[Item]]:
        """Yield the items of the partition PK after PLACE, a query at a time."""
        is_full = True
        while is_full:
            items = self._table.query(pk, most=NAMESAKES, where={"after": place} if place else None)
            yield items
            is_full = len(items) == NAMESAKES
            place = str(items[-1]["sk"]) if items else place

    def register(self, mentions: Iterable[Mention], sort: str, fields: Mapping[str, Any]) -> None:
        """Record the files that a source MENTIONS: one item a file name, with the sort key SORT and FIELDS."""
        paths: dict[str, list[tuple[str, ...]]] = {}
        for mention in mentions:
            paths.setdefault(mention.name, []).append(mention.paths)
        self._table.put_all(
            {"pk": keys.references_to(keys.mentions_of(name)), "sk": sort, "paths": some, **fields}
            for name, some in paths.items()
        )

    def alike(self, name: str) -> list[str]:
        """Return paths of files whose names begin as NAME does; a bounded query, which returns the first ones."""
        names: dict[str, None] = {}
        for start in (name[:3], name[:1], ""):
            where = {"start": start} if start else None
            items = self._table.query(NAMES, most=NEAR, where=where)
            names |= dict.fromkeys(str(item["sk"]).partition("#")[2] for item in items)
        return list(names)


class RenditionStore:
    """Bytes named by their digest, in the artifact bucket's `renditions/`. All methods raise ServiceError."""

    def __init__(
        self,
        client: "S3Client",
        bucket: str,
        sources: str = "",
        copying: Callable[[], "S3Client"] | None = None,
    ) -> None:
        """Store the CLIENT, the artifact BUCKET's name, and that of the bucket of SOURCES to copy files from.

        COPYING returns the client for copies, which waits longer; without it, CLIENT makes them.
        """
        self._client = client
        self.bucket = bucket
        self._sources = sources
        self._copying = copying or (lambda: client)

    def put(self, content: bytes, kind: str) -> str:
        """Store CONTENT, of the media type KIND, and return its digest."""
        digest = sha256(content).hexdigest()[:32]
        with service_errors(f"PutObject renditions/{digest}"):
            self._client.put_object(Bucket=self.bucket, Key=self.key(digest), Body=content, ContentType=kind)
        return digest

    def keep(self, key: str, version: str, etag: str, kind: str) -> str:
        """Store a copy of VERSION of the source KEY, which has the ETAG; return a digest that stands for it."""
        digest = sha256(f"{etag} {kind} {key}".encode()).hexdigest()[:32]
        source: Any = {"Bucket": self._sources, "Key": CONTENT + key, "VersionId": version}
        with service_errors(f"CopyObject renditions/{digest}"):
            self._copying().copy_object(
                Bucket=self.bucket,
                Key=self.key(digest),
                CopySource=source,
                ContentType=kind,
                MetadataDirective="REPLACE",
                TaggingDirective="REPLACE",  # copying an author's tags would require two more rights
            )
        return digest

    def place_of(self, digest: str) -> tuple[str, str]:
        """Return the bucket and the key of the object that DIGEST names."""
        return self.bucket, self.key(digest)

    def key(self, digest: str) -> str:
        """Return the key of the object that DIGEST names."""
        return f"renditions/{digest}"


def _listed(name: ItemKey) -> ItemKey:
    """Return the key of the copy of item NAME in the partition of all names."""
    return NAMES, f"{name[0].partition('#')[2]}#{name[1].rpartition('#')[0]}"
