"""The deployed stack, as far as the next deployment depends on it, whatever this checkout has saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from dropcap_cli.deployment.account import AwsAccount
from dropcap_cli.deployment.origin_secret import PARAMETERS, OriginSecrets
from dropcap_cli.remote.stack_resources import StackResource, resources_of

API_FUNCTION: Final = "SubscribeFunction"
DISTRIBUTION: Final = "AWS::CloudFront::Distribution"
IDENTITY: Final = "AWS::SES::EmailIdentity"
SECRET_HEADER: Final = "x-origin-secret"  # noqa: S105  # the name of a header


@dataclass(frozen=True, slots=True)
class LiveStack:
    """A deployed stack; without arguments, one that does not exist yet.

    PARAMETERS are those that CloudFormation shows, IDENTITIES the mail domains whose identity it manages. HAS_API says
    that it has an API to send secrets to; SECRETS are then those in use, None if AWS did not show them.
    """

    parameters: Mapping[str, str] = field(default_factory=dict)
    identities: frozenset[str] = frozenset()
    has_api: bool = False
    secrets: OriginSecrets | None = None


def live_stack(target: AwsAccount, name: str) -> LiveStack:
    """Return the deployed stack NAME; raise UsageError if CloudFormation refuses."""
    description = target.stack(name) or {}
    resources = [
        resource for resource in resources_of(target.client("cloudformation"), name) if not resource.is_released
    ]
    shown = {entry["ParameterKey"]: entry["ParameterValue"] for entry in description.get("Parameters", ())}
    function = _name_of(resources, "AWS::Lambda::Function", API_FUNCTION)
    return LiveStack(
        {key: value for key, value in shown.items() if key not in PARAMETERS},  # those are masked with asterisks
        frozenset(resource.name for resource in resources if resource.kind == IDENTITY),
        bool(function),
        _secrets(target, function, _name_of(resources, DISTRIBUTION)) if function else None,
    )


def _name_of(resources: Sequence[StackResource], kind: str, logical_id: str = "") -> str:
    """Return the name of the first resource of this KIND, and with this LOGICAL_ID if it is given; empty if none is."""
    names = (
        resource.name for resource in resources if resource.kind == kind and logical_id in {"", resource.logical_id}
    )
    return next(names, "")


def _secrets(target: AwsAccount, function: str, distribution: str) -> OriginSecrets | None:
    """Return the secrets in use: CloudFormation masks its parameters, but the resources have them."""
    if not distribution:
        return None
    try:
        environment = target.client("lambda").get_function_configuration(FunctionName=function).get("Environment", {})
        config = target.client("cloudfront").get_distribution_config(Id=distribution)["DistributionConfig"]
    except (BotoCoreError, ClientError):
        return None
    if "Error" in environment:  # its key refuses to decrypt it
        return None
    accepted = str(environment.get("Variables", {}).get("ORIGIN_SECRETS", ""))
    return OriginSecrets(_sent(config), tuple(accepted.split()))


def _sent(config: Mapping[str, Any]) -> str:
    """Return the secret in a distribution's configuration; empty if it has none."""
    headers = (
        header
        for origin in config["Origins"]["Items"]
        for header in origin.get("CustomHeaders", {}).get("Items", ())
        if header["HeaderName"].lower() == SECRET_HEADER
    )
    return next((str(header["HeaderValue"]) for header in headers), "")
