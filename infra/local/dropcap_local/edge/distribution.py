"""A CloudFront distribution as the template describes it: plain values, and the reading of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Final

from dropcap_local.deploy.template_error import TemplateError

if TYPE_CHECKING:
    from dropcap_local.resources.resource import CreatedResource, ResourceRequest

JSON = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CachePolicy:
    """How long responses are cached, in seconds, and the parts of a request that form the cache key."""

    minimum: int
    default: int
    maximum: int
    gzip: bool = False
    query: bool = False


@dataclass(frozen=True, slots=True)
class HeadersPolicy:
    """Headers, in lower case, added to every response even if the origin sends others, and headers removed from it."""

    added: Mapping[str, str]
    removed: frozenset[str]
    missing: Mapping[str, str] = field(default_factory=dict)
    """Headers without `Override`: added only to answers that do not have them."""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """The cache behaviour for paths like PATTERN. BUCKET is the origin's, None if that is the HTTP API."""

    pattern: str
    bucket: str | None
    methods: frozenset[str]
    compress: bool
    cache: CachePolicy
    headers: HeadersPolicy
    on_request: str | None
    on_response: str | None

    def fits(self, path: str) -> bool:
        """Return whether the behaviour applies to requests for PATH."""
        return fnmatchcase(path, "/" + self.pattern.removeprefix("/"))


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """The response for an error of an origin: the object at PATH with STATUS (None: the origin's own), kept for TTL."""

    ttl: int
    status: int | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Distribution:
    """The CDN. TAGS_IN is the header in which an object names its cache tags; the default behaviour comes last."""

    id: str
    behaviours: tuple[Behaviour, ...]
    errors: Mapping[int, ErrorPage]
    tags_in: str

    def behaviour(self, path: str) -> Behaviour:
        """Return the first behaviour that applies to requests for PATH."""
        return next(behaviour for behaviour in self.behaviours if behaviour.fits(path))


MANAGED: Final[Mapping[str, CachePolicy]] = {"4135ea2d-6df8-44a3-9df3-4b5a84be39ad": CachePolicy(0, 0, 0)}
"""AWS's own cache policies that the template names: CachingDisabled."""
NOTHING: Final = HeadersPolicy({}, frozenset())


def distribution_of(resources: "Iterable[tuple[ResourceRequest, CreatedResource]]") -> Distribution | None:
    """Read the distribution among the deployed RESOURCES; None if there is none."""
    kinds: dict[str, dict[str, JSON]] = {}
    for request, created in resources:
        kinds.setdefault(request.type.removeprefix("AWS::CloudFront::"), {})[created.ref] = request.properties
    distributions = kinds.get("Distribution", {})
    return next(
        (_distribution(name, properties["DistributionConfig"], kinds) for name, properties in distributions.items()),
        None,
    )


def _distribution(name: str, config: JSON, kinds: Mapping[str, Mapping[str, JSON]]) -> Distribution:
    behaviours = [*config.get("CacheBehaviors", ()), {"PathPattern": "*", **config["DefaultCacheBehavior"]}]
    buckets = {origin["Id"]: _bucket(origin) for origin in config["Origins"]}
    return Distribution(
        id=name,
        behaviours=tuple(
            _behaviour(behaviour, buckets[behaviour["TargetOriginId"]], kinds) for behaviour in behaviours
        ),
        errors={
            int(response["ErrorCode"]): _error_page(response) for response in config.get("CustomErrorResponses", ())
        },
        tags_in=config.get("CacheTagConfig", {}).get("HeaderName", "").lower(),
    )


def _bucket(origin: JSON) -> str | None:
    """Return the name of the bucket that ORIGIN is, if it is one."""
    return str(origin["DomainName"]).split(".s3.")[0] if "S3OriginConfig" in origin else None


def _error_page(response: JSON) -> ErrorPage:
    status = response.get("ResponseCode")
    return ErrorPage(
        int(response.get("ErrorCachingMinTTL", 10)), int(status) if status else None, response.get("ResponsePagePath")
    )


def _behaviour(config: JSON, bucket: str | None, kinds: Mapping[str, Mapping[str, JSON]]) -> Behaviour:
    functions = {
        association["EventType"]: association["FunctionARN"] for association in config.get("FunctionAssociations", ())
    }
    code = {when: kinds["Function"][name]["FunctionCode"] for when, name in functions.items()}
    policy = kinds.get("ResponseHeadersPolicy", {}).get(config.get("ResponseHeadersPolicyId", ""))
    return Behaviour(
        pattern=config["PathPattern"],
        bucket=bucket,
        methods=frozenset(config.get("AllowedMethods", ("GET", "HEAD"))),
        compress=bool(config.get("Compress", False)),
        cache=_cache_policy(config["CachePolicyId"], kinds.get("CachePolicy", {})),
        headers=_headers_policy(policy["ResponseHeadersPolicyConfig"]) if policy else NOTHING,
        on_request=code.get("viewer-request"),
        on_response=code.get("viewer-response"),
    )


def _cache_policy(name: str, policies: Mapping[str, JSON]) -> CachePolicy:
    if name in MANAGED:
        return MANAGED[name]
    if name not in policies:
        raise TemplateError(f"The local edge does not know the cache policy {name}: see {__name__}.")
    config = policies[name]["CachePolicyConfig"]
    keyed = config["ParametersInCacheKeyAndForwardedToOrigin"]
    others = (keyed["CookiesConfig"]["CookieBehavior"], keyed["HeadersConfig"]["HeaderBehavior"])
    query = keyed["QueryStringsConfig"]["QueryStringBehavior"]
    if others != ("none", "none") or query not in {"none", "all"}:
        raise TemplateError(f"The local edge keys its cache by path and whole query only: see {__name__}.")
    return CachePolicy(
        int(config["MinTTL"]),
        int(config["DefaultTTL"]),
        int(config["MaxTTL"]),
        bool(keyed.get("EnableAcceptEncodingGzip", False)),
        query == "all",
    )


def _headers_policy(config: JSON) -> HeadersPolicy:
    removed = config.get("RemoveHeadersConfig", {}).get("Items", ())
    return HeadersPolicy(
        dict(_added(config, override=True)),
        frozenset(header["Header"].lower() for header in removed),
        dict(_added(config, override=False)),
    )


def _added(config: JSON, *, override: bool) -> Iterator[tuple[str, str]]:
    """Return the headers that a policy adds, those with or those without OVERRIDE."""
    security = config.get("SecurityHeadersConfig", {})
    for kind, settings in security.items():
        if bool(settings["Override"]) is override:
            yield _SECURITY[kind](settings)
    for header in config.get("CustomHeadersConfig", {}).get("Items", ()):
        if bool(header["Override"]) is override:
            yield header["Header"].lower(), str(header["Value"])


def _transport(settings: JSON) -> tuple[str, str]:
    more = [("; includeSubDomains", "IncludeSubdomains"), ("; preload", "Preload")]
    value = f"max-age={settings['AccessControlMaxAgeSec']}" + "".join(word for word, name in more if settings.get(name))
    return "strict-transport-security", value


_SECURITY: Final[Mapping[str, Callable[[JSON], tuple[str, str]]]] = {
    "ContentSecurityPolicy": lambda policy: ("content-security-policy", policy["ContentSecurityPolicy"]),
    "StrictTransportSecurity": _transport,
    "ContentTypeOptions": lambda _: ("x-content-type-options", "nosniff"),
    "ReferrerPolicy": lambda policy: ("referrer-policy", policy["ReferrerPolicy"]),
    "FrameOptions": lambda policy: ("x-frame-options", policy["FrameOption"]),
}
