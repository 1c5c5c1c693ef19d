"""A dead-letter queue: receive its messages, send them back to the queue where they are handled, and delete them.

A received message is hidden from others for a minute. A FIFO queue refuses to delete it after that.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dropcap_cli.remote.bucket import reporting_refusals
from dropcap_cli.remote.queues import DESTINATIONS, waiting_in
from dropcap_cli.remote.stack_lookup import RemoteStack

AT_A_TIME: Final = 10
"""Messages that SQS returns or changes in one call, at most."""
HIDDEN: Final = 60
"""Seconds for which a received message is hidden from others."""
WAIT: Final = 5
"""Seconds for which SQS searches all its servers before it answers that there is no message (long polling)."""
EMPTY_ANSWERS: Final = 3
"""Answers without a new message after which no more is asked, even if SQS still counts messages."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message in a dead-letter queue: its RECEIPT and BODY, and in a FIFO queue its GROUP."""

    identifier: str
    receipt: str
    body: str
    group: str | None

    @property
    def summary(self) -> str:
        """Return the message's name and its subject, without personal data."""
        try:
            content = json.loads(self.body)
        except ValueError:
            return "not JSON"
        if not isinstance(content, dict):
            return "not an object"
        about = next((str(content[name]) for name in ("view", "key", "issue") if name in content), "")
        return f"{content.get('message', 'event')} {about}".strip()


class DeadLetterQueue:
    """A dead-letter queue of a stack. All methods raise UsageError if AWS refuses, or cannot be reached."""

    def __init__(self, stack: RemoteStack, name: str) -> None:
        """Use the queue NAME of STACK."""
        self.name = name
        self.destination = DESTINATIONS[name]
        self._stack = stack
        self._sqs = stack.client("sqs")
        self._url = stack.ids[name]

    def count(self) -> int:
        """Return about how many messages the queue has, hidden ones included."""
        return waiting_in(self._stack, [self.name])[self.name]

    def batches(self, held: Collection[str]) -> Iterator[list[DeadLetter]]:
        """Yield the messages that are received, without those whose identifiers are HELD; an empty list for none.

        Even a long poll may miss messages. So this ends after an empty answer only if SQS counts no more messages than
        are HELD, or after three such answers: other messages are hidden by somebody else.
        """
        empty = 0
        while empty < EMPTY_ANSWERS:
            batch = [letter for letter in self._receive() if letter.identifier not in held]
            empty = 0 if batch else empty + 1
            yield batch
            if not batch and self.count() <= len(held):
                return

    def release(self, letters: Sequence[DeadLetter]) -> None:
        """Make LETTERS, which were received, visible again."""
        for start in range(0, len(letters), AT_A_TIME):
            entries = [
                {"Id": str(number), "ReceiptHandle": letter.receipt, "VisibilityTimeout": 0}
                for number, letter in enumerate(letters[start : start + AT_A_TIME])
            ]
            with reporting_refusals(f"make messages of {self.name} visible again"):
                self._sqs.change_message_visibility_batch(QueueUrl=self._url, Entries=entries)

    def send(self, letter: DeadLetter) -> None:
        """Send LETTER to its destination. A FIFO queue ignores it if it was sent within five minutes."""
        ordered: dict[str, Any] = (
            {"MessageGroupId": letter.group, "MessageDeduplicationId": letter.identifier} if letter.group else {}
        )
        with reporting_refusals(f"send messages to {self.destination}"):
            self._sqs.send_message(QueueUrl=self._stack.ids[self.destination], MessageBody=letter.body, **ordered)

    def delete(self, letter: DeadLetter) -> None:
        """Delete LETTER, which was sent."""
        with reporting_refusals(f"delete messages of {self.name} that were sent to {self.destination}"):
            self._sqs.delete_message(QueueUrl=self._url, ReceiptHandle=letter.receipt)

    def _receive(self) -> Iterator[DeadLetter]:
        with reporting_refusals(f"read {self.name}"):
            answer = self._sqs.receive_message(
                QueueUrl=self._url,
                MaxNumberOfMessages=AT_A_TIME,
                VisibilityTimeout=HIDDEN,
                WaitTimeSeconds=WAIT,
                MessageSystemAttributeNames=["MessageGroupId"],
            )
        for message in answer.get("Messages", ()):
            group = message.get("Attributes", {}).get("MessageGroupId")
            yield DeadLetter(message["MessageId"], message["ReceiptHandle"], message["Body"], group)
