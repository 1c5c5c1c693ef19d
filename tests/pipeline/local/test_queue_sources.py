"""The event loop and queues, on the toy stack."""

import pytest

from dropcap_local.events.calls import Crash
from dropcap_local.events.event_loop import NotSettled
from support.toy_stack import (
    MAXIMUM_RECEIVES,
    VISIBILITY,
    WINDOW,
    Diary,
    ask_for,
    failing,
    raising,
    send,
    toy_cloud,
    waiting,
)


def test_a_record_looks_as_lambda_writes_it() -> None:
    """A function finds in a message what AWS documents, and nothing that is not JSON."""
    diary = Diary()
    with toy_cloud(upload=diary) as cloud:
        send(cloud, "hello")
        cloud.settle()
        queue = cloud.stack.sources[0].arn
    (record,) = diary.events[0]["Records"]
    assert ("hello", "aws:sqs", queue) == (record["body"], record["eventSource"], record["eventSourceARN"])
    assert "1" == record["attributes"]["ApproximateReceiveCount"]
    assert {"messageId", "receiptHandle", "messageAttributes", "md5OfBody", "awsRegion"} <= record.keys()


def test_messages_are_gathered_for_the_window() -> None:
    """A batch that is not full waits until its window closes, in time that nobody has to wait for."""
    diary = Diary()
    with toy_cloud(upload=diary) as cloud:
        start = cloud.clock.now()
        send(cloud, "a", "b")
        cloud.settle()
        assert WINDOW == (cloud.clock.now() - start).total_seconds()
    assert [["a", "b"]] == diary.bodies


def test_a_full_batch_does_not_wait() -> None:
    """Ten of eleven messages are taken at once, the last one after the window."""
    diary = Diary()
    with toy_cloud(upload=diary) as cloud:
        send(cloud, *"abcdefghijk")
        cloud.step()
        assert [list("abcdefghij")] == diary.bodies
        cloud.settle()
    assert ["k"] == diary.bodies[-1]


def test_what_the_answer_names_comes_back_after_the_visibility_timeout() -> None:
    """A partial batch response keeps the failed message and deletes the rest."""
    diary = Diary(failing("bad"))
    with toy_cloud(upload=diary) as cloud:
        start = cloud.clock.now()
        send(cloud, "good", "bad")
        cloud.settle()
        passed = (cloud.clock.now() - start).total_seconds()
    assert [["good", "bad"], ["bad"], ["bad"]] == diary.bodies
    assert passed >= MAXIMUM_RECEIVES * VISIBILITY


def test_an_exception_returns_the_whole_batch() -> None:
    """There is no partial answer then, and the counts of receives go up for all."""
    diary = Diary(raising(RuntimeError("no"), times=1))
    with toy_cloud(upload=diary) as cloud:
        send(cloud, "a", "b")
        cloud.settle()
        assert ["RuntimeError"] == [type(error).__name__ for _, error in cloud.event_loop.errors]
    assert [["a", "b"], ["a", "b"]] == diary.bodies
    counts = [record["attributes"]["ApproximateReceiveCount"] for record in diary.events[1]["Records"]]
    assert ["2", "2"] == counts


@pytest.mark.parametrize("answer", [{"batchItemFailures": [{"itemIdentifier": "unknown"}]}, {"failed": 1}, ["x"]])
def test_an_answer_that_lambda_cannot_read_returns_the_whole_batch(answer: object) -> None:
    """An unknown identifier or another shape counts as a failure of everything."""
    answers = iter([answer])
    diary = Diary(lambda _: next(answers, None))
    with toy_cloud(upload=diary) as cloud:
        send(cloud, "a", "b")
        cloud.settle()
    assert [["a", "b"], ["a", "b"]] == diary.bodies


@pytest.mark.parametrize("answer", [None, {}, {"batchItemFailures": []}, {"batchItemFailures": None}])
def test_an_empty_answer_is_a_success(answer: object) -> None:
    """Nothing comes back."""
    diary = Diary(lambda _: answer)
    with toy_cloud(upload=diary) as cloud:
        send(cloud, "a")
        cloud.settle()
    assert [["a"]] == diary.bodies


def test_a_message_that_fails_too_often_is_a_dead_letter() -> None:
    """After as many receives as the redrive policy allows, with its count."""
    diary = Diary(raising(Crash()))
    with toy_cloud(upload=diary) as cloud:
        send(cloud, "bad")
        cloud.settle()
        (letter,) = waiting(cloud, "Dead")
    assert MAXIMUM_RECEIVES == len(diary.bodies)
    assert ("bad", str(MAXIMUM_RECEIVES + 1)) == (letter["Body"], letter["Attributes"]["ApproximateReceiveCount"])


def test_a_group_waits_for_its_failed_message() -> None:
    """In a FIFO queue, what follows a failed message in its group comes only after it; other groups go on."""
    diary = Diary(failing("a2", times=1))
    with toy_cloud(view=diary) as cloud:
        ask_for(cloud, "a", "a1", "a2")
        ask_for(cloud, "b", "b1")
        cloud.step()
        ask_for(cloud, "a", "a3")
        ask_for(cloud, "b", "b2")
        cloud.settle()
    assert [["a1", "a2", "b1"], ["b2"], ["a2", "a3"]] == diary.bodies


def test_a_dead_letter_lets_its_group_go_on() -> None:
    """A FIFO queue with dead letters is blocked only for as long as the message may be tried."""
    diary = Diary(failing("a1", "a2", times=5))
    with toy_cloud(view=diary) as cloud:
        ask_for(cloud, "a", "a1")
        cloud.step()
        ask_for(cloud, "a", "a2")
        cloud.settle()
        assert ["a1"] == [letter["Body"] for letter in waiting(cloud, "DeadViews")]
    assert [["a1"], ["a1", "a2"], ["a1", "a2"], ["a2"]] == diary.bodies


def test_delayed_messages_and_their_functions_follow_the_clock() -> None:
    """A message sent with a delay is worked on then, and not before."""
    diary = Diary()
    with toy_cloud(upload=diary) as cloud:
        start = cloud.clock.now()
        cloud.client("sqs").send_message(QueueUrl=cloud.id("Uploads"), MessageBody="later", DelaySeconds=900)
        cloud.settle()
        assert 900 + WINDOW == (cloud.clock.now() - start).total_seconds()


def test_a_cloud_that_does_not_come_to_rest_says_so() -> None:
    """A function that sends for itself again and again is found out."""
    with toy_cloud(upload=lambda *_: send(cloud, "again")) as cloud:
        send(cloud, "first")
        with pytest.raises(NotSettled):
            cloud.event_loop.settle(steps=50)
