"""The mail domain: its identity in SES, and the DNS records that mailbox providers require."""

from collections.abc import Iterator

from dropcap_cli.deployment.dns_records import dns_records
from dropcap_cli.diagnosis.dns import normalised
from dropcap_cli.diagnosis.results import CheckResult
from dropcap_cli.diagnosis.subject import Subject


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
    missing = 0
    for name, kind, value in _records(subject):
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


def _records(subject: Subject) -> Iterator[tuple[str, str, str]]:
    """Yield (name, type, value) of the stack's output; of an identity that existed before, those of DKIM and DMARC."""
    if records := list(dns_records(subject.outputs.get("DnsRecords", ""))):
        yield from records
        return
    identity = subject.account.client("sesv2").get_email_identity(EmailIdentity=subject.mail_domain)
    for token in identity.get("DkimAttributes", {}).get("Tokens", ()):
        yield f"{token}._domainkey.{subject.mail_domain}", "CNAME", f"{token}.dkim.amazonses.com"
    yield f"_dmarc.{subject.mail_domain}", "TXT", "v=DMARC1; p=none"


def _is_there(value: str, values: list[str]) -> bool:
    """Return whether VALUES have VALUE. Any DMARC policy will do, and an SPF record may name other senders too."""
    wanted = normalised(value)
    if wanted.startswith("v=dmarc1"):
        return any(existing.startswith("v=dmarc1") for existing in values)
    if wanted.startswith("v=spf1"):
        return any(existing.startswith("v=spf1") and "include:amazonses.com" in existing for existing in values)
    return wanted in values
