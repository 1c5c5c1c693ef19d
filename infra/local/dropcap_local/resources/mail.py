"""Resources of SES: identity, configuration set, and the destination of its events."""

from dropcap_local.resources.resource import CreatedResource, ResourceRequest


def configuration_set(request: ResourceRequest) -> CreatedResource:
    """Make a configuration set."""
    name = request.properties.get("Name", request.name)
    request.client("sesv2").create_configuration_set(ConfigurationSetName=name)
    return CreatedResource(name)


def event_destination(request: ResourceRequest) -> CreatedResource:
    """Make an event destination, through the first version of the SES API, the only one in which moto stores it."""
    destination = request.properties["EventDestination"]
    destination = {
        "Name": destination.get("Name", request.name),
        "Enabled": destination["Enabled"],
        "MatchingEventTypes": [_camel(kind) for kind in destination["MatchingEventTypes"]],
        "SNSDestination": destination["SnsDestination"],
    }
    request.client("ses").create_configuration_set_event_destination(
        ConfigurationSetName=request.properties["ConfigurationSetName"], EventDestination=destination
    )
    return CreatedResource(destination["Name"], {"Id": destination["Name"]})


def _camel(kind: str) -> str:
    """Return `deliveryDelay` for `DELIVERY_DELAY`; both spellings are CloudFormation's."""
    first, *rest = kind.lower().split("_") if kind.isupper() else [kind]
    return first + "".join(word.title() for word in rest)


def identity(request: ResourceRequest) -> CreatedResource:
    """Make an identity, which moto treats as verified."""
    name = request.properties["EmailIdentity"]
    request.client("sesv2").create_email_identity(EmailIdentity=name)
    return CreatedResource(name, {"*": f"dkim.{name}"})
