"""A text at every limit at once is published: its items, its messages and its transactions are within AWS's limits."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from boto3.dynamodb.types import TypeSerializer

from dropcap.aws import catalog_keys as keys
from dropcap.aws.post_items import shown_item
from dropcap.aws.table import item_of
from dropcap.document import Tag
from dropcap.document.conventions import Conventions
from dropcap.document.html.file_references import MAXIMUM_BYTES, MAXIMUM_MENTIONS, MAXIMUM_WRITTEN
from dropcap.document.html.link_placeholders import MAXIMUM_LINKS
from dropcap.document.metadata.urls import MAXIMUM_NAMES
from dropcap.document.reading import read_document
from dropcap.errors import ContentError, Finding
from dropcap.site.post import Shown
from dropcap.steps.publish import media
from dropcap.steps.render.snapshot import FORMER_NAMES
from dropcap_local.cloud import LocalCloud
from support import posts
from support.stack_before import stored

ITEM, MESSAGE, ACTIONS = 400 * 1024, 1024 * 1024, 100
"""Limits of an item of DynamoDB, of a message of SQS (both in bytes), and of the actions of one transaction."""
WIDE = "\U00020000"
"""A letter that has four bytes in UTF-8 and remains itself in an address."""
CLOCK = datetime(2026, 3, 16, tzinfo=UTC)
KEY = f"posts/{WIDE * 100}.md"


def text(mark: str) -> str:
    """Return a source with as many and as long names, links, files and warnings as one may have; MARK varies them."""
    fields: dict[str, Any] = {
        "title": WIDE * 300,
        "date": "2026-03-14",
        "updated": "2026-03-15",
        "slug": mark + WIDE * 90,
        "id": mark + WIDE * 199,
        "tags": [f"{mark}{number}{WIDE * 90}" for number in range(25)],
        "series": f"{mark}{WIDE * 98}",
        "lang": f"d{'e' if mark == 'a' else 'a'}",
        "translationKey": f"{mark}{WIDE * 98}",
        "authors": [f"{number}{WIDE * 98}" for number in range(25)],
        "aliases": [f"/{mark}{number}/{WIDE * 90}/" for number in range(10)],
        "summary": WIDE * 1_200,
        "description": mark + WIDE * 1_200,
        "disclaimer": WIDE * 2_100,
        "image": f"{mark}.png?{'q' * 900}",
        "image_alt": WIDE * 1_100,
        "theme_data": WIDE * 3_900,
        **{f"{mark}{number}": "x" for number in range(20)},
    }
    links = "\n\n".join(f"[[{mark}{number}{WIDE * 60}]]" for number in range(310))
    files = "\n\n".join(f"![]({mark}{number}.png?{'q' * 270})" for number in range(MAXIMUM_MENTIONS + 10))
    odd = "\n\n".join(f"{{{{< figure{number} {WIDE * 90} >}}}}\n\n<script>{WIDE * 90}</script>" for number in range(60))
    head = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())
    return f"---\n{head}---\n{links}\n\n{files}\n\n{odd}\n"


def size(value: Mapping[str, Any]) -> int:
    """Return the bytes of VALUE in an item, by DynamoDB's rules (Developer Guide, "item sizes and formats")."""
    ((kind, content),) = value.items()
    if kind == "M":
        return 3 + sum(1 + len(name.encode()) + size(inner) for name, inner in content.items())
    if kind == "L":
        return 3 + sum(1 + size(inner) for inner in content)
    return len(str(content).encode())


def test_a_text_at_every_limit_is_published_changed_and_removed() -> None:
    """No item, message or transaction is too large, whatever the text becomes next."""
    actions: list[int] = []

    def look(_service: str, operation: str, params: Mapping[str, Any], phase: str) -> None:
        if operation == "TransactWriteItems" and phase == "before":
            actions.append(len(params["TransactItems"]))

    with LocalCloud(environment={"NEWS_SINCE": "2026-03-01"}) as cloud:
        cloud.on_call.append(look)
        cloud.upload("site.yaml", "languages: [de, da]\n")
        for mark in "ab":
            cloud.upload(KEY, text(mark))
            cloud.settle()
            assert "published" == (cloud.report(KEY) or {})["outcome"]
            assert ITEM > max(size({"M": item}) for item in stored(cloud, "CatalogTable"))
            # A record of the stream that waits in a queue has the item as it was and as it is.
            assert MESSAGE > 2 * max(
                len(json.dumps(item, ensure_ascii=False)) for item in stored(cloud, "CatalogTable")
            )
        cloud.delete(KEY)
        cloud.settle()
        assert [] == cloud.event_loop.errors
        assert None is cloud.report(KEY)
        assert ACTIONS >= max(actions)


@pytest.mark.parametrize(
    "body",
    [
        f"Text.\n\n![A lake](lake.png?{'q' * MAXIMUM_WRITTEN})\n",
        "Text.\n\n![A lake](lake.png)\n\n"
        + "\n".join(f"![](p{n}.png?{'q' * 900})" for n in range(MAXIMUM_BYTES // 900)),
    ],
    ids=["one address", "all addresses"],
)
def test_addresses_that_cannot_be_stored_are_refused_with_their_line(body: str) -> None:
    """Whether one is too long or all of them are: the author learns where, before anything is stored."""
    with pytest.raises(ContentError) as refused:
        read_document("posts/a.md", body.encode(), Conventions(), first_seen=CLOCK)
    (finding,) = refused.value.findings
    assert finding.line is not None
    assert finding.line >= 3
    assert finding.remedy


def wide(length: int, number: int = 0) -> str:
    """Return a text of LENGTH bytes that begins with NUMBER."""
    return f"{number:04}" + WIDE * (length // 4 - 1)


def test_the_record_of_a_page_at_every_limit_fits_an_item() -> None:
    """It has the paths of all sources to which the text leads and of all files that it shows, in whatever folders."""
    live = replace(
        posts.LIVE,
        title=WIDE * 300,
        path=f"/{wide(388)}/",
        tags=tuple(Tag(wide(400, number), wide(388, number)) for number in range(20)),
        names=tuple(wide(1200, number) for number in range(MAXIMUM_NAMES + FORMER_NAMES)),
        links=tuple(wide(64_000 // 900, number) for number in range(3 * MAXIMUM_LINKS)),
        authors=tuple(wide(400, number) for number in range(5)),
        series=WIDE * 100,
        summary=WIDE * 1_200,
        language="pt-BR",
        image="i" * 1_000,
        image_alt=WIDE * 1_000,
        identity=WIDE * 200,
        translation=f"key {WIDE * 200}",
    )
    record = Shown(
        live.card(KEY, "d" * 32, "t" * 36), "e" * 32, "t" * 36, keys.item_keys(KEY, live), live.links,
        tuple((wide(media.MAXIMUM_BYTES // MAXIMUM_MENTIONS, number), "d" * 32) for number in range(MAXIMUM_MENTIONS)),
        posts.CAUSE,
        targets=tuple(wide(512, number) for number in range(MAXIMUM_LINKS)),
        doubts=(Finding("m" * 600, "r" * 600, 1),) * 11,
    )  # fmt: skip
    item = posts.stored(item_of(keys.shown_key(KEY), shown_item(record)))
    assert ITEM > size({"M": {name: TypeSerializer().serialize(value) for name, value in item.items()}})
