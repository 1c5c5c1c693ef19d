"""What was typed ▶ the bucket that is meant: that of a deployed stack, or of a local cloud that runs here."""

import os
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.config import Config

from dropcap_cli.remote.bucket import ContentBucket, told
from dropcap_cli.remote.local_registry import RunningCloud, running_clouds
from dropcap_local.clients import ENVIRONMENT, REGION
from dropcap_local.usage_error import UsageError

HERE = frozenset({"127.0.0.1", "localhost", "::1"})
PATIENT = Config(
    connect_timeout=5,
    read_timeout=60,
    retries={"mode": "standard", "total_max_attempts": 3},
    account_id_endpoint_mode="disabled",
)
HOW = "Name the deployed stack with --stack (or in $DROPCAP_STACK), or run `dropcap dev` in another terminal."


@dataclass(frozen=True, slots=True)
class Stack:
    """A deployed Dropcap: a SESSION to ask with, its ENDPOINT if that is not AWS's own, and its resources (IDS).

    SITE is where a local cloud serves its pages.
    """

    session: boto3.session.Session
    endpoint: str | None
    ids: Mapping[str, str]
    site: str | None = None

    def seen_from_here(self, report: Mapping[str, Any]) -> dict[str, Any]:
        """Give REPORT with addresses that a browser on this machine can open: a local cloud is not where it says."""
        addresses = {name: report[name] for name in ("url", "preview") if self.site and report[name]}
        return {**report, **{name: f"{self.site}{urlsplit(address).path}" for name, address in addresses.items()}}

    def client(self, service: str) -> Any:  # noqa: ANN401  # boto3 makes its clients' types at run time
        """Give a client of SERVICE."""
        return self.session.client(service, endpoint_url=self.endpoint, config=PATIENT)  # type: ignore[call-overload]  # SERVICE is a literal at each caller

    @property
    def bucket(self) -> ContentBucket:
        """Give its content bucket."""
        return ContentBucket(self.client("s3"), self.ids["ContentBucket"])


def stack_meant(given: Namespace, beside: Path) -> Stack:
    """Give the stack that GIVEN names; where it names none, the local cloud that serves the folder of BESIDE.

    Raises UsageError where there is none, or more than one.
    """
    endpoint: str | None = getattr(given, "endpoint_url", None)
    bucket: str | None = getattr(given, "bucket", None)
    if endpoint:
        return _at_endpoint(endpoint, bucket)
    if bucket:
        return Stack(_own_session(), None, {"ContentBucket": bucket})
    if given.stack:
        return _deployed(given.stack)
    if cloud := _local(beside):
        return Stack(_local_session(), cloud.endpoint, cloud.ids, cloud.site)
    if name := os.environ.get("DROPCAP_STACK"):
        return _deployed(name)
    raise UsageError(f"There is no bucket to ask. {HOW}")


def _deployed(name: str) -> Stack:
    """Find the resources of the stack NAME with the user's own credentials."""
    session = _own_session()
    with told(f"look at the stack {name}"):
        client = session.client("cloudformation", config=PATIENT)
        pages = client.get_paginator("list_stack_resources").paginate(StackName=name)
        found = [one for page in pages for one in page["StackResourceSummaries"]]
    ids = {one["LogicalResourceId"]: one.get("PhysicalResourceId", "") for one in found}
    if not ids.get("ContentBucket"):
        raise UsageError(f"The stack {name} has no ContentBucket: it is no Dropcap, or it is not deployed yet.")
    return Stack(session, None, ids)


def _at_endpoint(endpoint: str, bucket: str | None) -> Stack:
    cloud = next((one for one in running_clouds() if one.endpoint == endpoint.rstrip("/")), None)
    session = _local_session() if urlsplit(endpoint).hostname in HERE else _own_session()
    if bucket is None and cloud is None:
        raise UsageError(f"Name the bucket at {endpoint} with --bucket.")
    ids = {**(cloud.ids if cloud else {}), **({"ContentBucket": bucket} if bucket else {})}
    return Stack(session, endpoint, ids, cloud.site if cloud else None)


def _local(beside: Path) -> RunningCloud | None:
    """Give the local cloud that serves the folder in which BESIDE is, or the only one that runs."""
    clouds = running_clouds()
    serving = [one for one in clouds if beside.resolve().is_relative_to(one.folder)]
    meant = sorted(serving, key=lambda one: len(one.folder))[-1:] or clouds
    if len(meant) > 1:
        listed = ", ".join(f"{one.endpoint} ({one.folder})" for one in meant)
        raise UsageError(f"Several local clouds run. Name one with --endpoint-url: {listed}.")
    return meant[0] if meant else None


def _own_session() -> boto3.session.Session:
    """Give a session with the user's own credentials, as the AWS CLI finds them."""
    with told("use your AWS credentials"):
        return boto3.session.Session()


def _local_session() -> boto3.session.Session:
    return boto3.session.Session(
        ENVIRONMENT["AWS_ACCESS_KEY_ID"], ENVIRONMENT["AWS_SECRET_ACCESS_KEY"], region_name=REGION
    )
