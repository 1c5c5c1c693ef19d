"""A distribution as plain values, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from dropcap_local.edge.distribution import Behaviour, CachePolicy, Distribution, ErrorPage, HeadersPolicy


def plain_distribution(distribution: Distribution) -> dict[str, Any]:
    """Return DISTRIBUTION as plain values."""
    return asdict(distribution)


def distribution_from(values: Mapping[str, Any]) -> Distribution:
    """Return the distribution whose plain VALUES were saved."""
    return Distribution(
        id=values["id"],
        behaviours=tuple(_behaviour(behaviour) for behaviour in values["behaviours"]),
        errors={status: ErrorPage(**page) for status, page in values["errors"].items()},
        tags_in=values["tags_in"],
    )


def _behaviour(values: Mapping[str, Any]) -> Behaviour:
    policies = {"cache": CachePolicy(**values["cache"]), "headers": HeadersPolicy(**values["headers"])}
    return Behaviour(**{**values, **policies})
