"""The runbook's pages about mails, the API and the stream, acted out: the alarm fires, the page helps, it is over.

What CloudWatch would compute is computed here from the same sources: queues, metrics that functions write, answers of
the API, and events of SES.
"""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, redirect_stdout
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import boto3
import pytest

from dropcap_cli.cli import main
from dropcap_cli.commands import newsletter
from dropcap_cli.commands.rebuild import start
from dropcap_cli.newsletter_tools import NewsletterTools
from dropcap_cli.remote.stack_lookup import RemoteStack
from dropcap_local.clients import REGION
from dropcap_local.cloud import LocalCloud
from dropcap_local.deploy.deployment import LOCAL_PARAMETERS, STACK
from dropcap_local.events.calls import Refused
from dropcap_local.events.stream_source import ShardSource
from dropcap_local.moto_patches import ses_events
from support.emitted_metrics import EmittedMetrics, emitted_metrics
from support.readers import subscribe
from support.template import ROOT, nested, resources

ALARMS = resources("CloudWatch::Alarm", nested("observability"))
SITE = "title: The Quiet Hour\nnewsletter:\n  lateness_days: 9999\n  postal_address: 1 Example Street\n"
KEY = "posts/naps.md"
POST = "---\ntitle: Naps\ndate: 2025-03-14\n---\nAbout Naps.\n"
ENVIRONMENT = {"NEWS_SINCE": "2025-03-01", "GRACE_SECONDS": "0", "CONFIRMATIONS_A_DAY": "3"}
READERS = ("ada@example.org", "bob@example.org")
DAY = 24 * 3600


class Stack:
    """A stack with two readers, the metrics that its functions write, and what its alarms would see."""

    def __init__(self, cloud: LocalCloud, emitted: EmittedMetrics) -> None:
        self.cloud = cloud
        self.emitted = emitted

    def publish(self, key: str = KEY, title: str = "Naps", within: timedelta | None = None) -> None:
        """Publish a post and let its newsletter go out."""
        self.cloud.upload(key, POST.replace("Naps", title))
        self.cloud.settle(within)

    def exceeds(self, alarm: str, value: float) -> bool:
        """Return whether VALUE is over the threshold of ALARM."""
        assert "GreaterThanThreshold" == ALARMS[alarm]["ComparisonOperator"]
        return bool(value > ALARMS[alarm]["Threshold"])

    def delayed(self, alarm: str) -> bool:
        """Return whether messages of the queue that ALARM watches are delayed in each of its periods from now on."""
        queue = self.cloud.id(ALARMS[alarm]["Dimensions"][0]["Value"]["Ref"])
        for _ in range(ALARMS[alarm]["EvaluationPeriods"]):
            counts: Any = self.cloud.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])
            if not self.exceeds(alarm, int(counts["Attributes"][ALARMS[alarm]["MetricName"]])):
                return False
            self.cloud.settle(timedelta(seconds=ALARMS[alarm]["Period"]))
        return True

    def iterator_age(self) -> float:
        """Return the age of the oldest record of the stream that index has not read, in milliseconds."""
        sources = [
            item for item in self.cloud.event_loop.sources if isinstance(item, ShardSource)
        ]  # Lambda's own metric
        for source in sources:
            source.ready(eager=True)
        records = [record for source in sources for record in source.saved()["records"]]
        created = [record["dynamodb"]["ApproximateCreationDateTime"] for record in records]
        return 1_000 * max((time.time() - moment for moment in created), default=0)

    def share(self, name: str) -> float:
        """Return how many of the mails sent have the outcome NAME, as SES computes a rate."""
        return sum(self.emitted.values(name)) / sum(self.emitted.values("MailsSent"))


