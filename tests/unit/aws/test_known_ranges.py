"""Questions about the neighbours of many places, answered from few queries."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dropcap.aws import known_ranges
from dropcap.aws.known_ranges import FEW, REACH, NeighboursTable
from dropcap.aws.table import Table


class Client:
    """A DynamoDB with one partition of items at PLACES; it counts its queries."""

    def __init__(self, places: set[str]) -> None:
        self.places = places
        self.queries = 0

    def query(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401  # arguments of boto3
        """Return the items that the condition selects."""
        self.queries += 1
        _, _, bound = request["KeyConditionExpression"].partition(" AND ")
        values = {name: value["S"] for name, value in request["ExpressionAttributeValues"].items()}
        tests = {
            "": lambda _: True,
            "sk > :after": lambda place: place > values[":after"],
            "sk >= :from": lambda place: place >= values[":from"],
            "sk < :before": lambda place: place < values[":before"],
        }
        places = sorted(filter(tests[bound], self.places), reverse=not request["ScanIndexForward"])
        return {"Items": [{"pk": {"S": "p"}, "sk": {"S": place}} for place in places[: request["Limit"]]]}


def tables(places: set[str]) -> tuple[Client, Table, NeighboursTable]:
    """Return a client whose table has items at PLACES, that table, and one with windows."""
    client: Any = Client(places)
    table = Table(client, "catalog")
    return client, table, NeighboursTable(table)


def ask(table: Table, place: str, most: int, *, earlier: bool) -> list[dict[str, Any]]:
    """Return what TABLE answers about the neighbours of PLACE."""
    side = "before" if earlier else "after"
    return table.query("p", most=most, newest_first=earlier, where={side: place})


names = st.integers(0, 400).map(lambda number: f"{number:03}")


@given(st.sets(names), st.lists(st.tuples(names, st.integers(1, 5), st.booleans()), max_size=30))
@settings(deadline=None)
def test_every_answer_is_that_of_the_table_itself(places: set[str], questions: list[tuple[str, int, bool]]) -> None:
    """Whether or not there is an item at the place, and at both ends of the list."""
    _, table, neighbours = tables(places)
    for place, most, earlier in questions:
        assert ask(table, place, most, earlier=earlier) == ask(neighbours, place, most, earlier=earlier)


def test_a_question_for_all_that_a_window_holds_is_answered_whole() -> None:
    """Where there is an item at the place, the window has one less on its later side."""
    _, table, neighbours = tables({f"{number:03}" for number in range(200)})
    for number in range(60, 64):
        expected = ask(table, f"{number:03}", REACH, earlier=False)
        assert REACH == len(expected)
        assert expected == ask(neighbours, f"{number:03}", REACH, earlier=False)


def test_many_questions_take_few_queries() -> None:
    """The neighbours of three hundred items in a row are read in seven windows of two queries each."""
    places = [f"{number:03}" for number in range(300)]
    client, _, neighbours = tables({*places})
    for place in places:
        ask(neighbours, place, 1, earlier=True)
        ask(neighbours, place, 4, earlier=False)
    assert client.queries <= FEW + 2 * 7


def test_the_neighbours_of_one_item_are_asked_for_as_they_are() -> None:
    """One changed post reads no more items than its neighbours."""
    client, _, neighbours = tables({"1", "2", "3"})
    assert ["1"] == [item["sk"] for item in ask(neighbours, "2", 1, earlier=True)]
    assert ["3"] == [item["sk"] for item in ask(neighbours, "2", 1, earlier=False)]
    assert FEW == client.queries


def test_a_partition_to_which_many_questions_are_expected_has_a_window_at_once() -> None:
    """The first question is not the last one."""
    client, table, neighbours = tables({f"{number:03}" for number in range(10)})
    neighbours.expect_questions(["p"])
    for place in ("003", "005", "007"):
        assert ask(table, place, 1, earlier=True) == ask(neighbours, place, 1, earlier=True)
    assert 3 + 2 == client.queries


def test_a_batch_keeps_a_bounded_number_of_items(monkeypatch: Any) -> None:  # noqa: ANN401  # pytest's
    """After that each question is asked as it is, and answered all the same."""
    monkeypatch.setattr(known_ranges, "MOST", 1)
    places = {f"{number:04}" for number in range(0, 4000, 2)}
    client, table, neighbours = tables(places)
    for number in range(1, 4000, 400):
        place = f"{number:04}"
        assert ask(table, place, 1, earlier=True) == ask(neighbours, place, 1, earlier=True)
    assert 10 + FEW + 2 + 7 == client.queries
