"""Resources of SES: identity, configuration set, and the destination of its events."""

from typing import Any

from moto.ses.models import SESBackend, ses_backends

from dropcap_local.clients import ACCOUNT
from dropcap_local.resources.resource import CreatedResource, ResourceRequest


def configuration_set(request: ResourceRequest) -> CreatedResource:
    """Make a configuration set."""
    name = request.properties.get("Name", request.name)
    unset: dict[str, Any] = dict.fromkeys(_OPTIONS)
    _backend(request).create_configuration_set_v2(name, **unset)
    return CreatedResource(name)


def event_destination(request: ResourceRequest) -> CreatedResource:
    """Make an event destination, with the names of the first version of the SES API, as moto stores it."""
    destination = request.properties["EventDestination"]
    destination = {
        "Name": destination.get("Name", request.name),
        "Enabled": destination["Enabled"],
        "MatchingEventTypes": [_camel(kind) for kind in destination["MatchingEventTypes"]],
        "SNSDestination": destination["SnsDestination"],
    }
    name = request.properties["ConfigurationSetName"]
    _backend(request).create_configuration_set_event_destination(name, destination)
    return CreatedResource(destination["Name"], {"Id": destination["Name"]})


def _camel(kind: str) -> str:
    """Return `deliveryDelay` for `DELIVERY_DELAY`; both spellings are CloudFormation's."""
    first, *rest = kind.lower().split("_") if kind.isupper() else [kind]
    return first + "".join(word.title() for word in rest)


def identity(request: ResourceRequest) -> CreatedResource:
    """Make an identity that is verified at once."""
    name = request.properties["EmailIdentity"]
    _backend(request).create_email_identity_v2(name, None, None, None).verified_for_sending_status = True
    return CreatedResource(name, {"*": f"dkim.{name}"})


_OPTIONS = (
    "tracking_options", "delivery_options", "reputation_options", "sending_options", "tags", "suppression_options",
    "vdm_options",
)  # fmt: skip
"""The options of a configuration set, none of which has a local meaning."""


def _backend(request: ResourceRequest) -> SESBackend:
    """Return SES in the region of REQUEST; moto keeps both versions of its API in one."""
    return ses_backends[ACCOUNT][request.region]
