"""How long an answer is kept: its own Cache-Control within the policy's bounds, an error by its least time.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
"""

from dropcap_local.edge.distribution import CachePolicy

ALWAYS_CACHED = frozenset({404, 410, 414, 500, 501, 502, 503, 504})
"""Errors that are kept for their least time whatever they say; others only if their Cache-Control names a time."""
CACHED_UNLESS_FORBIDDEN = frozenset({404, 410, 414, 501})
"""Errors that are not kept if they say so."""
NEVER_CACHED = frozenset({"no-store", "no-cache", "private"})


def lifetime(cache_control: str | None, policy: CachePolicy) -> int:
    """Return the seconds for which an answer with CACHE_CONTROL is kept under POLICY."""
    directives = _directives(cache_control)
    if NEVER_CACHED & directives.keys():
        return policy.minimum
    seconds = _named(directives)
    return min(max(policy.default if seconds is None else seconds, policy.minimum), policy.maximum)


def error_lifetime(status: int, cache_control: str | None, least: int, policy: CachePolicy) -> int:
    """Return the seconds for which an error of STATUS is kept, whose LEAST time the distribution names."""
    directives = _directives(cache_control)
    seconds = _named(directives)
    if seconds is not None:
        return max(least, min(seconds, policy.maximum))
    is_kept = status in ALWAYS_CACHED and not (status in CACHED_UNLESS_FORBIDDEN and NEVER_CACHED & directives.keys())
    return least if is_kept else 0


def _named(directives: dict[str, str]) -> int | None:
    """Return the seconds that the directives name, those for shared caches first."""
    return next(
        (int(directives[name]) for name in ("s-maxage", "max-age") if directives.get(name, "").isdecimal()), None
    )


def _directives(cache_control: str | None) -> dict[str, str]:
    pairs = (part.strip().lower().partition("=") for part in (cache_control or "").split(","))
    return {name: value for name, _, value in pairs}
