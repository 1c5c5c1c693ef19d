"""Where the newsletter's clients are made: lazily, once per settings (`wiring.py` does it for the rest).

A module of its own, because importing the Markdown modules would double the cold start of the subscription pages.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from dropcap.aws.buckets import Artifacts
from dropcap.aws.catalog import Catalog
from dropcap.aws.client_limit import ClientLimit
from dropcap.aws.confirmations import Confirmations
from dropcap.aws.confirmed_index import ConfirmedIndex
from dropcap.aws.ledger import Ledger
from dropcap.aws.letters import Letters
from dropcap.aws.mail import ONE_ATTEMPT, Mail
from dropcap.aws.newsletter import Newsletter
from dropcap.aws.page_sums import PageSums
from dropcap.aws.queues import Queue
from dropcap.aws.schedules import IssueSchedules, ScheduleTarget
from dropcap.aws.send_rate import SendRate
from dropcap.aws.subscribers import Subscribers
from dropcap.aws.table import Table
from dropcap.clients import client, now, pause, secret, token
from dropcap.metrics import PERCENT, emit_metric
from dropcap.newsletter.outcome import SesAccount
from dropcap.newsletter_settings import AnnounceSettings, DeliverSettings, FeedbackSettings, SubscribeSettings
from dropcap.observability import QUOTA_USED
from dropcap.site.theme import Theme
from dropcap.steps.newsletter.freeze_issue import FreezeTools
from dropcap.steps.newsletter.give_up_issue import GiveUpTools
from dropcap.steps.newsletter.open_issue import OpenTools
from dropcap.steps.newsletter.page_delivery import DeliverTools
from dropcap.steps.newsletter.report_issue import ReportTools
from dropcap.steps.newsletter.send_confirmation import ConfirmTools
from dropcap.steps.newsletter.subscribe import SubscribeTools
from dropcap.steps.newsletter.write_letter import MailLayout


@cache
def open_tools(settings: AnnounceSettings) -> OpenTools:
    """Wire the opening of issues."""
    return OpenTools(
        _catalog(settings),
        Newsletter(client("dynamodb"), settings.newsletter_table, token),
        _schedules(settings),
        Queue(client("sqs"), settings.issue_queue_url),
        settings.grace,
        settings.since,
        settings.lateness,
    )


@cache
def give_up_tools(settings: AnnounceSettings) -> GiveUpTools:
    """Wire the giving up of issues."""
    return GiveUpTools(
        _catalog(settings),
        Newsletter(client("dynamodb"), settings.newsletter_table, token),
        Queue(client("sqs"), settings.unsent_queue_url),
    )


@cache
def freeze_tools(settings: AnnounceSettings) -> FreezeTools:
    """Wire the freezing of issues."""
    return FreezeTools(
        _catalog(settings),
        Artifacts(client("s3"), settings.artifact_bucket, "bodies/"),
        Newsletter(client("dynamodb"), settings.newsletter_table, token),
        ConfirmedIndex(client("dynamodb"), settings.subscribers_table),
        Letters(client("s3"), settings.artifact_bucket),
        _layout(settings),
        Queue(client("sqs"), settings.issue_queue_url),
        Queue(client("sqs"), settings.delivery_queue_url),
        PageSums(client("dynamodb"), settings.newsletter_table),
        _schedules(settings),
    )


@cache
def report_tools(settings: AnnounceSettings) -> ReportTools:
    """Wire the reports on issues."""
    return ReportTools(
        _catalog(settings),
        Newsletter(client("dynamodb"), settings.newsletter_table, token),
        Ledger(client("dynamodb"), settings.newsletter_table, settings.subscribers_table),
        PageSums(client("dynamodb"), settings.newsletter_table),
        _schedules(settings),
    )


@cache
def deliver_tools(settings: DeliverSettings) -> DeliverTools:
    """Wire the delivery of pages."""
    return DeliverTools(
        Newsletter(client("dynamodb"), settings.newsletter_table, token),
        Ledger(client("dynamodb"), settings.newsletter_table, settings.subscribers_table),
        PageSums(client("dynamodb"), settings.newsletter_table),
        Subscribers(client("dynamodb"), settings.subscribers_table),
        Letters(client("s3"), settings.artifact_bucket),
        _rate(settings),
        Mail(client("sesv2", ONE_ATTEMPT), settings.mail_configuration_set),
        Queue(client("sqs"), settings.delivery_queue_url),
        Queue(client("sqs"), settings.issue_queue_url),
        token,
        now,
        pause,
    )


@cache
def confirm_tools(settings: DeliverSettings) -> ConfirmTools:
    """Wire the sending of confirmation mails."""
    return ConfirmTools(
        _catalog(settings),
        Subscribers(client("dynamodb"), settings.subscribers_table),
        Confirmations(client("dynamodb"), settings.subscribers_table),
        _layout(settings),
        _rate(settings),
        Mail(client("sesv2", ONE_ATTEMPT), settings.mail_configuration_set),
        Queue(client("sqs"), settings.confirmation_queue_url),
    )


@cache
def feedback_tools(settings: FeedbackSettings) -> tuple[Subscribers, Ledger]:
    """Wire the recording of what SES tells."""
    return (
        Subscribers(client("dynamodb"), settings.subscribers_table),
        Ledger(client("dynamodb"), settings.newsletter_table, settings.subscribers_table),
    )


@cache
def subscribe_tools(settings: SubscribeSettings) -> SubscribeTools:
    """Wire the HTTP API."""
    return SubscribeTools(
        _catalog(settings),
        Subscribers(client("dynamodb"), settings.subscribers_table),
        Confirmations(client("dynamodb"), settings.subscribers_table),
        Theme(Path(settings.templates_dir)),
        Queue(client("sqs"), settings.confirmation_queue_url),
        secret,
        ClientLimit(client("dynamodb"), settings.subscribers_table, secret),
        open=settings.budget > 0,
        secrets=tuple(settings.origin_secrets.split()),
    )


def forget() -> None:
    """Forget every client, as a new Lambda container does; several local clouds follow one another in a process."""
    for maker in (
        client,
        open_tools,
        give_up_tools,
        freeze_tools,
        report_tools,
        deliver_tools,
        confirm_tools,
        feedback_tools,
        subscribe_tools,
    ):
        maker.cache_clear()


def _catalog(settings: AnnounceSettings | DeliverSettings | SubscribeSettings) -> Catalog:
    return Catalog(Table(client("dynamodb"), settings.catalog_table), settings.default_site_url)


def _schedules(settings: AnnounceSettings) -> IssueSchedules:
    target = ScheduleTarget(settings.schedule_group, settings.issue_queue_arn, settings.schedule_role_arn)
    return IssueSchedules(client("scheduler"), target)


def _layout(settings: AnnounceSettings | DeliverSettings) -> MailLayout:
    return MailLayout(Theme(Path(settings.templates_dir)), settings.mail_from, settings.postal_address)


def _rate(settings: DeliverSettings) -> SendRate:
    account = Mail(client("sesv2", ONE_ATTEMPT), settings.mail_configuration_set).account
    return SendRate(client("dynamodb"), settings.newsletter_table, _measured(account), token, settings.budget)


def _measured(account: Callable[[], SesAccount]) -> Callable[[], SesAccount]:
    """Return ACCOUNT, which also writes as a metric how much of the day's quota is used."""

    def ask() -> SesAccount:
        answer = account()
        if answer.per_day > 0:
            emit_metric(QUOTA_USED, 100 * answer.sent_today / answer.per_day, PERCENT)
        return answer

    return ask
