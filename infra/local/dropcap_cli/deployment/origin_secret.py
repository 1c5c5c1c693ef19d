"""The secret that CloudFront sends to the API: drawn at random, and rotated over three deployments.

The API accepts only requests with a secret that it knows; which one CloudFront sends changes in minutes. So the API
always knows the next one first: see infra/decisions/0040-origin-secret.md.

Each step starts from the secrets in use, which live_stack.py reads from the deployed resources, and not from a file:
see infra/decisions/0087-secrets-in-use.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from dropcap_local.usage_error import UsageError

SENT, ACCEPTED = "OriginSecret", "OriginSecretsAccepted"
PARAMETERS: Final = frozenset({SENT, ACCEPTED})
RIGHTS: Final = "lambda:GetFunctionConfiguration and cloudfront:GetDistributionConfig"
"""What reading the secrets in use needs."""


@dataclass(frozen=True, slots=True)
class OriginSecrets:
    """The secret that is SENT, empty for none, and those that are ACCEPTED; if there are none, every request is."""

    sent: str
    accepted: tuple[str, ...]

    @property
    def parameters(self) -> dict[str, str]:
        """Return the parameters of the template for them."""
        return {SENT: self.sent, ACCEPTED: " ".join(self.accepted)}


def first_secrets(draw: Callable[[], str]) -> OriginSecrets:
    """Return the secrets of an API that is created: it demands its secret at once, since nobody has used it yet."""
    secret = draw()
    return OriginSecrets(secret, (secret,))


def next_secrets(live: OriginSecrets, draw: Callable[[], str], *, rotate: bool) -> OriginSecrets:
    """Return the secrets after LIVE; ROTATE asks for a new one.

    A request is never refused during the deployment, whether CloudFront or the API changes first: what is sent before
    is accepted after it, and what is sent after it was accepted before. So a repeated or abandoned step is harmless.
    """
    if not live.sent:  # the CDN must send a secret before the API demands it
        return OriginSecrets(live.accepted[-1] if live.accepted else draw(), live.accepted)
    if rotate:
        return OriginSecrets(live.sent, (live.sent, draw()))
    if live.accepted and live.accepted[-1] != live.sent:
        return OriginSecrets(live.accepted[-1], (live.sent, live.accepted[-1]))
    return OriginSecrets(live.sent, (live.sent,))


def check_not_set(values: Mapping[str, str]) -> None:
    """Raise UsageError if VALUES of the command line set a secret: in one step, the API would refuse requests."""
    for name in PARAMETERS & values.keys():
        raise UsageError(
            f"{name} is set by `dropcap deploy`, in steps that refuse no request. Leave it out; "
            "--rotate-origin-secret draws a new secret."
        )


def unreadable(stack: str, *, rotate: bool) -> str:
    """Return the note that the secrets of STACK stay as they are, since AWS did not show them.

    Raise UsageError if they were to be rotated: the next step depends on them.
    """
    if rotate:
        raise UsageError(
            f"The origin secret of {stack} cannot be rotated, because AWS did not show the one in use. "
            f"Deploy with credentials that may call {RIGHTS}."
        )
    return f"The origin secret stays as it is: AWS did not show it. A rotation needs the rights {RIGHTS}."
