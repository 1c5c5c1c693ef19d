"""The local cloud: the real template on moto, an event loop that runs the functions, and a CDN edge."""

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
from dropcap_local.deploy.stack import DeployedStack
from dropcap_local.edge.edge import LocalEdge
from dropcap_local.edge.http_api import HttpRequest, event_for, failure, response_of, route_for
from dropcap_local.edge.http_response import HttpResponse
from dropcap_local.events.assembly import event_loop_for
from dropcap_local.events.calls import CallbackError, Calls, Crash, OnCall
from dropcap_local.events.event_loop import EventLoop, OnHop
from dropcap_local.events.fault_injection import FaultInjection, delivery_for
from dropcap_local.events.invocation import FunctionInvoker
from dropcap_local.events.payload_limits import check_call
from dropcap_local.moto_patches.ses import SendingAccount
from dropcap_local.process import aws_in_process
from dropcap_local.project import TEMPLATE
from dropcap_local.resources.moto_origin import MotoOrigin
from dropcap_local.resources.sent_mails import sent_mails, sent_sources
from dropcap_local.resources.stored_objects import metadata_of, stored_object, stored_objects

START = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)
"""The default start time of a local cloud: a Monday morning."""


class LocalCloud(Clients):
    """A deployed Dropcap in this process, from entering the block until it is closed; one at a time.

        with LocalCloud() as cloud:
            cloud.upload("posts/hello.md", "# Hello")
            cloud.settle()
            assert cloud.page("/hello/").status == 200

    The clock stands still at NOW until the event loop has to wait. FAULT_SEED switches fault injection on: delivery has
    every fault that AWS allows, the same for the same seed. ENVIRONMENT overrides the variables of every function.
    PHASED delivery does the least work for many files. DEPLOYER turns the template into a stack.
    """

    def __init__(  # noqa: PLR0913  # one keyword a decision
        self,
        template: Path = TEMPLATE,
        *,
        now: datetime | None = None,
        fault_seed: int | None = None,
        environment: Mapping[str, str] | None = None,
        real_time: bool = False,
        phased: bool = False,
        deployer: Callable[[Path], DeployedStack] = deploy,
    ) -> None:
        self.clock: Clock = RealClock() if real_time else VirtualClock(now or START)
        self.stack: DeployedStack
        self.event_loop: EventLoop
        self._template = template
        self._deployer = deployer
        self._environment = environment or {}
        self._delivery = delivery_for(fault_seed, phased=phased)
        self.account = SendingAccount()
        """The limits of SES; a test may change them."""
        self._calls = Calls(check_call)
        self.functions = FunctionInvoker(self._calls, self.clock, self._environment, REGION)
        self._open = ExitStack()

    def __enter__(self) -> Self:
        """Deploy into an empty AWS."""
        with ExitStack() as opening:
            opening.enter_context(aws_in_process(self.clock, self._calls, self.account))
            self.stack = self._deployer(self._template)
            self.event_loop = event_loop_for(self.stack, self.functions, self.clock, self._delivery, REGION)
            opening.callback(self.functions.forget)
            if isinstance(self._delivery, FaultInjection):
                self._delivery.run_another_batch = self.event_loop.run_another_batch
                self._delivery.spend = self.functions.spend
                self.on_call.append(self._delivery.on_call)
            self._open = opening.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Remove everything from the process; a second call does nothing."""
        self._open.close()

    @property
    def calls(self) -> Counter[tuple[str, str]]:
        """Count the AWS calls of the handlers, by service and operation: `("s3", "PutObject")`."""
        return self._calls.counts

    @property
    def on_call(self) -> list[OnCall]:
        """Return the callbacks that run before and after each of these calls; they may raise Crash or Refused."""
        return self._calls.on_call

    @property
    def on_hop(self) -> list[OnHop]:
        """Return the callbacks that run after each batch, with the function, a summary and the seconds it took."""
        return self.event_loop.on_hop

    def id(self, logical_id: str) -> str:
        """Return the `Ref` value of a resource of the template: a bucket's or table's name, a queue's URL."""
        return self.stack.ids[logical_id]

    def upload(self, key: str, body: bytes | str) -> None:
        """Put BODY under the source key KEY, as an author does."""
        content = body.encode() if isinstance(body, str) else body
        self.client("s3").put_object(Bucket=self.id("ContentBucket"), Key=f"content/{key}", Body=content)

    def delete(self, key: str) -> None:
        """Remove the source KEY, as an author does."""
        self.client("s3").delete_object(Bucket=self.id("ContentBucket"), Key=f"content/{key}")

    def run_function(self, logical_id: str) -> Any:  # noqa: ANN401  # a handler answers with any JSON
        """Invoke a function with an empty event, as a recurring schedule does, and return its answer."""
        return self.functions.invoke(self.stack.functions[logical_id], {})

    def step(self) -> bool:
        """Run one batch; return False if nothing is left to do."""
        return self.event_loop.step()

    def settle(self, within: timedelta | None = None) -> None:
        """Run until nothing is left to do, or until WITHIN that time; the clock jumps from one event to the next.

        Without a time it waits for everything except schedules of posts that appear or expire later.
        """
        self.event_loop.settle(within)

    def page(self, path: str, headers: Mapping[str, str] | None = None) -> HttpResponse:
        """Request PATH from the CDN, as a browser does; redirects are not followed."""
        return self.request("GET", path, headers=headers)

    def request(
        self,
        method: str,
        path: str,
        *,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> HttpResponse:
        """Send a request to the CDN, with FORM encoded as a browser does or with any other BODY."""
        sent = {name.lower(): value for name, value in (headers or {}).items()}
        if form is not None:
            return self._edge(HttpRequest.of_form(method, path, form, sent))
        return self._edge(HttpRequest(method, path, sent, body))

    def report(self, key: str) -> dict[str, Any] | None:
        """Read the report about the source KEY, if there is one."""
        stored = stored_object(self.id("ContentBucket"), f"reports/{key}.json")
        report: dict[str, Any] | None = json.loads(stored.value) if stored else None
        return report

    def site(self) -> dict[str, tuple[bytes, Mapping[str, str]]]:
        """Return the whole site bucket: by key, each object's bytes and metadata."""
        return {stored.name: (stored.value, metadata_of(stored)) for stored in stored_objects(self.id("SiteBucket"))}

    def mails(self) -> list[EmailMessage]:
        """Return the mails sent, in order."""
        return sent_mails(ACCOUNT, REGION)

    def mail_sources(self) -> list[bytes]:
        """Return the bytes of the mails sent, in order."""
        return sent_sources(ACCOUNT, REGION)

    def api(self, request: HttpRequest) -> HttpResponse:
        """Send REQUEST to the HTTP API itself, past the CDN."""
        route = route_for(request, self.stack.routes)
        if route is None:
            return failure(404, "Not Found")
        try:
            event = event_for(request, route, self.clock.now())
            return response_of(self.functions.invoke(self.stack.functions[route.function], event))
        except CallbackError as objection:
            raise objection.error from None
        except (Exception, Crash) as error:  # noqa: BLE001  # API Gateway takes any
            self.event_loop.errors.append((route.function, error))
            return failure(500, "Internal Server Error")

    @cached_property
    def _edge(self) -> Callable[[HttpRequest], HttpResponse]:
        """Return the function that answers requests: the CDN, or the HTTP API where a stack has no CDN."""
        if self.stack.distribution is None:
            return self.api
        edge = LocalEdge(self.stack.distribution, MotoOrigin(), self.api, self.clock.now)
        self._open.callback(edge.close)
        return edge.answer
