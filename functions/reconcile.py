"""10 reconcile: once a day and after a deployment, process again what differs; once a week, delete what is unneeded.

Trigger:  ReconcileSchedule (once a day), `dropcap deploy` (after a deployment)
Reads:    ContentBucket, ArtifactBucket, CatalogTable
Writes:   CatalogTable (the release that the pages were made with), ArtifactBucket
Emits:    UploadQueue, IssueQueue, BulkQueue, ViewQueue, CatalogTable stream
On error: Lambda tries it twice more, then ReconcileDeadLetters; the next day it starts afresh
"""

from pathlib import Path
from typing import Any

from dropcap import clients
from dropcap.metrics import emit_metric
from dropcap.observability import LOCATION, RECONCILED
from dropcap.powertools import LambdaContext, Logger
from dropcap.release import Release
from dropcap.settings import ReconcileSettings
from dropcap.steps.reconcile.compare import compare, send_gone
from dropcap.steps.reconcile.expire import Expired, expire
from dropcap.steps.reconcile.roll_out import roll_out
from dropcap.wiring import reconcile as wiring

logger = Logger(location=LOCATION)


RESERVE = 60_000
"""Milliseconds of the function's time that remain when the search for unneeded things stops."""


def handler(_event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Roll out a new release, compare, then expire; return how many sources differed, by the reason."""
    settings = ReconcileSettings.from_environment()
    now = clients.now()
    installed = Release.of(Path(settings.templates_dir), settings.of_pages)
    release = roll_out(wiring.roll_out_tools(settings), installed, now)
    tools = wiring.compare_tools(settings)
    differences = compare(tools, now)
    expired = expire(
        wiring.expire_tools(settings),
        now,
        lambda: context.get_remaining_time_in_millis() > RESERVE,
        lambda sources: send_gone(tools, sources, now, differences),
    )
    counts = {
        "changed": differences.changed,
        "gone": differences.gone,
        "due": differences.due,
        "overdue": differences.overdue,
    }
    emit_metric(RECONCILED, sum(counts.values()))
    logger.info("reconciled", release=release, compared=differences.compared, differences=counts)
    if expired:
        logger.info("expired", unneeded=expired.unneeded, deleted=expired.deleted)
    return {
        "release": release,
        "compared": differences.compared,
        **counts,
        "expired": (expired or Expired()).deleted,
    }
