"""Queries that one batch of messages asks once."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dropcap.aws.remembering_table import RememberingTable
from dropcap.aws.table import Check, Table
from support.toy_stack import toy_cloud

ITEMS = [{"pk": "p", "sk": f"{number:02}"} for number in range(12)]
WRITES: list[Callable[[Table], None]] = [
    lambda table: table.put_all([{"pk": "p", "sk": "99"}]),
    lambda table: table.put_new({"pk": "p", "sk": "99"}),
    lambda table: table.put_forward({"pk": "p", "sk": "99", "rank": 1}),
    lambda table: table.commit([{"pk": "p", "sk": "99"}]),
    lambda table: table.commit([], [("p", "11")], [Check(("p", "99"), None)]),
]


class CountingClient:
    """A DynamoDB client that counts its queries."""

    def __init__(self, client: Any) -> None:  # noqa: ANN401  # boto3 makes its clients' types at run time
        self._client = client
        self.queries = 0

    def query(self, **request: Any) -> Any:  # noqa: ANN401  # arguments of boto3
        """Count and ask."""
        self.queries += 1
        return self._client.query(**request)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # any other method
        """Return the client's own method."""
        return getattr(self._client, name)


@pytest.fixture
def client() -> Iterator[Any]:
    """Return a client of a DynamoDB whose table holds twelve items."""
    with toy_cloud(upload=lambda *_: None) as cloud:
        Table(cloud.client("dynamodb"), "Table").put_all(ITEMS)
        yield CountingClient(cloud.client("dynamodb"))


def test_a_question_is_asked_once_and_one_for_less_is_answered_from_it(client: Any) -> None:  # noqa: ANN401  # see above
    """The answers are those of the table itself; another bound or order is another question."""
    table = Table(client, "Table")
    remembering = RememberingTable(table)
    for most in (10, 4, 10, 1):
        assert table.query("p", most=most) == remembering.query("p", most=most)
    assert 4 + 1 == client.queries
    for newest_first, where in ((True, None), (False, {"after": "05"}), (False, {"before": "05"})):
        expected = table.query("p", most=5, newest_first=newest_first, where=where)
        assert expected == remembering.query("p", most=5, newest_first=newest_first, where=where)
    assert 5 + 6 == client.queries


def test_a_question_for_more_is_asked_again_unless_there_was_no_more(client: Any) -> None:  # noqa: ANN401  # see above
    """Of twelve items, twenty were asked for: a thousand would be no more."""
    remembering = RememberingTable(Table(client, "Table"))
    assert [5, 12, 12] == [len(remembering.query("p", most=most)) for most in (5, 20, 1000)]
    assert 2 == client.queries


@pytest.mark.parametrize("write", WRITES)
def test_what_is_written_through_it_is_read(client: Any, write: Callable[[Table], None]) -> None:  # noqa: ANN401  # see above
    """Every kind of write forgets the answers about its partition, and only these."""
    remembering = RememberingTable(Table(client, "Table"))
    remembering.query("p", most=20)
    remembering.query("q", most=20)
    write(remembering)
    assert Table(client, "Table").query("p", most=20) == remembering.query("p", most=20)
    assert [] == remembering.query("q", most=20)
    assert 4 == client.queries
