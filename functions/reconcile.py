"""10 reconcile: once a day and after a deployment, process again what differs from the content bucket.

Trigger:  ReconcileSchedule (once a day), `dropcap deploy` (after a deployment)
Reads:    ContentBucket, CatalogTable
Writes:   CatalogTable (the release that the pages were made with)
Emits:    UploadQueue, IssueQueue, BulkQueue, ViewQueue, CatalogTable stream
On error: Lambda tries it twice more, then ReconcileDeadLetters; the next day it starts afresh
"""

from pathlib import Path
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from dropcap import clients, wiring
from dropcap.observability import LOCATION
from dropcap.release import Release
from dropcap.settings import ReconcileSettings
from dropcap.steps.reconcile.compare import compare
from dropcap.steps.reconcile.roll_out import roll_out

logger = Logger(location=LOCATION)
metrics = Metrics(namespace="Dropcap")


def handler(_event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Roll out a new release, then compare; return how many sources differed, by the reason."""
    settings = ReconcileSettings.from_environment()
    now = clients.now()
    release = roll_out(wiring.roll_out_tools(settings), Release.of(Path(settings.templates_dir)), now)
    differences = compare(wiring.compare_tools(settings), now)
    counts = {
        "changed": differences.changed,
        "gone": differences.gone,
        "due": differences.due,
        "overdue": differences.overdue,
    }
    metrics.add_metric("Reconciled", MetricUnit.Count, sum(counts.values()))
    metrics.flush_metrics()
    logger.info("reconciled", release=release, compared=differences.compared, differences=counts)
    return {"release": release, "compared": differences.compared, **counts}
