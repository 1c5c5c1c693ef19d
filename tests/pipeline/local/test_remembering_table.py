"""Queries that one batch of messages asks once."""

from collections.abc import Callable, Iterator

import pytest

from dropcap.aws.remembering_table import RememberingTable
from dropcap.aws.table import Check, Table
from dropcap_local.cloud import LocalCloud
from support.toy_stack import toy_cloud

ITEMS = [{"pk": "p", "sk": f"{number:02}"} for number in range(12)]
WRITES: list[Callable[[Table], None]] = [
    lambda table: table.put_all([{"pk": "p", "sk": "99"}]),
    lambda table: table.put_new({"pk": "p", "sk": "99"}),
    lambda table: table.put_forward({"pk": "p", "sk": "99", "rank": 1}),
    lambda table: table.commit([{"pk": "p", "sk": "99"}]),
    lambda table: table.commit([], [("p", "11")], [Check(("p", "99"), None)]),
]


@pytest.fixture
def cloud() -> Iterator[LocalCloud]:
    """Return a cloud whose table holds twelve items."""
    with toy_cloud(upload=lambda *_: None) as cloud:
        Table(cloud.client("dynamodb"), "Table").put_all(ITEMS)
        cloud.calls.clear()
        yield cloud


def queries(cloud: LocalCloud) -> int:
    """Return the number of queries so far."""
    return cloud.calls["dynamodb", "Query"]


def test_a_question_is_asked_once_and_one_for_less_is_answered_from_it(cloud: LocalCloud) -> None:
    """The answers are those of the table itself; another bound or order is another question."""
    table = Table(cloud.client("dynamodb"), "Table")
    remembering = RememberingTable(table)
    for most in (10, 4, 10, 1):
        assert table.query("p", most=most) == remembering.query("p", most=most)
    assert 4 + 1 == queries(cloud)
    for newest_first, where in ((True, None), (False, {"after": "05"}), (False, {"before": "05"})):
        expected = table.query("p", most=5, newest_first=newest_first, where=where)
        assert expected == remembering.query("p", most=5, newest_first=newest_first, where=where)
    assert 5 + 6 == queries(cloud)


def test_a_question_for_more_is_asked_again_unless_there_was_no_more(cloud: LocalCloud) -> None:
    """Of twelve items, twenty were asked for: a thousand would be no more."""
    remembering = RememberingTable(Table(cloud.client("dynamodb"), "Table"))
    assert [5, 12, 12] == [len(remembering.query("p", most=most)) for most in (5, 20, 1000)]
    assert 2 == queries(cloud)


@pytest.mark.parametrize("write", WRITES)
def test_what_is_written_through_it_is_read(cloud: LocalCloud, write: Callable[[Table], None]) -> None:
    """Every kind of write forgets the answers about its partition, and only these."""
    remembering = RememberingTable(Table(cloud.client("dynamodb"), "Table"))
    remembering.query("p", most=20)
    remembering.query("q", most=20)
    write(remembering)
    assert Table(cloud.client("dynamodb"), "Table").query("p", most=20) == remembering.query("p", most=20)
    assert [] == remembering.query("q", most=20)
    assert 4 == queries(cloud)
