"""The account: SES's status and quota, Lambda's concurrency, the region."""

from collections.abc import Iterator
from typing import Final

from dropcap_cli.diagnosis.results import CheckResult
from dropcap_cli.diagnosis.subject import Subject

NEARLY_SPENT: Final = 0.8
"""Part of the day's quota from which on a newsletter may have to wait for the next day."""
NEW_ACCOUNT: Final = 10
"""Functions that a new account may run at once."""


def check_region(subject: Subject) -> Iterator[CheckResult]:
    """Check that SES is available where the stack has a newsletter."""
    region, regions = subject.account.region, subject.account.session.get_available_regions("sesv2")
    if subject.mail_domain and region not in regions:
        yield CheckResult(
            "region", "error", f"SES is not available in {region}.", f"Deploy in one of {', '.join(sorted(regions))}."
        )
    else:
        yield CheckResult("region", "ok", f"All services are available in {region}.")


def check_sending(subject: Subject) -> Iterator[CheckResult]:
    """Check that SES sends to anyone, is not paused, and has quota left today."""
    if not subject.mail_domain:
        return
    account = subject.account.client("sesv2").get_account()
    quota = account.get("SendQuota", {})
    limit, sent = quota.get("Max24HourSend", 0.0), quota.get("SentLast24Hours", 0.0)
    if not account.get("SendingEnabled", True):
        yield CheckResult(
            "sending",
            "error",
            f"SES has paused sending for this account ({account.get('EnforcementStatus', 'no reason given')}).",
            "Read the reason in the SES console (Reputation metrics), correct it, and ask AWS Support to resume.",
        )
    if not account.get("ProductionAccessEnabled"):
        yield CheckResult(
            "sandbox",
            "warning",
            "SES is in its sandbox: it sends only to verified addresses, and subscribers get no mail.",
            "Ask for production access in the SES console (Account dashboard).",
        )
    if limit > 0 and sent >= NEARLY_SPENT * limit:
        yield CheckResult(
            "quota",
            "warning",
            f"{sent:.0f} of {limit:.0f} mails were sent in 24 hours. The rest waits until SES accepts mails.",
            "Ask for a higher sending quota: Service Quotas console, Amazon SES.",
        )
    else:
        yield CheckResult("quota", "ok", f"SES may send {limit:.0f} mails a day; {sent:.0f} were sent in 24 hours.")


def check_concurrency(subject: Subject) -> Iterator[CheckResult]:
    """Check that the account may run as many functions at once as the stack may need."""
    settings = subject.account.client("lambda").get_account_settings()
    limit = int(settings["AccountLimit"]["ConcurrentExecutions"])
    wanted = int(subject.parameters.get("Concurrency") or 3)
    remedy = "Ask for more in the Service Quotas console: AWS Lambda, Concurrent executions."
    if 2 * wanted >= limit:
        yield CheckResult(
            "concurrency",
            "error",
            f"Concurrency is {wanted} for each of render and publish, but the account runs {limit} functions at once.",
            f"{remedy} Until then deploy with --set Concurrency={max(2, (limit - 4) // 2)}.",
        )
    elif limit <= NEW_ACCOUNT:
        yield CheckResult(
            "concurrency",
            "note",
            f"The account may run {limit} functions at once: enough for daily work, slow for imports of many posts.",
            f"{remedy} Then deploy with --set Concurrency=20.",
        )
    else:
        yield CheckResult("concurrency", "ok", f"The account may run {limit} functions at once.")
