"""A query in the local cloud answers what moto's own does, for the price of what it reads."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.dynamo_type import DynamoType, Item

from dropcap_local.clients import ACCOUNT, REGION, Clients
from dropcap_local.moto_patches.dynamodb_queries import Partition, ordered_partitions
from support.bare_aws import bare_aws, make_table

pks = st.sampled_from(["LIST#all", "LIST#tag"])
SKS = ["2024-01-01#a", "2024-01-02#b", "2024-02-01#c", "2025-01-01#d", "\u00e9#e"]
sks = st.sampled_from(SKS)
writes = st.tuples(pks, sks, st.sampled_from([True, True, True, False]))
conditions: st.SearchStrategy[tuple[str, list[str]]] = st.one_of(
    st.just(("", [])),
    st.tuples(
        st.sampled_from([" AND sk = :a", " AND sk < :a", " AND sk <= :a", " AND sk > :a", " AND sk >= :a"]),
        st.lists(sks, min_size=1, max_size=1),
    ),
    st.tuples(st.just(" AND sk BETWEEN :a AND :b"), st.lists(sks, min_size=2, max_size=2).map(sorted)),
    st.tuples(
        st.just(" AND begins_with(sk, :a)"),
        st.lists(st.sampled_from(["2", "2024-", "2024-01", "é", "x"]), min_size=1, max_size=1),
    ),
)
queries = st.tuples(pks, conditions, st.none() | st.integers(1, 4), st.booleans(), st.booleans())
Query = tuple[str, tuple[str, list[str]], int | None, bool, bool]


def _pages(clients: Clients, query: Query) -> list[object]:
    """Return every page of a query, with its counts and its LastEvaluatedKey."""
    pk, (condition, values), limit, forward, filtered = query
    named = {f":{name}": {"S": value} for name, value in zip("ab", values, strict=False)}
    parameters: dict[str, Any] = {
        "TableName": "catalog",
        "KeyConditionExpression": f"pk = :pk{condition}",
        "ExpressionAttributeValues": {":pk": {"S": pk}, **named},
        "ScanIndexForward": forward,
    }
    if limit is not None:
        parameters["Limit"] = limit
    if filtered:
        parameters["FilterExpression"] = "attribute_exists(odd)"
    pages: list[object] = []
    while True:
        answer = clients.client("dynamodb").query(**parameters)
        pages.append([answer[part] for part in ("Items", "Count", "ScannedCount")] + [answer.get("LastEvaluatedKey")])
        if "LastEvaluatedKey" not in answer:
            return pages
        parameters["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def _answers(
    way: AbstractContextManager[object], items: list[tuple[str, str, bool]], queries: list[Query]
) -> list[object]:
    with bare_aws() as clients, way:
        make_table(clients, "catalog")
        table = dynamodb_backends[ACCOUNT][REGION].tables["catalog"]
        for place, (pk, sk, stays) in enumerate(items):
            odd: dict[str, Any] = {"odd": {"BOOL": True}} if place % 2 else {}
            table.put_item({"pk": {"S": pk}, "sk": {"S": sk}, **odd})
            if not stays:
                table.delete_item(DynamoType({"S": pk}), DynamoType({"S": sk}))
        return [_pages(clients, query) for query in queries]


@given(st.lists(writes, min_size=4, max_size=16), st.lists(queries, min_size=4, max_size=8))
@settings(max_examples=40, deadline=None)
def test_every_query_is_answered_as_in_moto(items: list[tuple[str, str, bool]], queries_asked: list[Query]) -> None:
    """Pages, counts and the keys to go on from are moto's own, in both directions."""
    assert _answers(nullcontext(), items, queries_asked) == _answers(ordered_partitions(), items, queries_asked)


def test_a_query_sees_no_more_than_it_needs() -> None:
    """Two items of a hundred: moto is shown the two and the one after them."""
    partition = Partition()
    for number in range(100):
        key = DynamoType({"S": f"{number:03}"})
        partition[key] = Item(DynamoType({"S": "LIST#all"}), key, {})
    assert ["097", "098", "099"] == [key.value for key in partition.between((97, 100))]
    assert (50, 100) == partition.bounds(">=", ["050"])
    assert (10, 20) == partition.bounds("BEGINS_WITH", ["01"])
