"""A FIFO queue of dead letters that answers as SQS may and the local cloud does not, and the queue they are moved to.

A short poll finds nothing, a long poll finds a few messages, and a receipt expires with the time for which its message
is hidden.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from dropcap_cli.remote.queues import COUNTS
from dropcap_cli.remote.stack_lookup import RemoteStack
from support.aws_answers import Answers, answering_session

Request = Mapping[str, Any]
URL = "https://sqs.eu-central-1.amazonaws.com/1/"
PER_ANSWER = 3


@dataclass
class Kept:
    """A message in the queue, hidden UNTIL a time; RECEIPT is the newest one."""

    identifier: str
    body: str
    until: float = 0.0
    receipt: str = ""


class DeadLetters:
    """UnmadeDeadLetters of a stack that has nothing else than ViewQueue; a test sets how they answer."""

    def __init__(self, *bodies: str) -> None:
        """Begin with messages of these BODIES, each in a group of its own."""
        self.kept: list[Kept] = []
        self._numbers = count()
        self.put(*bodies)
        self.sent: list[str] = []
        """The bodies of the messages in ViewQueue."""
        self.now = 0.0
        self.empty_answers = 0
        """So many long polls find nothing."""
        self.counted: int | None = None
        """The number of messages that SQS counts, if that is wrong."""
        self.refuses: Callable[[str, Request], str] = lambda *_: ""
        """Return the error code of an operation that is refused; called before each."""

    def put(self, *bodies: str) -> None:
        """Append messages of these BODIES."""
        self.kept += [Kept(f"message-{next(self._numbers)}", body) for body in bodies]

    @property
    def stack(self) -> RemoteStack:
        """Return the stack as commands see it."""
        answers: Answers = {
            ("sqs", "ReceiveMessage"): self._receive,
            ("sqs", "GetQueueAttributes"): lambda _: self._count(),
            ("sqs", "SendMessage"): self._send,
            ("sqs", "DeleteMessage"): self._delete,
            ("sqs", "ChangeMessageVisibilityBatch"): self._change,
        }
        ids = {name: URL + name for name in ("UnmadeDeadLetters", "ViewQueue")}
        return RemoteStack(answering_session(answers), None, ids)

    @property
    def hidden(self) -> int:
        """Return the number of messages that are hidden."""
        return sum(message.until > self.now for message in self.kept)

    def _receive(self, request: Request) -> Mapping[str, Any] | str:
        if code := self.refuses("ReceiveMessage", request):
            return code
        if not request.get("WaitTimeSeconds"):
            return {}
        if self.empty_answers:
            self.empty_answers -= 1
            return {}
        visible = [message for message in self.kept if message.until <= self.now][:PER_ANSWER]
        for message in visible:
            message.until = self.now + request["VisibilityTimeout"]
            message.receipt = f"{message.identifier} at {self.now}"
        return {
            "Messages": [
                {
                    "MessageId": message.identifier,
                    "ReceiptHandle": message.receipt,
                    "Body": message.body,
                    "Attributes": {"MessageGroupId": message.identifier},
                }
                for message in visible
            ]
        }

    def _count(self) -> Mapping[str, Any]:
        visible, hidden, delayed = COUNTS
        counts = {visible: len(self.kept) - self.hidden, hidden: self.hidden, delayed: 0}
        if self.counted is not None:
            counts = {visible: self.counted, hidden: 0, delayed: 0}
        return {"Attributes": {name: str(number) for name, number in counts.items()}}

    def _send(self, request: Request) -> Mapping[str, Any] | str:
        if code := self.refuses("SendMessage", request):
            return code
        self.sent.append(request["MessageBody"])
        return {"MessageId": "1", "MD5OfMessageBody": "1"}

    def _delete(self, request: Request) -> Mapping[str, Any] | str:
        if code := self.refuses("DeleteMessage", request):
            return code
        message = next(message for message in self.kept if message.receipt == request["ReceiptHandle"])
        if message.until <= self.now:
            return "InvalidParameterValue"
        self.kept.remove(message)
        return {}

    def _change(self, request: Request) -> Mapping[str, Any]:
        for entry in request["Entries"]:
            message = next(message for message in self.kept if message.receipt == entry["ReceiptHandle"])
            message.until = self.now + entry["VisibilityTimeout"]
        return {"Successful": [{"Id": entry["Id"]} for entry in request["Entries"]], "Failed": []}
