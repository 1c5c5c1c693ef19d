"""What SES needs to send, and where it reports."""

from dropcap_local.resources.resource import Made, Wanted


def configuration_set(wanted: Wanted) -> Made:
    """Make a configuration set."""
    name = wanted.properties.get("Name", wanted.name)
    wanted.client("sesv2").create_configuration_set(ConfigurationSetName=name)
    return Made(name)


def event_destination(wanted: Wanted) -> Made:
    """Through the first version of the SES API, the only one whose event destinations moto keeps."""
    given = wanted.properties["EventDestination"]
    destination = {
        "Name": given.get("Name", wanted.name),
        "Enabled": given["Enabled"],
        "MatchingEventTypes": [_camel(kind) for kind in given["MatchingEventTypes"]],
        "SNSDestination": given["SnsDestination"],
    }
    wanted.client("ses").create_configuration_set_event_destination(
        ConfigurationSetName=wanted.properties["ConfigurationSetName"], EventDestination=destination
    )
    return Made(destination["Name"], {"Id": destination["Name"]})


def _camel(kind: str) -> str:
    """Return `deliveryDelay` for `DELIVERY_DELAY`; both spellings are CloudFormation's."""
    first, *rest = kind.lower().split("_") if kind.isupper() else [kind]
    return first + "".join(word.title() for word in rest)


def identity(wanted: Wanted) -> Made:
    """Make a sender; moto takes every identity for verified."""
    name = wanted.properties["EmailIdentity"]
    wanted.client("sesv2").create_email_identity(EmailIdentity=name)
    return Made(name, {"*": f"dkim.{name}"})
