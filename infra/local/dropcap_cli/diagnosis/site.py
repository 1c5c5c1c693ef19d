"""The site's domain: its certificate, and the DNS record that points to the CDN."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from botocore.exceptions import ClientError

from dropcap_cli.diagnosis.results import CheckResult
from dropcap_cli.diagnosis.subject import Subject

CLOUDFRONT_REGION: Final = "us-east-1"
ENDS_SOON: Final = timedelta(days=30)
"""ACM renews 60 days before the end; a certificate with less than this left was not renewed."""


def check_certificate(subject: Subject) -> Iterator[CheckResult]:
    """Check that the certificate exists, is issued, covers the domain and is being renewed."""
    domain, arn = subject.parameters.get("SiteDomain", ""), subject.parameters.get("CertificateArn", "")
    if not domain:
        return
    if not arn:
        yield CheckResult(
            "certificate",
            "warning",
            f"There is no certificate for {domain}, so the site has only CloudFront's own domain name.",
            f"Type: aws acm request-certificate --region {CLOUDFRONT_REGION} --domain-name {domain} "
            "--validation-method DNS. When it is issued: dropcap deploy --certificate ARN",
        )
        return
    client = subject.account.session.client("acm", region_name=CLOUDFRONT_REGION)
    try:
        certificate = client.describe_certificate(CertificateArn=arn)["Certificate"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            raise
        yield CheckResult(
            "certificate",
            "error",
            f"The certificate {arn} does not exist.",
            "Deploy with --certificate and another ARN.",
        )
        return
    yield from _faults(domain, certificate) or [CheckResult("certificate", "ok", f"The certificate covers {domain}.")]


def _faults(domain: str, certificate: Mapping[str, Any]) -> list[CheckResult]:
    faults: list[CheckResult] = []
    names = {certificate.get("DomainName", ""), *certificate.get("SubjectAlternativeNames", ())}
    if not any(_covers(name, domain) for name in names):
        message = f"The certificate is for {', '.join(sorted(names))} and not for {domain}."
        remedy = f"Request one for {domain} in {CLOUDFRONT_REGION}, and deploy with --certificate and its ARN."
        faults.append(CheckResult("certificate", "error", message, remedy))
    if certificate.get("Status") == "PENDING_VALIDATION":
        message, remedy = "The certificate is not issued yet.", _validation(certificate)
        faults.append(CheckResult("certificate", "error", message, remedy))
    elif certificate.get("Status") != "ISSUED":
        message = f"The certificate cannot be used: {certificate.get('Status')}."
        faults.append(CheckResult("certificate", "error", message, "Request another one, and deploy with its ARN."))
    end = certificate.get("NotAfter")
    if isinstance(end, datetime) and end - datetime.now(UTC) < ENDS_SOON:
        message = f"The certificate expires on {end:%Y-%m-%d} and was not renewed."
        faults.append(CheckResult("certificate", "error", message, _validation(certificate)))
    return faults


def _validation(certificate: Mapping[str, Any]) -> str:
    """Return the remedy that names the DNS record with which ACM validates and renews the certificate."""
    options = certificate.get("DomainValidationOptions", ())
    records = [option["ResourceRecord"] for option in options if "ResourceRecord" in option]
    listed = "; ".join(f"{record['Name']} {record['Type']} {record['Value']}" for record in records)
    return f"Create the DNS record {listed}" if listed else "Look at the certificate in the ACM console."


def _covers(name: str, domain: str) -> bool:
    """Return whether a certificate's NAME covers DOMAIN; a wildcard stands for exactly one label."""
    if name.startswith("*."):
        return domain.partition(".")[2] == name[2:]
    return name == domain


def check_site_record(subject: Subject) -> Iterator[CheckResult]:
    """Check that the site's domain leads to the stack's CDN: by a CNAME, or by the same addresses (an ALIAS)."""
    domain, cdn = subject.parameters.get("SiteDomain", ""), subject.outputs.get("CdnDomain", "").lower()
    if not domain or not cdn:
        return
    aliases = subject.look_up(domain, "CNAME")
    addresses = set(subject.look_up(domain, "A"))
    if cdn in aliases or addresses & set(subject.look_up(cdn, "A")):
        yield CheckResult("site record", "ok", f"{domain} points to the CDN.")
        return
    where = ", ".join(aliases or sorted(addresses)) or "nowhere"
    yield CheckResult(
        "site record",
        "error",
        f"{domain} points to {where}, not to the CDN.",
        f"Create the DNS record {domain} CNAME {cdn} (for an apex domain: ALIAS).",
    )
