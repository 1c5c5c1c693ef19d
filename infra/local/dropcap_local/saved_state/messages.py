"""The messages of moto's queues as plain values and back."""

from typing import Any

from moto.sqs.models import Message, SQSBackend

from dropcap_local.moto_patches.sqs_message_store import MessageStore
from dropcap_local.moto_patches.sqs_storage import messages_of

Saved = dict[str, Any]


def queues_of(backend: SQSBackend) -> dict[str, Saved]:
    """Return the messages of each queue, by name, and the deduplication ids of the last five minutes."""
    return {name: _saved(messages_of(queue), is_fifo=queue.fifo_queue) for name, queue in backend.queues.items()}


def put_messages(backend: SQSBackend, saved: dict[str, Saved]) -> None:
    """Put the SAVED messages into the queues, instead of what S3 sent there when the buckets were made."""
    for name, content in saved.items():
        store = messages_of(backend.queues[name])
        store.clear()
        for values, group, receives, until in content["messages"]:
            message = Message("", "")
            vars(message).update(values)
            store.put_back(message, group, receives, until)
        store.deduplicated.update(content["deduplicated"])


def _saved(store: MessageStore, *, is_fifo: bool) -> Saved:
    messages = [
        (
            dict(vars(queued.message)),
            queued.group if is_fifo else None,
            queued.receives,
            0.0 if queued.in_flight else queued.until,  # the process that received it has ended: it returns at once
        )
        for queued in store.queued()
    ]
    return {"messages": messages, "deduplicated": dict(store.deduplicated)}
