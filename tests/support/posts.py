"""Posts, cards and causes made up for tests."""

from dataclasses import replace

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

from dropcap.aws import catalog_keys as keys
from dropcap.contracts import Cause
from dropcap.document import Tag
from dropcap.document.metadata.descriptive import MAXIMUM_AUTHORS
from dropcap.site.post import PUBLISHED, Post, Shown, Snapshot

CAUSE = Cause("posts/naps.md", "e1", "2025-03-14T09:00:00Z")

LIVE = Snapshot(
    title="Why naps work",
    path="/naps/",
    sort="2025-03-14T09:00:00",
    published="2025-03-14T09:00:00+01:00",
    updated=None,
    expires=None,
    dated=True,
    summary="Twenty minutes are enough.",
    description="",
    tags=(Tag("Sleep", "sleep"),),
    names=("naps", "posts/naps"),
    links=("walking",),
    files=(),
    authors=("A. Author",),
    language=None,
    image=None,
    image_alt="",
    is_page=False,
    identity=None,
    newsletter=None,
    toc=None,
    math=None,
    searchable=True,
    disclaimer=None,
    extra={},
    minutes=1,
    digest="d1",
    fingerprint="",
)


def post(live: Snapshot | None = LIVE, *, outcome: str = PUBLISHED, key: str = "posts/naps.md") -> Post:
    """Return the state of source KEY with LIVE as its public version."""
    owns = keys.claim_keys(key, live, [live.path] if live else [])
    return Post(key, outcome, "e1", "token-1", "", live, (), (), owns, CAUSE)


def shown(live: Snapshot = LIVE, *, key: str = "posts/naps.md") -> Shown:
    """Return the published version of source KEY when LIVE is published."""
    return Shown(live.card(key, "b1", ""), "e1", "token-2", keys.item_keys(key, live), live.links, (), CAUSE)


def widest() -> Snapshot:
    """Return a post with as many tags, authors and names as one may have."""
    tags = tuple(Tag(f"Tag {n}", f"tag-{n}") for n in range(20))
    authors = tuple(f"Author {n}" for n in range(MAXIMUM_AUTHORS))
    return replace(LIVE, tags=tags, authors=authors, series="Nights", names=tuple(f"name-{n}" for n in range(10)))


def stored(item: dict[str, object]) -> dict[str, object]:
    """Return ITEM as DynamoDB returns it: tuples are lists, and numbers are decimals."""
    plain = {name: _lists(value) for name, value in item.items()}
    return {name: TypeDeserializer().deserialize(TypeSerializer().serialize(value)) for name, value in plain.items()}


def _lists(value: object) -> object:
    if isinstance(value, tuple | list):
        return [_lists(value) for value in value]
    return {name: _lists(value) for name, value in value.items()} if isinstance(value, dict) else value
