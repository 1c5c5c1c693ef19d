"""Handlers of the toy stack: each calls the function that the test has set."""

from typing import Any

from dropcap_local.events.invocation import LambdaContext
from support.toy_stack import DEEDS


def upload(event: dict[str, Any], context: LambdaContext) -> object:
    """Handle messages of the standard queue."""
    return DEEDS["upload"](event, context)


def change(event: dict[str, Any], context: LambdaContext) -> object:
    """Handle records of the table's stream."""
    return DEEDS["change"](event, context)


def view(event: dict[str, Any], context: LambdaContext) -> object:
    """Handle messages of the FIFO queue."""
    return DEEDS["view"](event, context)


def web(event: dict[str, Any], context: LambdaContext) -> object:
    """Answer a request."""
    return DEEDS["web"](event, context)
