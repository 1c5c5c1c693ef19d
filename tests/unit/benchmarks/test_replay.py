"""The replay of recorded calls: what waits for what, windows, cold starts, and the same figures every time."""

from random import Random

import pytest

from dropcap_local.deploy.sam import template
from import_time import Import, Work
from live import moments, replayed
from money import units
from recorded import AUTHOR, Invocation, Producers
from replay import Replay, Settings, assumptions
from support.template import TEMPLATE

SETTINGS = Settings({"refresh queue": 9.0}, {"render": 1769, "index": 1769, "publish": 1769, "refresh": 512})
GRAPH = [
    Invocation("render", "queue", [AUTHOR], [("s3", "GetObject"), ("dynamodb", "TransactWriteItems")], {}, [1, 3]),
    Invocation("index", "stream", [(0, 1)], [("sqs", "SendMessageBatch")], {}, [2]),
    Invocation(
        "publish", "queue", [(1, 0)], [("s3", "PutObject"), ("s3", "PutObject"), ("sqs", "SendMessage")],
        {0: "a/index.html", 1: "index.html"}, [1, 1, 1],
    ),
    Invocation("refresh", "queue", [(2, 2)], [("cloudfront", "CreateInvalidation")], {}, [3]),
]  # fmt: skip


def chance() -> Random:
    """Return the same chance every time."""
    return Random(1)  # noqa: S311  # no secret


def times(*, cold: bool = False, settings: Settings = SETTINGS) -> list[list[float]]:
    """Return the times of GRAPH, the same latencies in each call."""
    return Replay(settings, chance(), cold).times(GRAPH)


def test_equal_messages_are_received_in_the_order_in_which_they_were_sent() -> None:
    """The first of them opens a window; a redelivered one is that of the last call."""
    producers = Producers()
    producers.add("m", (1, 0))
    received = [producers.of({"body": "m"})]
    producers.add("m", (2, 3))
    received += [producers.of({"body": "m"}) for _ in range(2)]
    assert [(1, 0), (2, 3), (2, 3)] == received
    record = {"dynamodb": {"Keys": {"pk": {"S": "p"}, "sk": {"S": "s"}}}}
    for place in ((1, 1), (2, 2)):
        producers.add("p s", place)
    assert [(2, 2), (2, 2)] == [producers.of(record) for _ in range(2)]
    assert AUTHOR == producers.of({"body": "S3's own"})


def test_an_invocation_starts_after_the_calls_that_caused_it() -> None:
    """Each call of the graph ends later than the one before."""
    ends = [end for invocation in times() for end in invocation]
    assert sorted(ends) == ends
    assert ends[0] > 0.2


def test_a_window_delays_by_its_length() -> None:
    """The CDN is asked nine seconds after the message, and not at once."""
    without = Settings({}, SETTINGS.memory)
    assert times()[3][0] == pytest.approx(times(settings=without)[3][0] + 9)


def test_a_cold_start_and_less_memory_take_longer() -> None:
    """A function with a quarter of a processor takes four times the time of its own work."""
    small = Settings(SETTINGS.windows, dict.fromkeys(SETTINGS.memory, 442))
    assert times(cold=True)[2][0] > times()[2][0] + 2
    assert times(settings=small)[2][0] > times()[2][0]


def test_the_moments_are_those_of_the_page_the_lists_and_the_cdn() -> None:
    """A page is live with its own object, the lists with the last one."""
    ends = times()
    assert {"page": ends[2][0], "home": ends[2][1], "lists": ends[2][1], "edge": ends[3][0]} == moments(
        GRAPH, ends, "a/index.html"
    )


def test_the_same_graph_has_the_same_medians() -> None:
    """Each round has a seed of its own."""
    medians = replayed(GRAPH, SETTINGS, "a/index.html")
    assert medians == replayed(GRAPH, SETTINGS, "a/index.html")
    assert medians["page"] < medians["lists"] < medians["edge"]


def test_every_latency_has_a_source() -> None:
    """An assumption is called one."""
    for latency in assumptions()["latencies"].values():
        assert latency["ms"] > 0
        assert "http" in latency["source"] or latency["source"].startswith(("assumed", "the same"))


def test_the_windows_and_the_memory_are_those_of_the_template() -> None:
    """The stream has no window: index would wait for it several times a publication."""
    settings = Settings.of(template(TEMPLATE.read_text(encoding="utf-8")))
    assert 0 == settings.windows["index stream"]
    assert 9 == settings.windows["refresh queue"]
    assert [1769] * 3 == [settings.memory[name] for name in ("render", "index", "publish")]
    assert settings.memory["refresh"] < 1769


def test_calls_become_units_of_the_price_list() -> None:
    """Three items in a transaction are twelve write units: of 2 KB each, and twice as dear."""
    used = units(GRAPH, SETTINGS)
    assert 12 == used["dynamodb-write"]
    assert (1, 2) == (used["s3-read"], used["s3-write"])
    assert (3, 4) == (used["cdn-invalidation"], used["lambda-request"])
    assert 3 == used["sqs-fifo-request"]  # index sends; publish receives and deletes


def test_an_import_ends_with_few_functions_too_and_is_faster_with_many() -> None:
    """Every post becomes a page, whatever the limits."""
    work = Work(upload=0.5, batch=0.2, view=0.2, records=10, own_views=5, shared_views=30)
    few, many = (Import(200, work, *limits, chance()) for limits in ((10, 3), (1_000, 1_000)))
    slow, fast = few.run(), many.run()
    assert (200, 200) == (few.live, many.live)
    assert slow["pages_min"] > 2 * fast["pages_min"]
    assert slow == Import(200, work, 10, 3, chance()).run()
