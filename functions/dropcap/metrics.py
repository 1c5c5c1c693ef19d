"""Metrics in CloudWatch's embedded metric format: a line of the log, from which CloudWatch Logs makes a metric."""

import os

from dropcap.observability import METRICS_NAMESPACE

COUNT, SECONDS, PERCENT = "Count", "Seconds", "Percent"
"""Units of CloudWatch."""


def emit_metric(name: str, value: float, unit: str = COUNT) -> None:
    """Write VALUE of the metric NAME, a constant of `observability`; its dimension is the stack's name."""
    # Importing the module takes 50 ms of a cold start, and most invocations write no metric.
    from aws_lambda_powertools.metrics import MetricUnit, single_metric  # noqa: PLC0415

    service = os.environ.get("POWERTOOLS_SERVICE_NAME", "dropcap")
    with single_metric(
        name, MetricUnit(unit), value, namespace=METRICS_NAMESPACE, default_dimensions={"service": service}
    ):
        pass
