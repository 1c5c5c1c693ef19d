"""All checks in their order. One that AWS refuses, or that no server answers, is `unknown` and stops no other."""

from collections.abc import Callable, Iterator
from typing import Final

from botocore.exceptions import BotoCoreError, ClientError

from dropcap.errors import ServiceError
from dropcap_cli.diagnosis.account import check_concurrency, check_region, check_sending
from dropcap_cli.diagnosis.alarms import check_alarm_address, check_alarms, check_dead_letters
from dropcap_cli.diagnosis.mail import check_identity, check_mail_records
from dropcap_cli.diagnosis.results import CheckResult
from dropcap_cli.diagnosis.site import check_certificate, check_site_record
from dropcap_cli.diagnosis.stack import check_drift, check_idle_cost, check_release, check_state
from dropcap_cli.diagnosis.subject import Subject
from dropcap_local.usage_error import UsageError

Check = Callable[[Subject], Iterator[CheckResult]]

CHECKS: Final[dict[str, Check]] = {
    "stack": check_state,
    "region": check_region,
    "concurrency": check_concurrency,
    "sending": check_sending,
    "mail identity": check_identity,
    "mail records": check_mail_records,
    "certificate": check_certificate,
    "site record": check_site_record,
    "alarm address": check_alarm_address,
    "alarms": check_alarms,
    "dead letters": check_dead_letters,
    "release": check_release,
    "idle cost": check_idle_cost,
    "drift": check_drift,
}


def examine(subject: Subject, show: Callable[[str], None]) -> Iterator[CheckResult]:
    """Yield the results of all checks; SHOW is called with the name of each before it begins."""
    for name, check in CHECKS.items():
        show(f"Checking {name}")
        try:
            yield from check(subject)
        except ClientError as error:
            details = error.response["Error"]
            reason = f"AWS refused {error.operation_name}: {details['Code']}."
            yield CheckResult(name, "unknown", reason, details.get("Message") or "Check your permissions.")
        except (BotoCoreError, ServiceError) as error:
            yield CheckResult(name, "unknown", f"AWS did not answer: {error}.", "Try again.")
        except UsageError as error:
            reason, _, remedy = str(error).partition(". ")
            yield CheckResult(name, "unknown", f"{reason}.", remedy or "Try again.")
