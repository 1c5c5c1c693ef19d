"""`dropcap redrive` moves what SQS has, however few messages an answer returns and however long a person thinks."""

import json
import sys
from collections.abc import Callable
from io import StringIO

import pytest

from dropcap_cli.commands.redrive import redrive, redrive_json
from dropcap_cli.remote.dead_letters import HIDDEN
from dropcap_local.usage_error import UsageError
from support.dead_letter_queue import DeadLetters, Request

QUEUE = "UnmadeDeadLetters"
BODIES = [f'{{"message": "RemakeView", "view": "path /{number}/"}}' for number in range(25)]


class Terminal(StringIO):
    """A terminal on which a person answers a question."""

    def isatty(self) -> bool:
        """Return that it is one."""
        return True


def answers_after(letters: DeadLetters, seconds: float, monkeypatch: pytest.MonkeyPatch, answer: str = "y") -> None:
    """Answer the question about LETTERS with ANSWER, after some SECONDS."""

    def think(_question: str) -> str:
        letters.now += seconds
        return answer

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("builtins.input", think)


def refusing(operation: str, text: str, code: str = "AccessDenied") -> Callable[[str, Request], str]:
    """Return what refuses OPERATION with CODE if its request has TEXT."""
    return lambda name, request: code if name == operation and text in str(request) else ""


def redriven_json(letters: DeadLetters, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, object]]:
    """Move LETTERS; return the exit code and the printed JSON."""
    code = redrive_json(letters.stack, QUEUE, confirmed=True)
    result: dict[str, object] = json.loads(capsys.readouterr().out)
    return code, result


