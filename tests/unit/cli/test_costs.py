"""Prices and the idle cost of a stack."""

import json
from typing import Any

import pytest

from dropcap_cli.costs.idle import POLLS_A_MONTH, idle_cost, idle_units
from dropcap_cli.costs.prices import PRICES, Price, price_list

QUEUE = {"Type": "AWS::SQS::Queue"}
FIFO = {"Type": "AWS::SQS::Queue", "Properties": {"FifoQueue": True}}


def mapping(source: str, **properties: str) -> dict[str, Any]:
    """Return an event source mapping of SOURCE."""
    arn = {"Fn::GetAtt": [source, "Arn"]}
    return {"Type": "AWS::Lambda::EventSourceMapping", "Properties": {"EventSourceArn": arn, **properties}}


@pytest.mark.parametrize(("units", "dollars"), [(0, 0.0), (10, 0.0), (20, 1.0)])
def test_free_units_cost_nothing(units: int, dollars: float) -> None:
    """Only the units beyond them are paid."""
    assert dollars == Price(0.1, 1, 10, "alarm", "https://aws.amazon.com").of(units)


def test_every_price_has_a_unit_and_a_source_of_aws() -> None:
    """And the list has a date, since prices change."""
    prices = price_list()
    assert json.loads(PRICES.read_text())["as_of"] == prices.as_of
    for price in prices.prices.values():
        assert price.unit
        assert price.source.startswith("https://aws.amazon.com/")


def test_an_idle_stack_pays_for_alarms_and_polling() -> None:
    """A queue that no function consumes costs nothing, and neither does a stream."""
    resources: dict[str, dict[str, Any]] = {
        "A": {"Type": "AWS::CloudWatch::Alarm"},
        "B": {"Type": "AWS::CloudWatch::Alarm"},
        "Views": FIFO,
        "Uploads": QUEUE,
        "Letters": QUEUE,
        "OnViews": mapping("Views"),
        "OnUploads": mapping("Uploads"),
        "OnStream": mapping("Table", StartingPosition="TRIM_HORIZON"),
    }
    units = idle_units(resources)
    assert {"alarm": 2, "sqs-request": POLLS_A_MONTH, "sqs-fifo-request": POLLS_A_MONTH} == units
    lines = {line.name: line for line in idle_cost(units, price_list())}
    assert (0.0, 0.2) == (lines["alarm"].dollars, lines["alarm"].list_price)
    assert lines["sqs-request"].dollars == 0
    assert 0.32 == pytest.approx(lines["sqs-fifo-request"].dollars, abs=0.02)
