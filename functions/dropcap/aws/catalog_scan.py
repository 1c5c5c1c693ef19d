"""All items of the Catalog, read once a week: which stored texts and pictures they refer to, and all references."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from dropcap.aws import catalog_keys as keys
from dropcap.aws.conditional import expressions
from dropcap.aws.failures import code_of, service_errors
from dropcap.aws.table import Item, read_image
from dropcap.document.html.file_references import file_name
from dropcap.site.post import ItemKey

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

REFERENCE = keys.references_to("")
"""The first part of the partition key of a reference."""
STATES = (keys.post_key("")[0], keys.media_key("")[0])
"""The first parts of the partition keys of the states of sources."""
TEXTS = ("live", "hidden")
ATTRIBUTES = ("pk", "sk", "token", "key", "digest", "card", "content", "files", *TEXTS)
"""Attributes that are read of each item, by their stored names (`post_items.py`, `live_items.py`, `media_items.py`)."""


@dataclass(frozen=True, slots=True)
class ScannedItem:
    """One item: the digests that it refers to, the references that it needs, and its token if it is a reference.

    SOURCE is the key of the text, picture or file whose state it is, if it is one.
    """

    key: ItemKey
    digests: tuple[str, ...]
    references: tuple[ItemKey, ...]
    token: str | None
    source: str | None = None


class CatalogScan:
    """The whole Catalog. All methods raise ServiceError."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        """Store the CLIENT and the Catalog TABLE's name."""
        self._client = client
        self._table = table

    def pages(self) -> Iterator[list[ScannedItem]]:
        """Yield all items, one MiB of the table at a time. An item that is written meanwhile is read in either form."""
        request: dict[str, Any] = {
            "TableName": self._table,
            "ConsistentRead": True,
            "ProjectionExpression": ", ".join(f"#{name}" for name in ATTRIBUTES),
            "ExpressionAttributeNames": {f"#{name}": name for name in ATTRIBUTES},
        }
        while True:
            with service_errors("Scan"):
                answer = self._client.scan(**request)
            yield [scanned(read_image(image)) for image in answer["Items"]]
            if "LastEvaluatedKey" not in answer:
                return
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def delete_reference(self, key: ItemKey, token: str) -> bool:
        """Delete the reference at KEY, unless it was written again; return whether it is deleted."""
        with service_errors("DeleteItem"):
            try:
                self._client.delete_item(
                    TableName=self._table,
                    Key={"pk": {"S": key[0]}, "sk": {"S": key[1]}},
                    **expressions(where="#token = :token", token=token),
                )
            except ClientError as error:
                if code_of(error) == "ConditionalCheckFailedException":
                    return False
                raise
        return True


def scanned(item: Item) -> ScannedItem:
    """Return the digests, references and token in ITEM, of which only ATTRIBUTES were read."""
    pk, sk = item["pk"], item["sk"]
    texts = [text for name in TEXTS if (text := item.get(name))]
    digests = [str(part["digest"]) for part in (item, item.get("card") or {}, *texts) if "digest" in part]
    digests += (str(file["digest"]) for file in (item.get("content") or {}).get("renditions", ()))
    digests += (str(file[1]) for file in item.get("files") or () if isinstance(file, list))
    references = tuple(key for text in texts for key in _references(str(item.get("key", "")), text))
    token = str(item.get("token", "")) if str(pk).startswith(REFERENCE) else None
    source = str(item["key"]) if str(pk).startswith(STATES) else None
    return ScannedItem((pk, sk), tuple(digests), references, token, source)


def _references(source: str, text: Item) -> Iterator[ItemKey]:
    """Yield the keys of the references that TEXT of SOURCE needs; `References.register` writes them."""
    if "sort" not in text:
        return
    sort = keys.item_sort(text["sort"], source)
    names = [*text.get("links", ()), *(keys.mentions_of(name) for name in _file_names(text))]
    yield from ((keys.references_to(name), sort) for name in names)


def _file_names(text: Item) -> Iterator[str]:
    for mention in text.get("files", ()):
        yield from (file_name(path) for path in mention["paths"][:1])
