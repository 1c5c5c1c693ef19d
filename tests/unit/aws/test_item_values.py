"""Values of DynamoDB's items are read and written as by boto3."""

from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from hypothesis import given
from hypothesis import strategies as st

from dropcap.aws.item_values import read_value, write_value


class State(StrEnum):
    """A text that is more than a text."""

    OPEN = "open"


scalars = st.one_of(
    st.text(max_size=5),
    st.integers(-(10**37), 10**37),
    st.booleans(),
    st.none(),
    st.binary(max_size=4),
    st.just(State.OPEN),
    st.decimals(-999, 999, places=2),
    st.sets(st.text(max_size=3), max_size=3),
    st.frozensets(st.integers(0, 5), min_size=1, max_size=2),
    st.integers(-9, 9).map(Decimal),
    st.sampled_from([Decimal("1E+2"), Decimal("-0"), Decimal("7.00")]),
)
values: st.SearchStrategy[Any] = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(values)
def test_values_are_written_and_read_as_by_boto3(value: object) -> None:
    """Of every type, at any depth."""
    written = TypeSerializer().serialize(value)
    assert write_value(value) == written
    assert read_value(written) == TypeDeserializer().deserialize(written)


def test_a_tuple_is_written_as_a_list() -> None:
    """Records are frozen, so that they hold tuples."""
    assert write_value({"a": ("b", ("c", 1))}) == write_value({"a": ["b", ["c", 1]]})


@pytest.mark.parametrize("value", [1.5, object(), 10**40, Decimal("NaN"), Decimal(10**40)])
def test_a_value_that_cannot_be_stored_is_refused(value: object) -> None:
    """By boto3, in its own words."""
    with pytest.raises(Exception, match=r"(?i)float|unsupported|inexact|rounded|NaN"):
        write_value({"a": value})


def test_a_number_is_read_as_a_decimal() -> None:
    """So no digit is lost."""
    assert Decimal("0.1") == read_value({"N": "0.1"})
