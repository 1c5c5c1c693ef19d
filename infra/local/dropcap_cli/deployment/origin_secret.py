"""The secret that CloudFront sends to the API: drawn at random, and rotated over three deployments.

The API accepts only requests with a secret that it knows; which one CloudFront sends changes in minutes. So the API
always knows the next one first: see infra/decisions/0040-origin-secret.md.
"""

from collections.abc import Callable, Mapping

SENT, ACCEPTED = "OriginSecret", "OriginSecretsAccepted"


def with_origin_secret(
    values: Mapping[str, str], draw: Callable[[], str], *, exists: bool, rotate: bool
) -> dict[str, str]:
    """Return the parameters VALUES with the secrets of this deployment; a stack without a newsletter has none.

    EXISTS says that the stack is deployed already, ROTATE asks for a new secret.
    """
    if not values.get("MailFrom"):
        return dict(values)
    sent, accepted = values.get(SENT, ""), values.get(ACCEPTED, "").split()
    if not sent:
        sent = draw()
        accepted = [] if exists else [sent]  # the CDN of a stack that exists must send it before the API demands it
    elif rotate:
        accepted = [sent, draw()]
    elif accepted and accepted[-1] != sent:
        sent, accepted = accepted[-1], [sent, accepted[-1]]
    else:
        accepted = [sent]
    return {**values, SENT: sent, ACCEPTED: " ".join(accepted)}
