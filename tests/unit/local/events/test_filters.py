"""Filter criteria of event source mappings."""

import pytest

from dropcap_local.events.filters import passes

RECORD = {"eventName": "INSERT", "dynamodb": {"Keys": {"pk": {"S": "POST#a.md"}}}}


def pk(rule: object) -> dict[str, object]:
    """Return a pattern for the partition key."""
    return {"dynamodb": {"Keys": {"pk": {"S": [rule]}}}}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ({"eventName": ["INSERT", "MODIFY"]}, True),
        ({"eventName": ["REMOVE"]}, False),
        (pk({"prefix": "POST#"}), True),
        (pk({"prefix": "URL#"}), False),
        (pk({"suffix": ".md"}), True),
        (pk({"anything-but": ["POST#a.md"]}), False),
        (pk({"anything-but": ["POST#b.md"]}), True),
        ({"dynamodb": {"OldImage": [{"exists": False}]}}, True),
        ({"dynamodb": {"OldImage": [{"exists": True}]}}, False),
        ({"dynamodb": {"OldImage": {"pk": {"S": ["x"]}}}}, False),
    ],
)
def test_a_pattern_lets_through_what_obeys_each_of_its_rules(pattern: dict[str, object], expected: bool) -> None:  # noqa: FBT001  # what is expected
    """Members are all demanded, alternatives stand in a list."""
    assert expected == passes(RECORD, [pattern])


def test_one_pattern_of_several_is_enough() -> None:
    """And without any pattern everything passes."""
    assert passes(RECORD, [{"eventName": ["REMOVE"]}, {"eventName": ["INSERT"]}])
    assert passes(RECORD, [])


def test_an_unknown_rule_is_not_passed_over() -> None:
    """A template that filters by more than the local cloud knows must not seem to work."""
    with pytest.raises(ValueError, match="numeric"):
        passes(RECORD, [{"eventName": [{"numeric": [">", 1]}]}])
