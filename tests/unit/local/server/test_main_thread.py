"""Work that other threads hand to the main thread."""

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Thread, current_thread, main_thread
from time import monotonic

import pytest
from werkzeug.wrappers import Request

from dropcap_local.server.live_reload import CHANGES_PATH, LiveReload
from dropcap_local.server.main_thread import ClosedError, MainThreadQueue


def started(pool: ThreadPoolExecutor, queue: MainThreadQueue, value: int) -> "Future[tuple[int, bool]]":
    """Hand over work from a thread of POOL."""
    return pool.submit(queue.do, lambda: (value, current_thread() is main_thread()))


def test_work_is_done_on_the_main_thread() -> None:
    """The thread that handed it over receives its result."""
    queue = MainThreadQueue()
    with ThreadPoolExecutor(3) as pool:
        futures = [started(pool, queue, number) for number in range(3)]
        while not all(future.done() for future in futures):
            queue.run(0.05)
        assert [(0, True), (1, True), (2, True)] == [future.result() for future in futures]


def test_the_main_thread_itself_need_not_wait() -> None:
    """It would wait for itself."""
    assert 7 == MainThreadQueue().do(lambda: 7)


def test_an_error_is_raised_where_the_work_was_requested() -> None:
    """The main thread goes on."""
    queue = MainThreadQueue()
    with ThreadPoolExecutor(1) as pool:
        future: Future[float] = pool.submit(queue.do, lambda: 1 / 0)
        assert queue.run(5)
        with pytest.raises(ZeroDivisionError):
            future.result(5)


def test_work_that_only_reads_is_no_news() -> None:
    """Or each look of an open page would make all open pages look again, without an end."""
    queue = MainThreadQueue()
    live = LiveReload(queue, lambda _path: b"page")
    page = live.answer(Request.from_values(f"{CHANGES_PATH}?path=/&seen="))
    assert page
    events = iter(page.response)
    assert "retry: 500\n\n" == next(events)
    with ThreadPoolExecutor(1) as pool:
        look = pool.submit(next, events)
        while not look.done():
            assert not queue.run(0.05)
        assert str(look.result(5)).startswith("event: changed")
        change = pool.submit(queue.do, lambda: 1)
        while not queue.run(0.05):
            pass
        assert 1 == change.result(5)


def test_waiting_ends_when_somebody_wakes_the_main_thread() -> None:
    """A signal's handler does, in the midst of waiting."""
    queue = MainThreadQueue()
    began = monotonic()
    Thread(target=queue.wake).start()
    queue.run(60)
    assert 30 > monotonic() - began


def test_waiting_requests_fail_when_the_queue_closes() -> None:
    """Work handed over before is done; later work is refused."""
    queue = MainThreadQueue()
    with ThreadPoolExecutor(1) as pool:
        future = started(pool, queue, 1)
        while not queue.run(0.05):
            pass
        queue.close()
        assert (1, True) == future.result(5)
        with pytest.raises(ClosedError):
            started(pool, queue, 2).result(5)
