"""`dropcap cost`: estimate what a deployed stack costs: idle, per post, and per thousand mails."""

import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from dropcap_cli.costs.idle import CostLine, idle_cost, idle_units
from dropcap_cli.costs.prices import PriceList, price_list
from dropcap_cli.costs.usage import Usage, metrics_of, sums, usage_of
from dropcap_cli.deployment.account import AwsAccount, account
from dropcap_cli.outcomes import print_json
from dropcap_cli.progress import Waiting
from dropcap_cli.remote.stack_resources import StackResource, resources_of

MONTH: Final = 30
"""Days for which the free units of a month count."""


def run(arguments: Namespace) -> int:
    """Count the use of the last days, and print it with its price."""
    target = account(arguments.profile, arguments.region)
    prices, until = price_list(), datetime.now(UTC)
    with Waiting(sys.stderr) as waiting:
        waiting.say("Reading the stack")
        resources = resources_of(target.client("cloudformation"), arguments.stack)
        waiting.say("Reading the metrics")
        usage = _usage(target, resources, arguments.stack, (until - timedelta(days=arguments.days), until))
    declared = {entry.logical_id: {"Type": entry.kind, "Properties": entry.properties} for entry in resources}
    idle = idle_cost(idle_units(declared), prices)
    account_ = cost_account(usage, idle, prices, arguments.days)
    if arguments.json:
        print_json(account_)
    else:
        print(f"Account {target.number}, region {target.region}, stack {arguments.stack}, last {arguments.days} days.")
        print("\n".join(cost_text(account_)))
    return 0


def _usage(
    target: AwsAccount, resources: Sequence[StackResource], stack: str, period: tuple[datetime, datetime]
) -> Usage:
    """Return the use of the stack in PERIOD; CloudFront's metrics are in another region than the stack's."""
    metrics = metrics_of(resources, stack)
    totals = [0.0] * len(metrics)
    for region in {metric.region for metric in metrics}:
        places = [number for number, metric in enumerate(metrics) if metric.region == region]
        client = target.session.client("cloudwatch", region_name=region or target.region)
        for place, total in zip(places, sums(client, [metrics[place] for place in places], *period), strict=True):
            totals[place] = total
    return usage_of(metrics, totals)


def cost_account(usage: Usage, idle: Sequence[CostLine], prices: PriceList, days: int) -> dict[str, Any]:
    """Return the whole account for programs: every line has units, its list price, and dollars after free units."""
    used = usage.posts + usage.mails + usage.readers
    lines = [_line(name, number, prices, days) for name, number in sorted(used.items()) if number]
    return {
        "days": days,
        "prices_as_of": prices.as_of,
        "prices_region": prices.region,
        "idle_month": {"dollars": sum(line.dollars for line in idle), "lines": [_idle(line) for line in idle]},
        "used": {"dollars": sum(line["dollars"] for line in lines), "lines": lines},
        "published": usage.published,
        "dollars_per_post": _each(usage.posts, usage.published, prices),
        "sent": usage.sent,
        "dollars_per_thousand_mails": _each(usage.mails, usage.sent / 1_000, prices),
    }


def cost_text(account: Mapping[str, Any]) -> list[str]:
    """Return ACCOUNT as lines for people."""
    return [
        f"Idle, it costs {account['idle_month']['dollars']:.2f} dollars a month: "
        + (", ".join(f"{line['units']:,.0f} {line['name']}" for line in account["idle_month"]["lines"]) or "nothing"),
        "Used:",
        *(
            f"  {line['units']:>14,.2f}  {line['unit']:<48}  {line['dollars']:>9.4f} dollars"
            for line in account["used"]["lines"]
        ),
        f"  {'':>14}  {'total, after the always-free amounts':<48}  {account['used']['dollars']:>9.4f} dollars",
        _rate("A post", account["dollars_per_post"], f"{account['published']:.0f} published"),
        _rate("A thousand mails", account["dollars_per_thousand_mails"], f"{account['sent']:.0f} sent"),
        f"List prices of {account['prices_region']}, noted as of {account['prices_as_of']}, without tax.",
        "They have not been checked since then: compare them with AWS's price pages. Only AWS's bill is exact.",
    ]


def _rate(what: str, dollars: float | None, count: str) -> str:
    return (
        f"{what}: {dollars:.5f} dollars ({count}; nothing counted as free)."
        if dollars is not None
        else (f"{what}: no figure, because there was none in this period.")
    )


def _line(name: str, units: float, prices: PriceList, days: int) -> dict[str, Any]:
    price = prices[name]
    dollars = max(0.0, units - price.free * days / MONTH) / price.per * price.price
    return {
        "name": name,
        "unit": price.unit,
        "units": units,
        "dollars": dollars,
        "list_price": price.of(units, free=False),
        "source": price.source,
    }


def _idle(line: CostLine) -> dict[str, Any]:
    return {"name": line.name, "units": line.units, "dollars": line.dollars, "list_price": line.list_price}


def _each(units: Counter[str], number: float, prices: PriceList) -> float | None:
    """Return the list price of UNITS for each of NUMBER, None if there is none."""
    whole = sum(prices[name].of(amount, free=False) for name, amount in units.items())
    return whole / number if number else None
