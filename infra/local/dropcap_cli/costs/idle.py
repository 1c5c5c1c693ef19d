"""The cost of a stack while nothing happens: its alarms, dashboards, and the polling of its queues."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from dropcap_cli.costs.prices import PriceList

POLLS_A_MONTH: Final = 5 * 3 * 60 * 730
"""Requests of an idle event source mapping: Lambda keeps 5 pollers on a queue, and each waits 20 seconds for a message.

See https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html; the month has 730 hours.
"""
KINDS: Final = {
    "AWS::CloudWatch::Alarm": "alarm",
    "AWS::CloudWatch::CompositeAlarm": "composite-alarm",
    "AWS::CloudWatch::Dashboard": "dashboard",
}
MAPPING: Final = "AWS::Lambda::EventSourceMapping"

Resources = Mapping[str, Mapping[str, Any]]
"""Resources of a translated template, by logical id."""


@dataclass(frozen=True, slots=True)
class CostLine:
    """UNITS of the price NAME: DOLLARS a month, and LIST_PRICE without the units that are always free."""

    name: str
    units: float
    dollars: float
    list_price: float


def idle_units(resources: Resources) -> Counter[str]:
    """Return what RESOURCES, all of which exist, use in an idle month, by the names of the price list."""
    units: Counter[str] = Counter()
    for resource in resources.values():
        kind, properties = resource["Type"], resource.get("Properties", {})
        if kind in KINDS:
            units[KINDS[kind]] += 1
        elif kind == MAPPING and "StartingPosition" not in properties:  # polling a DynamoDB stream is free
            units["sqs-fifo-request" if _is_fifo(properties, resources) else "sqs-request"] += POLLS_A_MONTH
    return units


def idle_cost(units: Mapping[str, float], prices: PriceList) -> list[CostLine]:
    """Return the cost of UNITS line by line, in the order of the prices."""
    return list(_lines(units, prices))


def _lines(units: Mapping[str, float], prices: PriceList) -> Iterator[CostLine]:
    for name, price in prices.prices.items():
        if number := units.get(name, 0):
            yield CostLine(name, number, price.of(number), price.of(number, free=False))


def _is_fifo(mapping: Mapping[str, Any], resources: Resources) -> bool:
    source = mapping.get("EventSourceArn")
    if not isinstance(source, Mapping):
        return str(source).endswith(".fifo")
    queue = resources.get(str(source.get("Fn::GetAtt", ("",))[0]), {})
    return bool(queue.get("Properties", {}).get("FifoQueue"))
