"""DynamoDB writes in moto: each condition is parsed once, and records of the stream are made without a dump of each.

For one conditional put in a transaction, moto parses its condition three times. It dumps each record of a stream to
JSON for a size that neither Lambda's mapping nor a handler reads, after copying every value of both images twice.
"""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any, Final
from unittest.mock import patch

from moto.dynamodb.comparisons import ConditionExpressionParser
from moto.dynamodb.models import table
from moto.dynamodb.models.dynamo_type import Item

from dropcap_local.in_process_calls.dynamodb_items import PLAIN_TYPES, as_json
from dropcap_local.in_process_calls.packed_items import attributes_of

REMEMBERED: Final = 200
"""Conditions that are kept parsed; the same one comes again within its call, and from the next one like it."""

_moto_parse = ConditionExpressionParser.parse
_moto_item_json = Item.to_json
_parsed: OrderedDict[str, tuple[Any, list[str], list[str]]] = OrderedDict()


@contextmanager
def light_writes() -> Iterator[None]:
    """Replace the parsing of conditions and the images of stream records until the block ends."""
    with ExitStack() as stack:
        stack.enter_context(patch.object(ConditionExpressionParser, "parse", _parse))
        stack.enter_context(patch.object(Item, "to_json", _item_json))
        stack.enter_context(patch.object(table, "dynamo_json_dump", _no_dump))
        stack.callback(_parsed.clear)
        yield


def _parse(parser: ConditionExpressionParser) -> Any:  # noqa: ANN401  # moto's tree
    """Return the tree of the condition, which is only read. One with errors is parsed, and raises, each time."""
    if not parser.condition_expression:
        return _moto_parse(parser)
    key = repr((parser.condition_expression, parser.expression_attribute_names, parser.expression_attribute_values))
    known = _parsed.get(key)
    if known is None:
        tree = _moto_parse(parser)
        known = _parsed[key] = (tree, [*parser.expr_attr_names_found], [*parser.expr_attr_values_found])
        if len(_parsed) > REMEMBERED:
            _parsed.popitem(last=False)
    tree, names, values = known
    parser.expr_attr_names_found, parser.expr_attr_values_found = [*names], [*values]
    return tree


def _item_json(item: Item, root_attr_name: str = "Attributes") -> dict[str, Any]:
    """Return the item as moto does; one with values of a rare type is left to moto."""
    if "packed" in vars(item):
        return {root_attr_name: attributes_of(item)}
    if not all(value.type in PLAIN_TYPES for value in item.attrs.values()):
        return _moto_item_json(item, root_attr_name)
    return {root_attr_name: as_json(item.attrs)}


def _no_dump(_record: Mapping[str, Any]) -> str:
    """Return nothing: only the length of this text is used, as the size of a record."""
    return ""
