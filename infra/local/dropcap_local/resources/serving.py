"""Functions, the HTTP API and the CDN. Only the CDN is created in moto, for its invalidations."""

from moto.cloudfront.models import cloudfront_backends

from dropcap_local.clients import ACCOUNT
from dropcap_local.resources.resource import CreatedResource, ResourceRequest


def distribution(request: ResourceRequest) -> CreatedResource:
    """Make a distribution for invalidations; the local edge answers requests."""
    config = request.properties["DistributionConfig"]
    origins = [{"Id": origin["Id"], "DomainName": origin["DomainName"]} for origin in config["Origins"]]
    behaviour = config["DefaultCacheBehavior"]
    configuration = {
        "CallerReference": request.name,
        "Comment": config.get("Comment", ""),
        "Enabled": config["Enabled"],
        "Origins": {"Quantity": len(origins), "Items": origins},
        "DefaultCacheBehavior": {key: behaviour[key] for key in ("TargetOriginId", "ViewerProtocolPolicy")},
    }
    created, _, _ = cloudfront_backends[ACCOUNT]["aws"].create_distribution(configuration, [])
    name = created.distribution_id
    return CreatedResource(name, {"Id": name, "DomainName": created.domain_name})


def function(request: ResourceRequest) -> CreatedResource:
    """Return the names of a function; its code is imported from its folder."""
    name = request.properties.get("FunctionName", request.name)
    return CreatedResource(name, {"Arn": request.arn("lambda", f"function:{name}")})


def api(request: ResourceRequest) -> CreatedResource:
    """Return the names of an HTTP API."""
    name = request.name.lower()
    return CreatedResource(
        name, {"ApiId": name, "ApiEndpoint": f"https://{name}.execute-api.{request.region}.amazonaws.com"}
    )