Opened = Callable[[], AbstractContextManager[Stack]]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Return what opens the stack; pytest replaces the standard output between a fixture and its test."""
    return lambda: open_stack(monkeypatch)


@contextmanager
def open_stack(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stack]:
    """Return a stack that `dropcap newsletter` finds."""
    environment = {"MAIL_FROM": LOCAL_PARAMETERS["MailFrom"], "POSTAL_ADDRESS": LOCAL_PARAMETERS["PostalAddress"]}
    environment |= {"MAIL_CONFIGURATION_SET": f"{STACK}-ses", "DEFAULT_SITE_URL": "https://journal.example.org"}
    with emitted_metrics() as emitted, LocalCloud(environment=ENVIRONMENT) as cloud:
        monkeypatch.setattr(newsletter, "find_stack", lambda *_: remote(cloud))
        monkeypatch.setattr(NewsletterTools, "_environment", lambda *_: environment)
        cloud.upload("site.yaml", SITE)
        for reader in READERS:
            subscribe(cloud, reader)
        cloud.clock.advance(3600)  # the limits of the account are asked for again
        emitted.forget()
        yield Stack(cloud, emitted)


def remote(cloud: LocalCloud) -> RemoteStack:
    """Return the stack of CLOUD as the command line sees it."""
    return RemoteStack(boto3.session.Session("local", "local", region_name=REGION), None, cloud.stack.ids)


def account() -> dict[str, int]:
    """Run `dropcap newsletter status`, as the pages say; return the account of the issue."""
    with redirect_stdout(StringIO()) as printed:
        assert 0 == main(["newsletter", "status", KEY, "--json"])
    numbers: dict[str, int] = json.loads(printed.getvalue())["account"]
    return numbers


def went_to(stack: Stack, subject: str = "Naps") -> list[str]:
    """Return who got the newsletter SUBJECT."""
    return sorted(mail["To"] for mail in stack.cloud.mails() if mail["Subject"] == subject)


def page(alarm: str) -> str:
    """Return the text of the page that ALARM links."""
    path = str(ALARMS[alarm]["AlarmDescription"]).rpartition("See ")[2].rstrip(".")
    return (ROOT / path).read_text(encoding="utf-8")


def test_a_stream_that_nobody_reads_raises_an_alarm_and_a_rebuild_makes_up_for_its_loss(opened: Opened) -> None:
    """catalog-stream-old: pages are published and lists do not change; after an outage of a day, rebuild."""
    with opened() as stack:
        cloud = stack.cloud
        cloud.upload(KEY, POST)
        shards = [source for source in cloud.event_loop.sources if isinstance(source, ShardSource)]
        others = [source for source in cloud.event_loop.sources if source not in shards]
        with patch.object(cloud.event_loop, "sources", others):
            while cloud.step():
                pass
        cloud.clock.advance(16 * 60)
        assert stack.exceeds("CatalogStreamOld", stack.iterator_age())
        for source in shards:  # the outage lasts until the stream has forgotten them
            source._records.clear()  # noqa: SLF001  # as above
            source._since = None  # noqa: SLF001  # as above
        cloud.settle()
        assert "Naps" not in cloud.page("/").text
        assert "dropcap rebuild" in page("CatalogStreamOld")
        start(remote(cloud), sources=True, now=datetime.now(UTC))
        cloud.settle()
        assert "Naps" in cloud.page("/").text
        assert not stack.exceeds("CatalogStreamOld", stack.iterator_age())


def test_a_newsletter_over_the_quota_waits_and_goes_out_by_itself(opened: Opened) -> None:
    """newsletter-delayed: `status` counts who is left; when the quota is free again, all get it, once."""
    with opened() as stack:
        account_of_ses = stack.cloud.account
        account_of_ses.per_day = account_of_ses.sent_today()
        stack.publish(within=timedelta(minutes=30))
        assert [] == went_to(stack)
        account_of_ses.sent_at = [time.time()] * account_of_ses.per_day  # another sender used the quota up once more
        assert 2 == account()["queued"]
        assert stack.delayed("NewsletterDelayed")
        stack.cloud.settle()
        assert list(READERS) == went_to(stack)
        assert not stack.delayed("NewsletterDelayed")


def test_confirmations_over_the_quota_wait_and_come_by_themselves(opened: Opened) -> None:
    """confirmations-delayed: nothing is lost, and nobody has to ask again."""
    with opened() as stack:
        cloud = stack.cloud
        cloud.account.per_day = cloud.account.sent_today()
        cloud.request("POST", "/api/subscribe", form={"email": "cyd@example.org", "website": ""})
        cloud.settle(timedelta(minutes=5))
        assert stack.delayed("ConfirmationsDelayed")
        cloud.account.per_day = 50_000
        cloud.settle()
        assert "cyd@example.org" in [mail["To"] for mail in cloud.mails()]
        assert not stack.delayed("ConfirmationsDelayed")


def test_a_spent_budget_of_confirmations_is_over_the_next_day(opened: Opened) -> None:
    """confirmation-budget-spent: newsletters go out all the same; then a subscription of one's own is confirmed."""
    with opened() as stack:
        for reader in ("cyd@example.org", "dot@example.org"):
            stack.cloud.request("POST", "/api/subscribe", form={"email": reader, "website": ""})
            stack.cloud.settle()
        assert stack.exceeds("ConfirmationBudgetSpent", sum(stack.emitted.values("ConfirmationBudgetSpent")))
        stack.publish()
        assert list(READERS) == went_to(stack)
        stack.cloud.clock.advance(DAY)
        stack.emitted.forget()
        subscribe(stack.cloud, "eve@example.org")
        assert not stack.exceeds("ConfirmationBudgetSpent", sum(stack.emitted.values("ConfirmationBudgetSpent")))
        stack.publish("posts/walks.md", "Walks")
        assert "eve@example.org" in went_to(stack, "Walks")


