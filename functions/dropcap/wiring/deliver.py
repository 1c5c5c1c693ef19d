"""The tools of the deliver function."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from dropcap.aws.catalog import Catalog
from dropcap.aws.confirmations import Confirmations
from dropcap.aws.ledger import Ledger
from dropcap.aws.letters import Letters
from dropcap.aws.mail import ONE_ATTEMPT, Mail
from dropcap.aws.newsletter import Newsletter
from dropcap.aws.page_sums import PageSums
from dropcap.aws.queues import Queue
from dropcap.aws.send_rate import SendRate
from dropcap.aws.subscribers import Subscribers
from dropcap.aws.table import Table
from dropcap.clients import client, now, pause, token
from dropcap.metrics import PERCENT, emit_metric
from dropcap.newsletter.outcome import SesAccount
from dropcap.newsletter_settings import DeliverSettings
from dropcap.observability import QUOTA_USED
from dropcap.site.theme import Theme
from dropcap.steps.newsletter.page_delivery import DeliverTools
from dropcap.steps.newsletter.send_confirmation import ConfirmTools
from dropcap.steps.newsletter.write_letter import MailLayout


@cache
def deliver_tools(settings: DeliverSettings) -> DeliverTools:
    """Return the collaborators of delivering a page of recipients."""
    return DeliverTools(
        Newsletter(client("dynamodb"), settings.newsletter_table, token),
        Ledger(client("dynamodb"), settings.newsletter_table, settings.subscribers_table),
        PageSums(client("dynamodb"), settings.newsletter_table),
        Subscribers(client("dynamodb"), settings.subscribers_table),
        Letters(client("s3"), settings.artifact_bucket),
        _rate(settings),
        _mail(settings),
        Queue(client("sqs"), settings.delivery_queue_url),
        Queue(client("sqs"), settings.issue_queue_url),
        token,
        now,
        pause,
    )


@cache
def confirm_tools(settings: DeliverSettings) -> ConfirmTools:
    """Return the collaborators of sending a confirmation mail."""
    return ConfirmTools(
        Catalog(Table(client("dynamodb"), settings.catalog_table), settings.default_site_url),
        Subscribers(client("dynamodb"), settings.subscribers_table),
        Confirmations(client("dynamodb"), settings.subscribers_table),
        MailLayout(Theme(Path(settings.templates_dir)), settings.mail_from, settings.postal_address),
        _rate(settings),
        _mail(settings),
        Queue(client("sqs"), settings.confirmation_queue_url),
    )


def _rate(settings: DeliverSettings) -> SendRate:
    account = _measured(_mail(settings).account)
    return SendRate(client("dynamodb"), settings.newsletter_table, account, token, settings.budget)


def _mail(settings: DeliverSettings) -> Mail:
    return Mail(client("sesv2", ONE_ATTEMPT), settings.mail_configuration_set, settings.mail_from)


def _measured(account: Callable[[], SesAccount]) -> Callable[[], SesAccount]:
    """Return a function that calls ACCOUNT and emits the used share of the day's quota as a metric."""

    def ask() -> SesAccount:
        answer = account()
        if answer.per_day > 0:
            emit_metric(QUOTA_USED, 100 * answer.sent_today / answer.per_day, PERCENT)
        return answer

    return ask
