"""AWS's prices as dated data: a number of units ▶ dollars."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

PRICES: Final = Path(__file__).parent / "prices.json"


@dataclass(frozen=True, slots=True)
class Price:
    """The price of PER units in dollars. FREE units a month cost nothing; SOURCE is AWS's page."""

    price: float
    per: float
    free: float
    unit: str
    source: str

    def of(self, units: float, *, free: bool = True) -> float:
        """Return the dollars for UNITS in a month, after the free ones if FREE."""
        return max(0.0, units - (self.free if free else 0)) / self.per * self.price


@dataclass(frozen=True, slots=True)
class PriceList:
    """All prices by name, their REGION, and the day AS_OF which they were read."""

    as_of: str
    region: str
    prices: Mapping[str, Price]

    def __getitem__(self, name: str) -> Price:
        """Return the price NAME."""
        return self.prices[name]


@cache
def price_list() -> PriceList:
    """Return the prices of `prices.json`."""
    content = json.loads(PRICES.read_text(encoding="utf-8"))
    prices = {name: Price(**entry) for name, entry in content["prices"].items()}
    return PriceList(content["as_of"], content["region"], prices)
