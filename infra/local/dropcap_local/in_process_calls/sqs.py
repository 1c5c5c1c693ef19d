"""SQS: moto's handler is given the parameters as its own parser would give them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from botocore import xform_name
from moto.sqs.models import Queue, SQSBackend
from moto.sqs.responses import SQSResponse

from dropcap_local.in_process_calls.call import InProcessCall, prepare

OPERATIONS = frozenset({"SendMessage", "SendMessageBatch"})

_moto_attributes: Callable[[Queue], dict[str, Any]] = vars(Queue)["attributes"].fget


class InProcessSqsHandler(SQSResponse):
    """moto's handler, with the backend that it would look up each time it needs it."""

    sqs_backend: SQSBackend = None  # type: ignore[assignment]  # found before anything is call


def ask_queue(call: InProcessCall) -> Mapping[str, Any]:
    """Return the answer, or raise what moto raises."""
    handler = InProcessSqsHandler()
    prepare(handler, call)
    handler.sqs_backend = call.backend
    answer: Mapping[str, Any] = getattr(handler, xform_name(call.operation))().result  # made anew by moto
    return answer


@contextmanager
def light_queues() -> Iterator[None]:
    """Let moto work out only those attributes of a queue that are call for, until the block ends."""
    with patch.object(Queue, "attributes", property(_Attributes)):
        yield


class _Attributes(Mapping[str, Any]):
    """A queue's attributes. For each message that is sent moto works out all of them, three times, and looks at one."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401  # as Mapping's
        if name == "ContentBasedDeduplication":
            return str(vars(self._queue)["content_based_deduplication"]).lower() if self._queue.fifo_queue else default
        return super().get(name, default)

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401  # as Mapping's
        return _moto_attributes(self._queue)[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_moto_attributes(self._queue))

    def __len__(self) -> int:
        return len(_moto_attributes(self._queue))
