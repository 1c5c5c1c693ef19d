"""The local cloud: the real template on moto, with a pump for what moves and an edge for what readers see."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from dropcap_local.clients import ACCOUNT, REGION, Clients
from dropcap_local.clock import Clock, RealClock, VirtualClock
from dropcap_local.deploy.deployment import deploy
from dropcap_local.deploy.stack import Stack
from dropcap_local.edge.edge import Edge
from dropcap_local.edge.http_api import Request, event_for, failure, page_of, route_for
from dropcap_local.edge.http_response import Page
from dropcap_local.events.assembly import pump_for
from dropcap_local.events.calls import Calls, Crash, Objection, OnCall
from dropcap_local.events.delivery import Kind
from dropcap_local.events.event_loop import OnHop, Pump
from dropcap_local.events.fault_injection import Unkind
from dropcap_local.events.invocation import Functions
from dropcap_local.moto_patches.ses import SendingAccount
from dropcap_local.process import aws_in_process
from dropcap_local.resources.sent_mails import sent_mails
from dropcap_local.resources.stored_objects import metadata_of, stored_object, stored_objects

ROOT = Path(__file__).parents[3]
START = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)
"""When a local cloud begins, unless it is told: a Monday morning."""


class LocalCloud(Clients):
    """A deployed Dropcap in this process, from when it is entered until it is closed; one at a time.

        with LocalCloud() as cloud:
            cloud.upload("posts/hello.md", "# Hello")
            cloud.settle()
            assert cloud.page("/hello/").status == 200

    Time stands still at NOW until the pump has to wait for something. With a seed for UNKIND, delivery is as bad as AWS
    allows. ENVIRONMENT is laid over every function's own. DEPLOYER makes a stack of the template.
    """

    def __init__(  # noqa: PLR0913  # one keyword a decision
        self,
        template: Path = ROOT / "template.yaml",
        *,
        now: datetime | None = None,
        unkind: int | None = None,
        environment: Mapping[str, str] | None = None,
        real_time: bool = False,
        deployer: Callable[[Path], Stack] = deploy,
    ) -> None:
        self.clock: Clock = RealClock() if real_time else VirtualClock(now or START)
        self.stack: Stack
        self.pump: Pump
        self._template = template
        self._deployer = deployer
        self._environment = environment or {}
        self._mood: Kind | Unkind = Kind() if unkind is None else Unkind(unkind)
        self.account = SendingAccount()
        """What SES allows; a test may change it."""
        self._calls = Calls()
        self._functions = Functions(self._calls, self.clock, self._environment, REGION)
        self._open = ExitStack()

    def __enter__(self) -> Self:
        """Deploy into an empty AWS."""
        with ExitStack() as opening:
            opening.enter_context(aws_in_process(self.clock, self._calls, self.account))
            self.stack = self._deployer(self._template)
            self.pump = pump_for(self.stack, self._functions, self.clock, self._mood, REGION)
            opening.callback(self._functions.forget)
            if isinstance(self._mood, Unkind):
                self._mood.interlude = self.pump.interlude
                self.on_call.append(self._mood.on_call)
            self._open = opening.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Leave nothing behind; twice does no harm."""
        self._open.close()

    @property
    def calls(self) -> Counter[tuple[str, str]]:
        """Count the AWS calls of the handlers, by service and operation: `("s3", "PutObject")`."""
        return self._calls.counts

    @property
    def on_call(self) -> list[OnCall]:
        """Give the list of who is asked before and after each of these calls; they may raise Crash or Refused."""
        return self._calls.on_call

    @property
    def on_hop(self) -> list[OnHop]:
        """Give the list of who is told after each batch: function, what it worked on, seconds."""
        return self.pump.on_hop

    def id(self, logical_id: str) -> str:
        """Give the `Ref` value of a resource of the template: a bucket's or table's name, a queue's URL."""
        return self.stack.ids[logical_id]

    def upload(self, key: str, body: bytes | str) -> None:
        """Put BODY under the source key KEY, as an author does."""
        content = body.encode() if isinstance(body, str) else body
        self.client("s3").put_object(Bucket=self.id("ContentBucket"), Key=f"content/{key}", Body=content)

    def delete(self, key: str) -> None:
        """Remove the source KEY, as an author does."""
        self.client("s3").delete_object(Bucket=self.id("ContentBucket"), Key=f"content/{key}")

    def step(self) -> bool:
        """Let one batch be done; say False if nothing is left to do."""
        return self.pump.step()

    def settle(self, within: timedelta | None = None) -> None:
        """Let everything be done, or only what happens WITHIN that time; time leaps from one thing to the next.

        Without a time it leaps over every wait but not to the moment when a post is to appear or to expire.
        """
        self.pump.settle(within)

    def page(self, path: str, headers: Mapping[str, str] | None = None) -> Page:
        """Get PATH through the CDN, as a reader's browser does; redirects are not followed."""
        return self.request("GET", path, headers=headers)

    def request(
        self,
        method: str,
        path: str,
        *,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> Page:
        """Ask the CDN, with FORM as a browser sends a filled-in form or with any other BODY."""
        sent = {name.lower(): value for name, value in (headers or {}).items()}
        if form is not None:
            return self._edge(Request.of_form(method, path, form, sent))
        return self._edge(Request(method, path, sent, body))

    def report(self, key: str) -> dict[str, Any] | None:
        """Read the report about the source KEY, if there is one."""
        found = stored_object(self.id("ContentBucket"), f"reports/{key}.json")
        report: dict[str, Any] | None = json.loads(found.value) if found else None
        return report

    def site(self) -> dict[str, tuple[bytes, Mapping[str, str]]]:
        """Give the whole site bucket: by key, each object's bytes and what it was written with besides them."""
        return {found.name: (found.value, metadata_of(found)) for found in stored_objects(self.id("SiteBucket"))}

    def mails(self) -> list[EmailMessage]:
        """Give the mails sent, in order."""
        return sent_mails(ACCOUNT, REGION)

    def _answer(self, request: Request) -> Page:
        """Answer as the HTTP API does."""
        route = route_for(request, self.stack.routes)
        if route is None:
            return failure(404, "Not Found")
        try:
            event = event_for(request, route, self.clock.now())
            return page_of(self._functions.invoke(self.stack.functions[route.function], event))
        except Objection as objection:
            raise objection.error from None
        except (Exception, Crash) as error:  # noqa: BLE001  # API Gateway takes any
            self.pump.errors.append((route.function, error))
            return failure(500, "Internal Server Error")

    @cached_property
    def _edge(self) -> Callable[[Request], Page]:
        """Give what answers readers: the CDN, or the HTTP API itself where a stack has no CDN."""
        if self.stack.distribution is None:
            return self._answer
        edge = Edge(self.stack.distribution, self._answer, self.clock.now)
        self._open.callback(edge.close)
        return edge.answer
