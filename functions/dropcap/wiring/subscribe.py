"""The tools of the subscribe function."""

from functools import cache
from pathlib import Path

from dropcap.aws.catalog import Catalog
from dropcap.aws.client_limit import ClientLimit
from dropcap.aws.confirmations import Confirmations
from dropcap.aws.queues import Queue
from dropcap.aws.subscribers import Subscribers
from dropcap.aws.table import Table
from dropcap.clients import client, secret
from dropcap.newsletter_settings import SubscribeSettings
from dropcap.site.theme import Theme
from dropcap.steps.newsletter.subscribe import SubscribeTools


@cache
def subscribe_tools(settings: SubscribeSettings) -> SubscribeTools:
    """Return the collaborators of the HTTP API."""
    return SubscribeTools(
        Catalog(Table(client("dynamodb"), settings.catalog_table), settings.default_site_url),
        Subscribers(client("dynamodb"), settings.subscribers_table),
        Confirmations(client("dynamodb"), settings.subscribers_table),
        Theme(Path(settings.templates_dir)),
        Queue(client("sqs"), settings.confirmation_queue_url),
        secret,
        ClientLimit(client("dynamodb"), settings.subscribers_table, secret),
        open=settings.budget > 0,
        secrets=tuple(settings.origin_secrets.split()),
    )
