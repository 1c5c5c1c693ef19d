"""What readers meet: functions, the HTTP API, the CDN. Only the CDN is in moto, to be told what to forget."""

from dropcap_local.resources.resource import Made, Wanted


def distribution(wanted: Wanted) -> Made:
    """Make a distribution to invalidate; what it answers is the local edge's business."""
    given = wanted.properties["DistributionConfig"]
    origins = [{"Id": origin["Id"], "DomainName": origin["DomainName"]} for origin in given["Origins"]]
    behaviour = given["DefaultCacheBehavior"]
    configuration = {
        "CallerReference": wanted.name,
        "Comment": given.get("Comment", ""),
        "Enabled": given["Enabled"],
        "Origins": {"Quantity": len(origins), "Items": origins},
        "DefaultCacheBehavior": {key: behaviour[key] for key in ("TargetOriginId", "ViewerProtocolPolicy")},
    }
    made = wanted.client("cloudfront").create_distribution(DistributionConfig=configuration)["Distribution"]
    return Made(made["Id"], {"Id": made["Id"], "DomainName": made["DomainName"]})


def function(wanted: Wanted) -> Made:
    """Name a function; its code is imported from where it is."""
    name = wanted.properties.get("FunctionName", wanted.name)
    return Made(name, {"Arn": wanted.arn("lambda", f"function:{name}")})


def api(wanted: Wanted) -> Made:
    """Name an HTTP API."""
    name = wanted.name.lower()
    return Made(name, {"ApiId": name, "ApiEndpoint": f"https://{name}.execute-api.{wanted.region}.amazonaws.com"})
