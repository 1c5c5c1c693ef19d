"""One stack on the emulator: deployed, used by an author and a subscriber, updated and deleted."""

import os
import re
import shutil
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import ClientError

from dropcap_rehearsal.checkout import copy_checkout
from dropcap_rehearsal.commands import run, run_on_terminal
from dropcap_rehearsal.emulator import REGION, ROOT, WORK, Failed, wait

CHECKOUT = WORK / "checkout"
AWS, DROPCAP, PYTHON = ROOT / ".venv/bin/aws", ROOT / ".venv/bin/dropcap", ROOT / ".venv/bin/python"
STACK = "dropcap"
"""The default of `dropcap deploy`."""
ANSWERS = ("journal.example.org", "news@example.org", "1 Example Street")
"""The domain, the sender and the postal address."""
QUIET = 20
"""Seconds without a change after which the pipeline is idle."""


class Rehearsal:
    """One stack on the emulator, from its deployment to its end."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Use the emulator of ENVIRONMENT; nothing is deployed yet."""
        self._environment = dict(environment)
        self._session = boto3.session.Session("test", "test", region_name=REGION)
        self._site = WORK / "examples"

    def client(self, service: str) -> Any:  # noqa: ANN401  # boto3 makes its clients' types at run time
        """Return a client of SERVICE."""
        return self._session.client(service, endpoint_url=self._environment["AWS_ENDPOINT_URL"])  # type: ignore[call-overload]  # a literal at each caller

    @property
    def outputs(self) -> dict[str, str]:
        """Return the outputs of the stack."""
        stack = self.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"][0]
        return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}

    def resource(self, logical_id: str) -> str:
        """Return the physical id of a resource of the root stack."""
        answer = self.client("cloudformation").describe_stack_resource(StackName=STACK, LogicalResourceId=logical_id)
        return str(answer["StackResourceDetail"]["PhysicalResourceId"])

    def run(self, *command: str | Path) -> None:
        """Run COMMAND; its output goes to a log. Raise Failed if it fails, or hangs."""
        run(command, self._environment)

    def dropcap(self, *arguments: str | Path, answers: Sequence[str] = (), checkout: Path = CHECKOUT) -> str:
        """Run `dropcap` of CHECKOUT with ARGUMENTS on a terminal, type ANSWERS, and return what it shows."""
        path = os.pathsep.join(str(checkout / folder) for folder in ("infra/local", "functions"))
        return run_on_terminal(
            [PYTHON, "-m", "dropcap_cli", *arguments], {**self._environment, "PYTHONPATH": path}, answers
        )

    def deploy(self) -> None:
        """Run `dropcap deploy`, answered with a domain, a sender and a postal address and nothing else."""
        copy_checkout(CHECKOUT)
        shown = self.dropcap("deploy", answers=ANSWERS)
        if f"stack {STACK}" not in shown or "Deployed. Next steps:" not in shown:
            raise Failed("dropcap deploy does not show the stack and the next steps")

    def publish(self) -> None:
        """Upload the examples with the AWS CLI; compare the site with that of `dropcap build`, byte for byte."""
        started = datetime.now(UTC).isoformat(timespec="seconds")
        shutil.copytree(ROOT / "examples", self._site)
        self.run(AWS, "s3", "sync", self._site, f"s3://{self.outputs['ContentBucket']}/content")
        sources = sum(1 for _ in _files(self._site))
        wait("a report on each file", lambda: self._reports() >= sources)
        self.settle(self.keys)
        self.run(DROPCAP, "build", self._site, WORK / "expected")
        self.run(AWS, "s3", "sync", f"s3://{self.resource('SiteBucket')}", WORK / "deployed")
        expected, deployed = (set(_files(WORK / name)) for name in ("expected", "deployed"))
        different = [name for name in sorted(expected & deployed) if not _same(name, started)]
        if expected ^ deployed or different:
            raise Failed(f"missing or extra: {sorted(expected ^ deployed)[:9]}, different: {different[:9]}")
        print(f"         {len(expected)} files are the same")

    def change(self) -> None:
        """Edit, rename, draft and delete one post each; check what readers get."""
        posts = sorted(path for path in (self._site / "posts").glob("*.md") if "." not in path.stem)
        edited, renamed, drafted, deleted = posts[:4]  # without translations, whose addresses have another form
        edited.write_text(edited.read_text(encoding="utf-8") + "\n\nOne more sentence.\n", encoding="utf-8")
        renamed.rename(renamed.with_name("renamed-" + renamed.name))
        drafted.write_text(
            drafted.read_text(encoding="utf-8").replace("---\n", "---\ndraft: true\n", 1), encoding="utf-8"
        )
        deleted.unlink()
        content = f"s3://{self.outputs['ContentBucket']}/content"
        self.run(AWS, "s3", "sync", "--delete", self._site, content)
        for post, status in ((renamed, "301"), (drafted, "410"), (deleted, "410")):
            wait(f"{post.stem} to answer {status}", partial(self.has_status, post.stem, status))
        wait("the edit", lambda: b"One more sentence." in self._object(f"{edited.stem}/index.html"))

    def update(self) -> None:
        """Change a parameter of the running stack: the second deployment asks nothing."""
        self.dropcap("deploy", "--set", "GraceSeconds=60")

    def subscribe(self) -> None:
        """Subscribe over the HTTP API: SubscribersTable has one item more."""
        before = self.subscribers()
        endpoint = self._environment["AWS_ENDPOINT_URL"]
        url = f"{endpoint}/_aws/execute-api/{self.resource('PublicApi')}/$default/api/subscribe"
        form = urllib.parse.urlencode({"email": "ada@example.org", "website": ""}).encode()
        function = self.client("lambda").get_function_configuration(FunctionName=self.resource("SubscribeFunction"))
        *_, secret = function["Environment"]["Variables"]["ORIGIN_SECRETS"].split()
        request = urllib.request.Request(url, form, {"x-origin-secret": secret})  # noqa: S310  # the emulator's
        urllib.request.urlopen(request, timeout=60).close()  # noqa: S310  # the emulator on this machine
        wait("the subscriber", lambda: self.subscribers() > before)

    def destroy(self) -> None:
        """Delete the stack; the content bucket stays."""
        bucket = self.outputs["ContentBucket"]
        self.dropcap("destroy", "--stack", STACK, answers=("y", STACK))
        if bucket not in {entry["Name"] for entry in self.client("s3").list_buckets()["Buckets"]}:
            raise Failed(f"the content bucket {bucket} was deleted with the stack")

    def settle(self, state: Callable[[], object]) -> None:
        """Wait until STATE has not changed for some seconds; raise Failed if that takes longer than an hour."""
        last, since, end = state(), time.monotonic(), time.monotonic() + 3600
        while time.monotonic() - since < QUIET or not last:
            if time.monotonic() > end:
                raise Failed("the pipeline does not become idle")
            time.sleep(1)
            if (now := state()) != last:
                last, since = now, time.monotonic()

    def keys(self) -> frozenset[tuple[str, str]]:
        """Return the keys and ETags of the site."""
        pages = self.client("s3").get_paginator("list_objects_v2").paginate(Bucket=self.resource("SiteBucket"))
        return frozenset((item["Key"], item["ETag"]) for page in pages for item in page.get("Contents", ()))

    def _reports(self) -> int:
        bucket = self.outputs["ContentBucket"]
        answer = self.client("s3").list_objects_v2(Bucket=bucket, Prefix="reports/")
        return sum(1 for item in answer.get("Contents", ()) if item["Key"].endswith(".json"))

    def _object(self, key: str) -> bytes:
        return bytes(self.client("s3").get_object(Bucket=self.resource("SiteBucket"), Key=key)["Body"].read())

    def has_status(self, slug: str, status: str) -> bool:
        """Return whether the page of SLUG exists and is answered with STATUS."""
        try:
            head = self.client("s3").head_object(Bucket=self.resource("SiteBucket"), Key=f"{slug}/index.html")
        except ClientError:
            return False
        return str(head["Metadata"].get("status", "200")) == status

    def subscribers(self) -> int:
        """Return the number of items in SubscribersTable."""
        return int(self.client("dynamodb").scan(TableName=self.resource("SubscribersTable"), Select="COUNT")["Count"])


def _files(folder: Path) -> Iterator[str]:
    return (str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and path.name[0] != ".")


def _same(name: str, started: str) -> bool:
    """Return whether both sites have the same file NAME. Undated pages have the time of their upload, after STARTED."""
    expected, deployed = ((WORK / site / name).read_bytes() for site in ("expected", "deployed"))
    return expected == deployed or _without_uploads(expected, started) == _without_uploads(deployed, started)


def _without_uploads(sitemap: bytes, started: str) -> bytes:
    return re.sub(
        rb"<lastmod>([^<]+)</lastmod>",
        lambda match: b"<lastmod/>" if match[1].decode() >= started else match[0],
        sitemap,
    )
