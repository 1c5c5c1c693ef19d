"""The mail domain: its identity in SES, and the DNS records that mailbox providers require."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from dropcap_cli.deployment.dns_records import dns_records
from dropcap_cli.diagnosis.dns import normalised
from dropcap_cli.diagnosis.results import CheckResult
from dropcap_cli.diagnosis.subject import Subject

OWN_KEY: Final = "EXTERNAL"
"""The origin of a DKIM key that the owner of the domain made (BYODKIM). Others are made by SES, of any region."""
USUAL_ZONE: Final = "dkim.amazonses.com"
"""The zone with the public keys of SES, where the identity names none; some regions have another."""


def check_identity(subject: Subject) -> Iterator[CheckResult]:
    """Check that SES has verified the sender's domain; before the first deployment it need not exist."""
    domain = subject.mail_domain
    if not domain:
        return
    client = subject.account.client("sesv2")
    try:
        identity = client.get_email_identity(EmailIdentity=domain)
    except client.exceptions.NotFoundException:
        if subject.description is not None or subject.parameters.get("MailIdentity") == "existing":
            yield CheckResult(
                "mail identity",
                "error",
                f"SES has no identity for {domain}, so no mail can be sent.",
                "Deploy with --set MailIdentity=create.",
            )
        return
    if identity.get("VerifiedForSendingStatus"):
        yield CheckResult("mail identity", "ok", f"SES has verified {domain}.")
        return
    status = identity.get("DkimAttributes", {}).get("Status", "unknown")
    yield CheckResult(
        "mail identity",
        "error",
        f"SES has not verified {domain} (DKIM: {status}), so no mail can be sent.",
        "Create the DNS records that are reported below, then wait up to 72 hours.",
    )


def check_mail_records(subject: Subject) -> Iterator[CheckResult]:
    """Check each DNS record that SES and mailbox providers require."""
    domain = subject.mail_domain
    if not domain or subject.description is None:
        return
    records = list(dns_records(subject.outputs.get("DnsRecords", "")))
    if not records:  # the identity existed before the stack
        identity = subject.account.client("sesv2").get_email_identity(EmailIdentity=domain)
        dkim = identity.get("DkimAttributes", {})
        if dkim.get("SigningAttributesOrigin") == OWN_KEY:
            yield _unchecked(domain, dkim)
        records = [*_dkim_records(domain, dkim), (f"_dmarc.{domain}", "TXT", "v=DMARC1; p=none")]
    missing = 0
    for name, kind, value in records:
        values = subject.look_up(name, kind)
        if _is_there(value, values):
            continue
        missing += 1
        existing = f" It is {values[0]} now." if values else ""
        yield CheckResult(
            "mail records",
            "error",
            f"The DNS record {name} {kind} is {'wrong' if values else 'missing'}.{existing}",
            f"Create it at your DNS provider: {name} {kind} {value}",
        )
    if not missing:
        yield CheckResult("mail records", "ok", f"The DNS records of {domain} are correct.")


def _dkim_records(domain: str, dkim: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield (name, type, value) of the records that lead to SES's keys for DOMAIN; none if the key is its owner's."""
    if dkim.get("SigningAttributesOrigin") == OWN_KEY:  # then the only token is the selector of a TXT record
        return
    zone = dkim.get("SigningHostedZone") or USUAL_ZONE
    for token in dkim.get("Tokens", ()):
        yield f"{token}._domainkey.{domain}", "CNAME", f"{token}.{zone}"


def _unchecked(domain: str, dkim: Mapping[str, Any]) -> CheckResult:
    """Return that the DKIM record of DOMAIN, which has its owner's key, is not checked."""
    names = ", ".join(f"{selector}._domainkey.{domain}" for selector in dkim.get("Tokens", ()))
    return CheckResult(
        "mail records",
        "note",
        f"{domain} signs with a DKIM key of its own (BYODKIM), whose DNS record is not checked here.",
        f"SES's status of DKIM is {dkim.get('Status', 'unknown')}. If it is not SUCCESS, look at the TXT record "
        f"{names or f'of your selector under _domainkey.{domain}'}: it must have your public key.",
    )


def _is_there(value: str, values: list[str]) -> bool:
    """Return whether VALUES have VALUE. Any DMARC policy will do, and an SPF record may name other senders too."""
    wanted = normalised(value)
    if wanted.startswith("v=dmarc1"):
        return any(existing.startswith("v=dmarc1") for existing in values)
    if wanted.startswith("v=spf1"):
        return any(existing.startswith("v=spf1") and "include:amazonses.com" in existing for existing in values)
    return wanted in values
