"""The stack: its state, changes made by hand, its release and its idle cost."""

import time
from collections.abc import Iterator
from typing import Any, Final

from dropcap.aws.releases import Releases
from dropcap.aws.table import Table
from dropcap.release import Release
from dropcap_cli.costs.idle import idle_cost, idle_units
from dropcap_cli.costs.prices import price_list
from dropcap_cli.deployment.account import WAYS_OUT
from dropcap_cli.diagnosis.results import CheckResult
from dropcap_cli.diagnosis.subject import Subject
from dropcap_cli.remote.stack_resources import NESTED
from dropcap_local.project import PROJECT
from dropcap_local.usage_error import UsageError

MOST_IDLE: Final = {True: 3.0, False: 1.5}
"""Dollars a month that an idle stack may cost, with and without a newsletter."""
PAUSE, LOOKS = 2.0, 150
"""Seconds between two looks at the detection of drift, and how many: five minutes."""


def check_state(subject: Subject) -> Iterator[CheckResult]:
    """Check that the last deployment succeeded."""
    if subject.description is None:
        remedy = f"Type: dropcap deploy --stack {subject.name}"
        yield CheckResult("stack", "note", f"The stack {subject.name} is not deployed yet.", remedy)
        return
    status = subject.description["StackStatus"]
    if status.endswith("_IN_PROGRESS"):
        yield CheckResult("stack", "note", f"The stack is being changed ({status}).", "Wait until it has finished.")
    elif "ROLLBACK" in status or status.endswith("_FAILED"):
        reason = "Read the reason in the stack's events in the CloudFormation console, correct it, and deploy again."
        remedy = WAYS_OUT[status].format(subject.name) if status in WAYS_OUT else reason
        yield CheckResult("stack", "error", f"The last deployment failed ({status}).", remedy)
    else:
        yield CheckResult("stack", "ok", f"The last deployment succeeded ({status}).")


def check_drift(subject: Subject) -> Iterator[CheckResult]:
    """Check that no resource was changed or deleted by hand."""
    if subject.description is None:
        return
    client = subject.account.client("cloudformation")
    changed = 0
    for stack in (subject.name, *subject.names_of(NESTED).values()):
        _detect(client, stack)
        drifts = client.describe_stack_resource_drifts(
            StackName=stack, StackResourceDriftStatusFilters=["MODIFIED", "DELETED"]
        )["StackResourceDrifts"]
        for drift in drifts:
            changed += 1
            paths = ", ".join(entry["PropertyPath"] for entry in drift.get("PropertyDifferences", ()))
            how = "deleted" if drift["StackResourceDriftStatus"] == "DELETED" else f"changed by hand: {paths}"
            yield CheckResult(
                "drift",
                "error" if how == "deleted" else "warning",
                f"{drift['LogicalResourceId']} was {how}.",
                "Undo the change in the console; the next deployment may fail or overwrite it.",
            )
    if not changed:
        yield CheckResult("drift", "ok", "All resources match the template.")


def _detect(client: Any, stack: str) -> None:  # noqa: ANN401  # a boto3 client
    """Start CloudFormation's comparison of STACK with its template, and wait for its end."""
    identifier = client.detect_stack_drift(StackName=stack)["StackDriftDetectionId"]
    for _ in range(LOOKS):
        status = client.describe_stack_drift_detection_status(StackDriftDetectionId=identifier)["DetectionStatus"]
        if status != "DETECTION_IN_PROGRESS":
            return
        time.sleep(PAUSE)
    raise UsageError(
        "CloudFormation has not compared the stack with its template within five minutes. Try again later."
    )


def check_release(subject: Subject) -> Iterator[CheckResult]:
    """Check that the pages were made with the theme and the code of this checkout.

    The settings of the deployment are part of the stack, so `reconcile` compares those.
    """
    tables = subject.names_of("AWS::DynamoDB::Table")
    if "CatalogTable" not in tables:
        return
    made_with = Releases(Table(subject.account.client("dynamodb"), tables["CatalogTable"])).current()
    here = Release.of(PROJECT / "templates", {})
    if made_with and (made_with.theme, made_with.renderer) == (here.theme, here.renderer):
        yield CheckResult("release", "ok", "The pages were built with this version and theme.")
        return
    part = "theme" if made_with and made_with.renderer == here.renderer else "version"
    remedy = f"Type: dropcap deploy --stack {subject.name}. All pages are rebuilt after a deployment."
    yield CheckResult("release", "note", f"The pages were built with another {part} than this one.", remedy)


def check_idle_cost(subject: Subject) -> Iterator[CheckResult]:
    """Check what the stack costs while nothing happens."""
    if subject.description is None:
        return
    resources = {
        resource.logical_id: {"Type": resource.kind, "Properties": resource.properties}
        for resource in subject.resources
    }
    lines = idle_cost(idle_units(resources), price_list())
    dollars, most = sum(line.dollars for line in lines), MOST_IDLE[bool(subject.mail_domain)]
    message = f"When idle, the stack costs about {dollars:.2f} dollars a month, after the always-free amounts."
    if dollars > most:
        remedy = f"At most {most:.2f} is normal. Delete alarms or event source mappings that were added by hand."
        yield CheckResult("idle cost", "warning", message, remedy)
    else:
        yield CheckResult("idle cost", "ok", message)
