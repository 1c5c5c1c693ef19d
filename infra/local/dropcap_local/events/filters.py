"""Filter criteria of event source mappings: which records a function never sees.

https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html; of its rules those for text and existence.
"""

from collections.abc import Mapping, Sequence
from typing import Any

MISSING = object()


def passes(record: object, patterns: Sequence[Mapping[str, object]]) -> bool:
    """Return whether RECORD matches any of PATTERNS; no pattern at all lets everything through."""
    return not patterns or any(_matches(record, pattern) for pattern in patterns)


def _matches(value: object, pattern: object) -> bool:
    if isinstance(pattern, Mapping):
        members = value if isinstance(value, Mapping) else {}
        return all(_matches(members.get(name, MISSING), rule) for name, rule in pattern.items())
    if isinstance(pattern, list):
        return any(_obeys(value, rule) for rule in pattern)
    message = f"a filter pattern has objects and lists, not {pattern!r}"
    raise TypeError(message)


def _obeys(value: object, rule: Any) -> bool:  # noqa: ANN401  # any JSON
    if not isinstance(rule, Mapping):
        return bool(value == rule)
    ((name, operand),) = rule.items()
    if name == "exists":
        return (value is not MISSING) is operand
    if name == "anything-but":
        return value is not MISSING and value not in operand
    if name in {"prefix", "suffix"}:
        starts_or_ends = str.startswith if name == "prefix" else str.endswith
        return isinstance(value, str) and starts_or_ends(value, str(operand))
    message = f"the local cloud knows no filter rule {name!r}"
    raise ValueError(message)
