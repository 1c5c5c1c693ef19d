"""The store in which a queue's messages stand."""

from datetime import UTC, datetime

import pytest
from moto.sqs.exceptions import ReceiptHandleIsInvalid
from moto.sqs.models import Message

from dropcap_local.clock import VirtualClock
from dropcap_local.moto_patches.sqs_message_store import MessageStore

NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)


def messages_of(*groups: str | None) -> MessageStore:
    """Return a store with one message for each of GROUPS, whose body is its number."""
    store = MessageStore(lambda _message, _receives: False)
    for number, group in enumerate(groups):
        store.add(Message(f"id-{number}", str(number)), group, 0)
    return store


def bodies(messages: list[Message]) -> str:
    """Return the bodies in one string."""
    return "".join(message.body for message in messages)


def receipt(message: Message) -> str:
    """Return the receipt of a message that was received."""
    assert message.receipt_handle
    return message.receipt_handle


def test_a_group_gives_one_batch_at_a_time() -> None:
    """No message of a group is received while one of it is in flight; other groups do not wait."""
    store = messages_of("a", "a", "b")
    assert "0" == bodies(store.take(1, 30))
    assert "2" == bodies(store.take(10, 30))
    assert "" == bodies(store.take(10, 30))


def test_a_batch_takes_as_much_of_a_group_as_there_is() -> None:
    """First everything of the group that has waited longest, in order, and then each that has room as a whole."""
    assert "02" == bodies(messages_of("a", "b", "a", "b", "a").take(2, 30))
    assert "024" == bodies(messages_of("a", "b", "a", "b", "a").take(4, 30))
    assert "02413" == bodies(messages_of("a", "b", "a", "b", "a").take(5, 30))
    assert "0243" == bodies(messages_of("a", "b", "a", "c", "a", "b").take(4, 30))


def test_a_group_goes_on_when_its_batch_is_deleted() -> None:
    """The next message of the group is given only once the whole batch before it is gone."""
    store = messages_of("a", "a", "a")
    first, second = store.take(2, 30)
    store.delete(receipt(first))
    assert "" == bodies(store.take(10, 30))
    store.delete(receipt(second))
    assert "2" == bodies(store.take(10, 30))


def test_what_comes_back_stands_at_the_head_of_its_group() -> None:
    """After the visibility timeout the group goes on where it was, in the old order."""
    with VirtualClock(NOON) as clock:
        store = messages_of("a", "a", "a")
        store.take(2, 30)
        clock.advance(30)
        assert "012" == bodies(store.take(10, 30))


def test_messages_of_a_standard_queue_do_not_wait_for_each_other() -> None:
    """Without a group each message is by itself, and one that comes back stands behind those that wait."""
    with VirtualClock(NOON) as clock:
        store = messages_of(None, None, None)
        assert "0" == bodies(store.take(1, 30))
        clock.advance(30)
        assert "120" == bodies(store.take(10, 30))


def test_a_delayed_message_is_seen_when_its_time_has_come() -> None:
    """It counts as delayed before, and wakes exactly then."""
    with VirtualClock(NOON) as clock:
        store = MessageStore(lambda _message, _receives: False)
        store.add(Message("id", "later"), None, NOON.timestamp() + 7)
        assert (1, 0) == (store.delayed, store.waiting)
        assert NOON.timestamp() + 7 == store.next_alarm()
        clock.advance(7)
        assert "later" == bodies(store.take(10, 30))


def test_a_message_can_be_put_off_or_taken_back_at_once() -> None:
    """A change of visibility replaces the old alarm."""
    with VirtualClock(NOON) as clock:
        store = messages_of("a")
        (message,) = store.take(1, 30)
        store.postpone(receipt(message), 100)
        clock.advance(30)
        assert "" == bodies(store.take(1, 30))
        store.postpone(receipt(message), 0)
        assert "0" == bodies(store.take(1, 30))
        assert 2 == message.approximate_receive_count


def test_a_message_is_deleted_by_any_of_its_receipts() -> None:
    """Even when it waits again, and deleting twice does no harm; a made-up receipt is refused."""
    store = messages_of("a")
    (message,) = store.take(1, 0)
    old = receipt(message)
    store.delete(old)
    store.delete(old)
    assert [] == list(store)
    with pytest.raises(ReceiptHandleIsInvalid):
        store.delete("made up")


def test_a_dead_letter_leaves_the_queue_and_frees_its_group() -> None:
    """The store asks about each message that comes back how often it was received."""
    receives_seen: list[tuple[str, int]] = []

    def bury(message: Message, receives: int) -> bool:
        receives_seen.append((message.body, receives))
        return receives == 2

    store = MessageStore(bury)
    for body in "01":
        store.add(Message(body, body), "a", 0)
    assert ["0", "0", "1"] == [bodies(store.take(1, 0)) for _ in range(3)]
    assert [("0", 1), ("0", 2), ("1", 1)] == receives_seen


def test_an_identifier_is_remembered_for_five_minutes() -> None:
    """A deduplication id counts within its scope, whatever has become of the message."""
    with VirtualClock(NOON) as clock:
        store = messages_of()
        assert [False, True, False] == [store.is_repeated(scope, "x") for scope in ("a", "a", "b")]
        clock.advance(299)
        assert store.is_repeated("a", "x")
        clock.advance(1)
        assert not store.is_repeated("a", "x")


def test_thousands_of_messages_are_no_burden() -> None:
    """Sending, receiving and deleting 20,000 messages in 5,000 groups is done while a test waits for it."""
    store = messages_of(*(f"group-{number % 5000}" for number in range(20_000)))
    taken = 0
    while batch := store.take(10, 30):
        for message in batch:
            store.delete(receipt(message))
        taken += len(batch)
    assert 20_000 == taken
    assert (0, 0) == (store.waiting, store.in_flight)
