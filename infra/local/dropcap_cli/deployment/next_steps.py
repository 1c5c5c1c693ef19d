"""The steps that remain after a deployment: first upload, domain, DNS records, SES."""

from collections.abc import Iterator, Mapping

from dropcap_cli.deployment.account import AwsAccount
from dropcap_cli.deployment.dns_records import dns_records


def next_steps(target: AwsAccount, stack: str, values: Mapping[str, str], outputs: Mapping[str, str]) -> list[str]:
    """Return the remaining steps in their order, one text each; VALUES are the parameters, OUTPUTS the stack's."""
    return [
        *_upload(stack, outputs),
        *_domain(values, outputs),
        *(_mail(target, outputs) if values.get("MailFrom") else ()),
    ]


def _upload(stack: str, outputs: Mapping[str, str]) -> Iterator[str]:
    bucket = f"s3://{outputs['ContentBucket']}/content"
    yield (
        "Upload your site:\n"
        f"     aws s3 cp site.yaml {bucket}/site.yaml\n"
        f"     aws s3 sync posts {bucket}/posts\n"
        f"   or, with reports: dropcap publish --stack {stack} site.yaml posts/*.md"
    )


def _domain(values: Mapping[str, str], outputs: Mapping[str, str]) -> Iterator[str]:
    domain, cdn = values.get("SiteDomain", ""), outputs["CdnDomain"]
    if domain and not values.get("CertificateArn"):
        yield (
            f"Request a certificate for {domain}, in us-east-1 as CloudFront requires:\n"
            f"     aws acm request-certificate --region us-east-1 --domain-name {domain} --validation-method DNS\n"
            "   Create the DNS record that the ACM console shows. When the certificate is issued, deploy again:\n"
            "     dropcap deploy --certificate ARN"
        )
    if domain:
        yield f"Create the DNS record of the site:\n     {domain} CNAME {cdn}\n   (for an apex domain: ALIAS)"
    yield f"Open {outputs['SiteUrl']} after your first upload."


def _mail(target: AwsAccount, outputs: Mapping[str, str]) -> Iterator[str]:
    records = [" ".join(record) for record in dns_records(outputs.get("DnsRecords", ""))]
    if records:
        yield "Create the DNS records of the mail domain:\n     " + "\n     ".join(records)
    if not target.may_mail_anyone():
        yield (
            "Ask SES for production access (SES console, Account dashboard). Until then SES is in its sandbox: it\n"
            "   sends only to verified addresses, and subscribers get no mail."
        )
