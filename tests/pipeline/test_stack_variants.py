"""Stacks without a domain or without a newsletter, deployed from the same template."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from dropcap_local.cloud import LocalCloud
from dropcap_local.deploy.deployment import deploy
from dropcap_local.deploy.stack import DeployedStack

POST = "---\ntitle: Naps\ndate: 2025-03-14\ntags: [sleep]\n---\nTwenty minutes.\n"
LONG = "---\ntitle: A long night\ndate: 2025-03-15\nnewsletter: true\n---\n" + "Nobody can sleep.\n\n" * 6_000
SENDER = {"MailFrom": "news@example.org", "PostalAddress": "1 Example Street"}


def stack_with(parameters: Mapping[str, str]) -> LocalCloud:
    """Return a local cloud with these PARAMETERS and the template's defaults."""

    def deployer(template: Path) -> DeployedStack:
        return deploy(template, parameters)

    return LocalCloud(deployer=deployer)


def test_without_a_domain_every_address_has_the_cdns_name() -> None:
    """One deployment is enough: pages, feed, sitemap and report know the host name that CloudFront gave."""
    with stack_with(SENDER) as cloud:
        site = f"https://{cloud.stack.outputs['CdnDomain']}"
        cloud.upload("posts/naps.md", POST)
        cloud.settle()
        assert site == cloud.stack.outputs["SiteUrl"]
        assert f'rel="canonical" href="{site}/naps/"'.encode() in cloud.page("/naps/").body
        assert f"{site}/naps/".encode() in cloud.page("/feed.xml").body
        assert f"{site}/sitemap/2025-03.xml".encode() in cloud.page("/sitemap.xml").body
        assert f"{site}/naps/" == (cloud.report("posts/naps.md") or {})["url"]


@pytest.mark.parametrize(("sender", "warnings"), [(SENDER, 1), ({}, 0)])
def test_only_a_stack_that_mails_warns_of_a_long_mail(sender: Mapping[str, str], warnings: int) -> None:
    """Gmail cuts it; without a sender nothing is mailed."""
    with stack_with(sender) as cloud:
        cloud.upload("posts/long.md", LONG)
        cloud.settle()
        report = cloud.report("posts/long.md") or {}
        assert ("published", warnings) == (report["outcome"], len(report["warnings"]))


def test_without_a_sender_there_is_no_newsletter() -> None:
    """No function, no API, no SES identity and no queue with waiting messages; no page offers a subscription."""
    with stack_with({}) as cloud:
        cloud.upload("posts/naps.md", POST)
        cloud.settle()
        steps = ("Render", "Index", "Publish", "Images", "Refresh", "Reconcile")
        assert {f"{step}Function" for step in steps} == set(cloud.stack.functions)
        assert () == cloud.stack.routes
        assert [] == cloud.client("sesv2").list_email_identities()["EmailIdentities"]
        assert "DnsRecords" not in cloud.stack.outputs
        for address in ("/", "/naps/", "/tags/sleep/"):
            page = cloud.page(address)
            assert 200 == page.status
            assert b"/api/subscribe" not in page.body
            assert b"/newsletter/" not in page.body
        assert 404 == cloud.page("/newsletter/").status
        assert 404 == cloud.page("/api/confirm/").status


@pytest.mark.parametrize(("identity", "created"), [("create", ["example.org"]), ("existing", [])])
def test_an_existing_mail_identity_is_not_created_again(identity: str, created: list[str]) -> None:
    """A domain that SES knows already would roll the whole stack back."""
    with stack_with({**SENDER, "MailIdentity": identity}) as cloud:
        identities = cloud.client("sesv2").list_email_identities()["EmailIdentities"]
        assert created == [identity["IdentityName"] for identity in identities]
        assert ("CNAME" in cloud.stack.outputs["DnsRecords"]) is bool(created)