@pytest.mark.parametrize("confirmed", [True, False], ids=["--yes", "asked"])
def test_all_messages_are_moved_a_few_at_a_time(
    confirmed: bool,  # noqa: FBT001  # a parameter of the test
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Although a short poll finds none, and a long poll a few; each is sent once."""
    letters = DeadLetters(*BODIES)
    answers_after(letters, 1, monkeypatch)
    assert 0 == redrive(letters.stack, QUEUE, confirmed=confirmed)
    assert (BODIES, []) == (letters.sent, letters.kept)
    output = capsys.readouterr().out
    assert "    1  RemakeView path /0/\n" in output
    assert "and 15 other kinds\n" in output
    assert output.endswith("25 messages moved to ViewQueue.\n")


def test_an_empty_answer_is_not_believed_while_messages_are_counted() -> None:
    """Even a long poll may find nothing, at the start and in between."""
    letters = DeadLetters(*BODIES[:4])
    letters.empty_answers = 2
    assert 0 == redrive(letters.stack, QUEUE, confirmed=True)
    assert (4, []) == (len(letters.sent), letters.kept)


def test_a_long_hesitation_moves_each_message_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A FIFO queue refuses receipts that are older than the time for which messages are hidden."""
    letters = DeadLetters(*BODIES)
    answers_after(letters, 10 * HIDDEN, monkeypatch)
    assert 0 == redrive(letters.stack, QUEUE, confirmed=False)
    assert (BODIES, []) == (letters.sent, letters.kept)


def test_many_messages_may_take_longer_than_one_is_hidden() -> None:
    """Each is deleted before the next ones are received."""
    letters = DeadLetters(*BODIES)

    def slow(operation: str, _request: Request) -> str:
        letters.now += 10 if operation == "SendMessage" else 0
        return ""

    letters.refuses = slow
    assert 0 == redrive(letters.stack, QUEUE, confirmed=True)
    assert (BODIES, []) == (letters.sent, letters.kept)


def test_a_question_without_a_yes_leaves_all_messages_visible(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The next command need not wait; the exit code says that there are dead letters."""
    letters = DeadLetters(*BODIES)
    answers_after(letters, 0, monkeypatch, "n")
    assert 1 == redrive(letters.stack, QUEUE, confirmed=False)
    assert (25, 0, []) == (len(letters.kept), letters.hidden, letters.sent)
    assert "Nothing was moved" in capsys.readouterr().out


def test_an_empty_queue_is_said_to_be_empty(capsys: pytest.CaptureFixture[str]) -> None:
    """With and without a question."""
    for confirmed in (True, False):
        assert 0 == redrive(DeadLetters().stack, QUEUE, confirmed=confirmed)
        assert f"{QUEUE} is empty.\n" == capsys.readouterr().out


def test_messages_hidden_by_somebody_else_are_reported_as_left(capsys: pytest.CaptureFixture[str]) -> None:
    """The queue is not called empty, and the command ends."""
    letters = DeadLetters(*BODIES[:3])
    letters.kept[1].until = HIDDEN
    assert 1 == redrive(letters.stack, QUEUE, confirmed=True)
    output = capsys.readouterr().out
    assert "2 messages moved to ViewQueue." in output
    assert f"About 1 message left in {QUEUE}: they are new, or hidden" in output
    assert 1 == redrive(letters.stack, QUEUE, confirmed=False)
    assert "and about 1 that were not read or are hidden" in capsys.readouterr().out


@pytest.mark.parametrize("operation", ["SendMessage", "DeleteMessage"])
def test_a_message_that_fails_is_reported_and_the_others_are_moved(
    operation: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its name and the reason are printed; the exit code is 1."""
    letters = DeadLetters(*BODIES)
    letters.refuses = refusing(operation, "path /4/" if operation == "SendMessage" else "message-4 ")
    assert 1 == redrive(letters.stack, QUEUE, confirmed=True)
    assert [BODIES[4]] == [message.body for message in letters.kept]
    assert sorted([*BODIES[:4], *BODIES[5:]]) == sorted({*letters.sent} - {BODIES[4]})
    output = capsys.readouterr().out
    assert "24 messages moved to ViewQueue." in output
    assert "Failed: RemakeView path /4/. AWS does not let you" in output
    assert f"About 1 message left in {QUEUE}. Type the command again in a minute." in output


def test_failures_are_json_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    """Which messages were moved, which failed and why, and how many are left."""
    letters = DeadLetters(*BODIES[:2])
    letters.refuses = refusing("SendMessage", "path /1/")
    code, result = redriven_json(letters, capsys)
    assert (1, {"RemakeView path /0/": 1}, False, 1) == (code, result["messages"], result["moved"], result["left"])
    reason = "AWS does not let you send messages to ViewQueue: AccessDenied. the test refuses SendMessage"
    assert [{"message": "RemakeView path /1/", "reason": reason}] == result["failed"]


def test_a_queue_that_is_refused_on_the_way_is_reported_with_what_was_moved(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Credentials may expire."""
    letters = DeadLetters(*BODIES)
    letters.refuses = lambda name, _: "ExpiredToken" if name == "ReceiveMessage" and len(letters.sent) > 5 else ""
    assert 1 == redrive(letters.stack, QUEUE, confirmed=True)
    output = capsys.readouterr().out
    assert "6 messages moved to ViewQueue." in output
    assert f"The redrive ended early. AWS does not let you read {QUEUE}: ExpiredToken." in output
    assert f"About 19 messages left in {QUEUE}" in output


def test_a_queue_that_cannot_be_read_is_an_error() -> None:
    """Nothing was changed."""
    letters = DeadLetters(*BODIES)
    letters.refuses = refusing("ReceiveMessage", "")
    with pytest.raises(UsageError, match="read UnmadeDeadLetters: AccessDenied"):
        redrive(letters.stack, QUEUE, confirmed=True)


def test_messages_that_come_back_at_once_do_not_keep_the_command_busy(capsys: pytest.CaptureFixture[str]) -> None:
    """As long as the cause is not fixed, a function may send each message back as soon as it is moved."""
    letters = DeadLetters(*BODIES[:4])

    def comes_back(operation: str, request: Request) -> str:
        if operation == "SendMessage":
            assert len(letters.sent) < 12
            letters.put(request["MessageBody"])
        return ""

    letters.refuses = comes_back
    code, result = redriven_json(letters, capsys)
    assert (1, 4) == (code, result["left"])


def test_a_message_that_is_returned_after_its_deletion_is_sent_once() -> None:
    """A standard queue may do so."""
    letters = DeadLetters(*BODIES[:5])
    first = letters.kept[0]

    def returns(operation: str, _request: Request) -> str:
        if operation == "ReceiveMessage" and first not in letters.kept:
            first.until = 0
            letters.kept.append(first)
            letters.refuses = lambda *_: ""
        return ""

    letters.refuses = returns
    assert 0 == redrive(letters.stack, QUEUE, confirmed=True)
    assert BODIES[:5] == letters.sent


def test_an_interruption_is_answered_with_what_was_moved(capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C while a message is sent."""
    letters = DeadLetters(*BODIES)

    def interrupt(operation: str, _request: Request) -> str:
        if operation == "SendMessage" and len(letters.sent) == 4:
            raise KeyboardInterrupt
        return ""

    letters.refuses = interrupt
    with pytest.raises(KeyboardInterrupt):
        redrive(letters.stack, QUEUE, confirmed=True)
    assert "4 messages moved to ViewQueue before the interruption.\n" == capsys.readouterr().out