def test_an_outage_of_a_table_is_counted_by_the_api_and_ends(
    opened: Opened, capsys: pytest.CaptureFixture[str]
) -> None:
    """api-errors: answers of 503 count, and their log has method and path, but no address."""
    with opened() as stack:
        cloud, form = stack.cloud, {"email": "cyd@example.org", "website": ""}
        outage = [True]

        def refuse(service: str, *_: object) -> None:
            if outage[0] and "dynamodb" == service and "SubscribeFunction" == os.environ["AWS_LAMBDA_FUNCTION_NAME"]:
                raise Refused("InternalServerError", 500)

        cloud.on_call.append(refuse)
        statuses = [cloud.request("POST", "/api/subscribe", form=form).status for _ in range(2)]
        assert stack.exceeds("ApiErrors", sum(500 <= status < 600 for status in statuses))
        assert "cyd@" not in capsys.readouterr().err
        outage[0] = False
        assert not stack.exceeds(
            "ApiErrors", sum(500 <= cloud.request("POST", "/api/subscribe", form=form).status < 600 for _ in range(1))
        )
        cloud.settle()
        assert "cyd@example.org" in [mail["To"] for mail in cloud.mails()]


@pytest.mark.parametrize(
    ("alarm", "fate", "metric", "counted"),
    [
        ("MailBounces", "bounce", "MailsBounced", "bounced"),
        ("MailComplaints", "complaint", "MailsComplained", "complained"),
    ],
)
def test_who_bounces_or_complains_gets_no_more_and_the_rate_falls(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, alarm: str, fate: str, metric: str, counted: str
) -> None:  # fmt: skip
    """mail-bounces, mail-complaints: the account of the issue has the number; the address is unsubscribed by itself."""
    with opened() as stack:
        monkeypatch.setattr(ses_events, "fate_of", lambda recipients: fate if recipients[0] == READERS[1] else None)
        stack.publish()
        assert stack.exceeds(alarm, stack.share(metric))
        assert 1 == account()[counted]
        stack.emitted.forget()
        stack.publish("posts/walks.md", "Walks")
        assert [READERS[0]] == went_to(stack, "Walks")
        assert not stack.exceeds(alarm, stack.share(metric))


def test_a_quota_that_is_nearly_spent_is_free_again_the_next_day(opened: Opened) -> None:
    """mail-quota-nearly-spent: the share is written with the mails, before anything has to wait."""
    with opened() as stack:
        account = stack.cloud.account
        account.per_day, account.sent_at = 100, [time.time()] * 85
        stack.publish()
        assert stack.exceeds("MailQuotaNearlySpent", max(stack.emitted.values("MailQuotaUsed")))
        assert list(READERS) == went_to(stack)
        stack.cloud.clock.advance(DAY)
        stack.emitted.forget()
        stack.publish("posts/walks.md", "Walks")
        assert not stack.exceeds("MailQuotaNearlySpent", max(stack.emitted.values("MailQuotaUsed")))


def test_every_page_of_the_runbook_is_acted_out() -> None:
    """Those of queues in test_runbook.py, all others here."""
    tests = [Path(__file__), Path(__file__).with_name("test_runbook.py")]
    text = "".join(path.read_text(encoding="utf-8") for path in tests)
    assert [] == [name for name in ALARMS if f'"{name.removesuffix("Waiting")}"' not in text]
