"""Command-line options ▶ the stack they name: a deployed one, or a local cloud that runs on this machine."""

import os
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.config import Config

from dropcap_cli.remote.bucket import ContentBucket, reporting_refusals
from dropcap_cli.remote.local_registry import RunningCloud, running_clouds
from dropcap_local.clients import ENVIRONMENT, REGION
from dropcap_local.usage_error import UsageError

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
CONFIG = Config(
    connect_timeout=5,
    read_timeout=60,
    retries={"mode": "standard", "total_max_attempts": 3},
    account_id_endpoint_mode="disabled",
)
NO_REGION = "No AWS region is set. Use --region, or set one with `aws configure set region REGION`."
REMEDY = "Name a deployed stack with --stack (or in $DROPCAP_STACK), or run `dropcap dev` in another terminal."


@dataclass(frozen=True, slots=True)
class RemoteStack:
    """A deployed Dropcap: the SESSION for calls, the ENDPOINT unless it is AWS's own, and its resources' IDS.

    SITE is the URL of a local cloud's pages, FOLDER the folder that it serves, LOG the file with its functions' log,
    MAILBOX the URL of its mails.
    """

    session: boto3.session.Session
    endpoint: str | None
    ids: Mapping[str, str]
    site: str | None = None
    folder: Path | None = None
    log: Path | None = None
    mailbox: str | None = None

    def with_local_urls(self, report: Mapping[str, Any]) -> dict[str, Any]:
        """Return REPORT with URLs that a browser on this machine can open: a local cloud is not at its public URL."""
        urls = {name: report[name] for name in ("url", "preview") if self.site and report[name]}
        return {**report, **{name: f"{self.site}{urlsplit(url).path}" for name, url in urls.items()}}

    def client(self, service: str) -> Any:  # noqa: ANN401  # boto3 makes its clients' types at run time
        """Return a client of SERVICE."""
        return self.session.client(service, endpoint_url=self.endpoint, config=CONFIG)  # type: ignore[call-overload]  # SERVICE is a literal at each caller

    @property
    def bucket(self) -> ContentBucket:
        """Return its content bucket."""
        return ContentBucket(self.client("s3"), self.ids["ContentBucket"])


def find_stack(arguments: Namespace, path: Path) -> RemoteStack:
    """Return the stack that ARGUMENTS name; by default the local cloud that serves the folder of PATH.

    Raise UsageError if there is none, or more than one.
    """
    endpoint: str | None = getattr(arguments, "endpoint_url", None)
    bucket: str | None = getattr(arguments, "bucket", None)
    if endpoint:
        return _at_endpoint(arguments, endpoint, bucket)
    if bucket:
        return RemoteStack(_user_session(arguments), None, {"ContentBucket": bucket})
    if arguments.stack:
        return _deployed(arguments, arguments.stack)
    if cloud := _local_cloud(path):
        return RemoteStack(_local_session(), cloud.endpoint, cloud.ids, *_local(cloud))
    if name := os.environ.get("DROPCAP_STACK"):
        return _deployed(arguments, name)
    raise UsageError(f"No bucket is named, and no local cloud is running. {REMEDY}")


def in_process(ids: Mapping[str, str], site: str, folder: Path, log: Path) -> RemoteStack:
    """Return the local cloud of this process, which may be used on its main thread only."""
    return RemoteStack(_local_session(), None, ids, site, folder, log)


def _deployed(arguments: Namespace, name: str) -> RemoteStack:
    """Look up the resources of the stack NAME with the user's own credentials."""
    session = _user_session(arguments)
    if not session.region_name:
        raise UsageError(NO_REGION)
    with reporting_refusals(f"read the stack {name}"):
        client = session.client("cloudformation", config=CONFIG)
        pages = client.get_paginator("list_stack_resources").paginate(StackName=name)
        resources = [resource for page in pages for resource in page["StackResourceSummaries"]]
    ids = {resource["LogicalResourceId"]: resource.get("PhysicalResourceId", "") for resource in resources}
    if not ids.get("ContentBucket"):
        raise UsageError(f"The stack {name} has no ContentBucket: it is not a Dropcap stack, or is not deployed yet.")
    return RemoteStack(session, None, ids)


def _at_endpoint(arguments: Namespace, endpoint: str, bucket: str | None) -> RemoteStack:
    cloud = next((cloud for cloud in running_clouds() if cloud.endpoint == endpoint.rstrip("/")), None)
    session = _local_session() if urlsplit(endpoint).hostname in LOOPBACK else _user_session(arguments)
    if bucket is None and cloud is None:
        remedy = (
            "Name the bucket there with --bucket." if "bucket" in arguments else "Name one that `dropcap dev` prints."
        )
        raise UsageError(f"No local cloud is running at {endpoint}. {remedy}")
    ids = {**(cloud.ids if cloud else {}), **({"ContentBucket": bucket} if bucket else {})}
    return RemoteStack(session, endpoint, ids, *(_local(cloud) if cloud else ()))


def _local(cloud: RunningCloud) -> tuple[str, Path, Path | None, str | None]:
    """Return the site, the folder, the log and the mailbox of CLOUD."""
    return cloud.site, Path(cloud.folder), Path(cloud.log) if cloud.log else None, cloud.mailbox or None


def _local_cloud(path: Path) -> RunningCloud | None:
    """Return the local cloud that serves the folder of PATH, or the only one that runs."""
    clouds = running_clouds()
    serving = [cloud for cloud in clouds if path.resolve().is_relative_to(cloud.folder)]
    candidates = sorted(serving, key=lambda cloud: len(cloud.folder))[-1:] or clouds
    if len(candidates) > 1:
        listed = ", ".join(f"{cloud.endpoint} ({cloud.folder})" for cloud in candidates)
        raise UsageError(f"Several local clouds are running. Name one with --endpoint-url: {listed}.")
    return candidates[0] if candidates else None


def _user_session(arguments: Namespace) -> boto3.session.Session:
    """Return a session with the user's own credentials, as the AWS CLI finds them, or of the profile in ARGUMENTS."""
    with reporting_refusals("use your AWS credentials"):
        return boto3.session.Session(profile_name=arguments.profile, region_name=arguments.region)


def _local_session() -> boto3.session.Session:
    return boto3.session.Session(
        ENVIRONMENT["AWS_ACCESS_KEY_ID"], ENVIRONMENT["AWS_SECRET_ACCESS_KEY"], region_name=REGION
    )
