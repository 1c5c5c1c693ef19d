"""Whether the stack creates SES's identity for the sender's domain, or uses one that exists already."""

from collections.abc import Callable, Mapping
from typing import Final

from dropcap_cli.deployment.live_stack import LiveStack

MAIL_IDENTITY: Final = "MailIdentity"
CREATE, EXISTING = "create", "existing"


def domain_of(sender: str) -> str:
    """Return the domain of the address SENDER; empty without one."""
    return sender.partition("@")[2]


def mail_identity(live: LiveStack, values: Mapping[str, str], domain: str, has_identity: Callable[[str], bool]) -> str:
    """Return the parameter MailIdentity for a sender at DOMAIN; HAS_IDENTITY asks SES. VALUES are the saved answers.

    An identity outlives its stack and a stack's newsletter (RetainExceptOnCreate), and CloudFormation fails to create
    one that SES has. So SES is asked unless the identity belongs to the live stack, which must go on to create it: with
    `existing`, CloudFormation would let go of it.

    A former `existing` stays, unless the stack sends from another domain now: the identity may be that of a parent
    domain or of one address, which SES does not find under DOMAIN.
    """
    if domain in live.identities:
        return CREATE
    former = domain_of(live.parameters.get("MailFrom", ""))
    if EXISTING in {values.get(MAIL_IDENTITY), live.parameters.get(MAIL_IDENTITY)} and former in {"", domain}:
        return EXISTING
    return EXISTING if has_identity(domain) else CREATE
