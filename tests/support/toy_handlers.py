"""Handlers of the toy stack: each does the deed that the test has given it."""

from typing import Any

from dropcap_local.events.invocation import LambdaContext
from support.toy_stack import DEEDS


def upload(event: dict[str, Any], context: LambdaContext) -> object:
    """Work on messages of the standard queue."""
    return DEEDS["upload"](event, context)


def change(event: dict[str, Any], context: LambdaContext) -> object:
    """Work on records of the table's stream."""
    return DEEDS["change"](event, context)


def view(event: dict[str, Any], context: LambdaContext) -> object:
    """Work on messages of the FIFO queue."""
    return DEEDS["view"](event, context)


def web(event: dict[str, Any], context: LambdaContext) -> object:
    """Answer a request."""
    return DEEDS["web"](event, context)
