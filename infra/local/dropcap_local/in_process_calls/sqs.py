"""SQS: passes the parameters to moto's handler in the form that its own parser produces."""

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
    """moto's handler, with a fixed backend instead of one that is looked up at each use."""

    sqs_backend: SQSBackend = None  # type: ignore[assignment]  # set before the first use


def ask_queue(call: InProcessCall) -> Mapping[str, Any]:
    """Return the answer, or raise what moto raises."""
    handler = InProcessSqsHandler()
    prepare(handler, call)
    handler.sqs_backend = call.backend
    answer: Mapping[str, Any] = getattr(handler, xform_name(call.operation))().result  # made anew by moto
    return answer


@contextmanager
def light_queues() -> Iterator[None]:
    """Compute an attribute of moto's queues only when it is read, until the block ends."""
    with patch.object(Queue, "attributes", property(_Attributes)):
        yield


class _Attributes(Mapping[str, Any]):
    """A queue's attributes, computed on demand; for each message, moto computes all of them three times."""

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
