"""How long an answer is kept: its own Cache-Control within the policy's bounds, an error by its least time.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
"""

from dropcap_local.edge.distribution import CachePolicy

ALWAYS_KEPT = frozenset({404, 410, 414, 500, 501, 502, 503, 504})
"""Errors that are kept for their least time whatever they say; others only if their Cache-Control names a time."""
OBEYING = frozenset({404, 410, 414, 501})
"""Errors that are not kept if they say so."""
UNKEPT = frozenset({"no-store", "no-cache", "private"})


def lifetime(cache_control: str | None, policy: CachePolicy) -> int:
    """Return the seconds for which an answer with CACHE_CONTROL is kept under POLICY."""
    told = _directives(cache_control)
    if UNKEPT & told.keys():
        return policy.minimum
    named = _named(told)
    return min(max(policy.default if named is None else named, policy.minimum), policy.maximum)


def error_lifetime(status: int, cache_control: str | None, least: int, policy: CachePolicy) -> int:
    """Return the seconds for which an error of STATUS is kept, whose LEAST time the distribution names."""
    told = _directives(cache_control)
    named = _named(told)
    if named is not None:
        return max(least, min(named, policy.maximum))
    kept = status in ALWAYS_KEPT and not (status in OBEYING and UNKEPT & told.keys())
    return least if kept else 0


def _named(told: dict[str, str]) -> int | None:
    """Return the seconds that the directives name, those for shared caches first."""
    return next((int(told[name]) for name in ("s-maxage", "max-age") if told.get(name, "").isdecimal()), None)


def _directives(cache_control: str | None) -> dict[str, str]:
    pairs = (part.strip().lower().partition("=") for part in (cache_control or "").split(","))
    return {name: value for name, _, value in pairs}
