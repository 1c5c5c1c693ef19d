"""SQS: moto's handler is given the parameters as its own parser would give them."""

from collections.abc import Mapping
from typing import Any

from botocore import xform_name
from moto.sqs.responses import SQSResponse

from dropcap_local.short_way.asked import Asked, prepare

OPERATIONS = frozenset({"SendMessage", "SendMessageBatch"})


def ask_queue(asked: Asked) -> Mapping[str, Any]:
    """Give the answer, or raise what moto raises."""
    handler = SQSResponse()
    prepare(handler, asked)
    answer: Mapping[str, Any] = getattr(handler, xform_name(asked.operation))().result  # made anew by moto
    return answer
