"""Metrics that functions write to their standard output, read as CloudWatch Logs reads the embedded metric format.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from typing import Any


@dataclass(frozen=True, slots=True)
class EmittedMetric:
    """One value of a metric. DIMENSIONS has their names and values."""

    namespace: str
    name: str
    unit: str
    value: float
    dimensions: dict[str, str]


class EmittedMetrics:
    """Everything that functions wrote since the block began."""

    def __init__(self, stream: StringIO) -> None:
        self._stream = stream

    def all(self) -> list[EmittedMetric]:
        """Return every value, in order."""
        lines = (line for line in self._stream.getvalue().splitlines() if line.startswith('{"_aws"'))
        return [metric for line in lines for metric in _metrics(json.loads(line))]

    def values(self, name: str) -> list[float]:
        """Return the values of the metric NAME, in order."""
        return [metric.value for metric in self.all() if metric.name == name]

    def forget(self) -> None:
        """Forget earlier values, as the next period of an alarm does."""
        self._stream.seek(0)
        self._stream.truncate()


def _metrics(line: dict[str, Any]) -> Iterator[EmittedMetric]:
    for directive in line["_aws"]["CloudWatchMetrics"]:
        for names in directive["Dimensions"]:
            dimensions = {name: line[name] for name in names}
            for metric in directive["Metrics"]:
                written = line[metric["Name"]]
                for value in written if isinstance(written, list) else [written]:
                    yield EmittedMetric(directive["Namespace"], metric["Name"], metric["Unit"], value, dimensions)


@contextmanager
def emitted_metrics() -> Iterator[EmittedMetrics]:
    """Collect the metrics that functions write in this block."""
    stream = StringIO()
    with redirect_stdout(stream):
        yield EmittedMetrics(stream)
