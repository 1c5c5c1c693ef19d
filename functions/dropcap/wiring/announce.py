"""The tools of the announce function."""

from functools import cache
from pathlib import Path

from dropcap.aws.buckets import Artifacts
from dropcap.aws.catalog import Catalog
from dropcap.aws.confirmed_index import ConfirmedIndex
from dropcap.aws.issue_schedules import IssueSchedules
from dropcap.aws.ledger import Ledger
from dropcap.aws.letters import Letters
from dropcap.aws.newsletter import Newsletter
from dropcap.aws.page_sums import PageSums
from dropcap.aws.queues import Queue
from dropcap.aws.schedules import ScheduleTarget
from dropcap.aws.table import Table
from dropcap.clients import client, token
from dropcap.newsletter_settings import AnnounceSettings
from dropcap.site.theme import Theme
from dropcap.steps.newsletter.freeze_issue import FreezeTools
from dropcap.steps.newsletter.give_up_issue import GiveUpTools
from dropcap.steps.newsletter.open_issue import OpenTools
from dropcap.steps.newsletter.report_issue import ReportTools
from dropcap.steps.newsletter.write_letter import MailLayout


@cache
def open_tools(settings: AnnounceSettings) -> OpenTools:
    """Return the collaborators of opening an issue."""
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
    """Return the collaborators of giving up a message about an issue."""
    return GiveUpTools(
        _catalog(settings),
        Newsletter(client("dynamodb"), settings.newsletter_table, token),
        Queue(client("sqs"), settings.unsent_queue_url),
    )


@cache
def freeze_tools(settings: AnnounceSettings) -> FreezeTools:
    """Return the collaborators of freezing an issue."""
    return FreezeTools(
        _catalog(settings),
        Artifacts(client("s3"), settings.artifact_bucket, "bodies/"),
        Newsletter(client("dynamodb"), settings.newsletter_table, token),
        ConfirmedIndex(client("dynamodb"), settings.subscribers_table),
        Letters(client("s3"), settings.artifact_bucket),
        MailLayout(Theme(Path(settings.templates_dir)), settings.mail_from, settings.postal_address),
        Queue(client("sqs"), settings.issue_queue_url),
        Queue(client("sqs"), settings.delivery_queue_url),
        PageSums(client("dynamodb"), settings.newsletter_table),
        _schedules(settings),
    )


@cache
def report_tools(settings: AnnounceSettings) -> ReportTools:
    """Return the collaborators of reporting on an issue."""
    return ReportTools(
        _catalog(settings),
        Newsletter(client("dynamodb"), settings.newsletter_table, token),
        Ledger(client("dynamodb"), settings.newsletter_table, settings.subscribers_table),
        PageSums(client("dynamodb"), settings.newsletter_table),
        _schedules(settings),
    )


def _catalog(settings: AnnounceSettings) -> Catalog:
    return Catalog(Table(client("dynamodb"), settings.catalog_table), settings.default_site_url)


def _schedules(settings: AnnounceSettings) -> IssueSchedules:
    target = ScheduleTarget(settings.schedule_group, settings.issue_queue_arn, settings.schedule_role_arn)
    return IssueSchedules(client("scheduler"), target)
