"""A replacement for the list in which moto's SQS keeps messages.

Reason: moto reads all messages at every send, receive and delete, so a backlog costs quadratic time, and it forgets a
deduplication id when its message is deleted, which SQS does not. Here each queue has a `MessageStore`. Only the storage
is replaced: names, limits, errors and the wire format stay moto's.
"""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from moto.sqs.models import Message, Queue, SQSBackend, _filter_message_attributes

from dropcap_local.moto_patches.sqs_message_store import MessageStore

SOURCE_OF_DEAD_LETTER = "DeadLetterQueueSourceArn"
"""System attribute of a dead letter: the queue it was in before."""

_STORE = "_dropcap_store"


def messages_of(queue: Queue) -> MessageStore:
    """Return the store of QUEUE."""
    store: MessageStore = vars(queue)[_STORE]
    return store


@contextmanager
def indexed_queues() -> Iterator[None]:
    """Store the messages of moto's queues in message stores, until the block ends."""
    counts: dict[str, Any] = {
        "approximate_number_of_messages": property(lambda queue: _woken(queue).waiting),
        "approximate_number_of_messages_delayed": property(lambda queue: _woken(queue).delayed),
        "approximate_number_of_messages_not_visible": property(lambda queue: _woken(queue).in_flight),
    }
    storage: dict[str, Any] = {"_messages": property(_messages, _clear), "add_message": _add, "delete_message": _delete}
    queues = patch.multiple(Queue, create=True, **storage, **counts)
    backend = patch.multiple(SQSBackend, receive_message=_receive, change_message_visibility=_postpone)
    with queues, backend:
        yield


def _messages(queue: Queue) -> list[Message]:
    return list(messages_of(queue))


def _clear(queue: Queue, _empty: list[Message]) -> None:
    """Start a new store: moto assigns an empty list when a queue is made and when it is purged."""
    vars(queue)[_STORE] = MessageStore(lambda message, receives: _move_to_dead_letters(queue, message, receives))


def _woken(queue: Queue) -> MessageStore:
    store = messages_of(queue)
    store.wake()
    return store


def _add(queue: Queue, message: Message) -> None:
    store = messages_of(queue)
    with store.lock:
        group = message.group_id if queue.fifo_queue else None
        scope = group if vars(queue).get("deduplication_scope") == "messageGroup" else None
        if queue.fifo_queue and message.deduplication_id and store.is_repeated(scope or "", message.deduplication_id):
            return
        store.add(message, group, message.delayed_until / 1000)


def _move_to_dead_letters(queue: Queue, message: Message, receives: int) -> bool:
    """Move MESSAGE to the dead letters of QUEUE if it was received too often."""
    policy = vars(queue).get("redrive_policy")
    if not queue.dead_letter_queue or not policy or receives < policy["maxReceiveCount"]:
        return False
    message.system_attributes[SOURCE_OF_DEAD_LETTER] = {"StringValue": queue.queue_arn}
    group = message.group_id if queue.dead_letter_queue.fifo_queue else None
    if group:
        message.deduplication_id = message.id  # SQS Developer Guide, "Configure a dead-letter queue redrive"
    messages_of(queue.dead_letter_queue).add(message, group, 0)
    return True


def _delete(queue: Queue, receipt_handle: str) -> None:
    messages_of(queue).delete(receipt_handle)


def _receive(  # noqa: PLR0913, PLR0917  # moto's signature
    backend: SQSBackend,
    queue_name: str,
    count: int,
    wait_seconds_timeout: int,  # noqa: ARG001  # there is no waiting while time stands still
    visibility_timeout: int,
    message_attribute_names: list[str] | None = None,
) -> list[Message]:
    received = [
        copy.copy(message) for message in messages_of(backend.get_queue(queue_name)).take(count, visibility_timeout)
    ]
    for message in received:
        _filter_message_attributes(message, message_attribute_names or [])
    return received


def _postpone(backend: SQSBackend, queue_name: str, receipt_handle: str, visibility_timeout: int) -> None:
    messages_of(backend.get_queue(queue_name)).postpone(receipt_handle, visibility_timeout)
