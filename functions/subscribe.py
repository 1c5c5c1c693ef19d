"""7 subscribe: subscribe, confirm, unsubscribe.

Trigger:  PublicApi (POST /api/subscribe, GET and POST /api/confirm, HEAD /api/confirm, GET and POST /api/unsubscribe,
          HEAD /api/unsubscribe, and $default for every other request, which is refused)
Reads:    SubscribersTable, CatalogTable (the site's settings)
Writes:   SubscribersTable
Emits:    ConfirmationQueue
On error: the visitor sees a page that asks to try again; nothing is retried
"""

from typing import Any

from dropcap import clients
from dropcap.errors import ServiceError
from dropcap.newsletter.web import UNAVAILABLE, WebRequest
from dropcap.newsletter_settings import SubscribeSettings
from dropcap.observability import LOCATION
from dropcap.powertools import LambdaContext, Logger
from dropcap.steps.newsletter.subscribe import respond
from dropcap.wiring import subscribe as wiring

logger = Logger(location=LOCATION)


def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Answer one request. Neither the address nor the fields of a request are logged."""
    logger.clear_state()
    request = WebRequest.of_event(event)
    try:
        response = respond(
            wiring.subscribe_tools(SubscribeSettings.from_environment()),
            request,
            now=clients.now(),
        )
    except ServiceError:
        logger.exception("failed", method=request.method, path=request.path)
        response = UNAVAILABLE
    logger.info("answered", method=request.method, path=request.path, status=response.status)
    return response.to_event()
