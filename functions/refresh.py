"""9 refresh: invalidate changed cache tags at the CDN, collected for some seconds.

Trigger:  EdgeQueue (up to 1,000 messages, collected for 9 seconds)
Reads:    nothing
Writes:   CloudFront invalidations
Emits:    nothing
On error: tried 10 times, then EdgeDeadLetters
"""

from typing import Any

from dropcap.contracts import ClearEdge
from dropcap.errors import ContractError
from dropcap.observability import LOCATION, log_keys
from dropcap.powertools import LambdaContext, Logger
from dropcap.settings import RefreshSettings
from dropcap.steps.publish.invalidate import clear_edge
from dropcap.wiring import refresh as wiring

logger = Logger(location=LOCATION)


def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Invalidate the cache tags of the whole batch at once; all messages are redelivered if that fails.

    A message that cannot be read fails alone, so that the others of its batch are still handled.
    """
    edge = wiring.edge(RefreshSettings.from_environment())
    readable: dict[str, ClearEdge] = {}
    unreadable: list[str] = []
    for record in event["Records"]:
        try:
            readable[record["messageId"]] = ClearEdge.from_json(record["body"])
        except ContractError:
            logger.exception("failed", message_id=record["messageId"])
            unreadable.append(record["messageId"])
    paths = clear_edge(edge, readable.values(), " ".join(sorted(readable)))
    for cause in dict.fromkeys(request.cause for request in readable.values()):
        logger.info("cleared", paths=paths, **log_keys(cause))
    return {"batchItemFailures": [{"itemIdentifier": identifier} for identifier in unreadable]}
