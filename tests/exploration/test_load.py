"""Much at once, and long disturbances: queues drain, nothing is lost, and one invocation never takes more.

`make test` uses few posts, since growth shows in ratios; `make explore` uses thousands. The summary of a run prints the
most that one invocation of each function took.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import boto3
import pytest

from dropcap.steps.index import walk_references
from dropcap_cli.commands.rebuild import start
from dropcap_cli.commands.redrive import redrive_json
from dropcap_cli.remote.queues import DESTINATIONS
from dropcap_cli.remote.stack_lookup import RemoteStack
from dropcap_local.clients import REGION
from dropcap_local.cloud import LocalCloud
from support.exploration import GROWTH, takes_all
from support.load import Load, MeasuredDelivery, loaded_cloud, waiting
from support.mutations import Mutation, mutated
from support.readers import SiteObjects, differences

FEW, MANY = (2_000, 10_000) if takes_all() else (8, 24)
MENTIONS = (500, 2_000) if takes_all() else (4, 12)
MENTIONS_A_STEP = walk_references.PAGE if takes_all() else 3
TRACES_ONE_IN = 20 if takes_all() else 0
SLACK = 1.2
"""A ratio up to this is no growth: a batch may hold one view more."""
MOST_MEMORY = 80_000_000
"""Bytes of memory in an invocation: 13 times Lambda's largest event, a third of what the smallest function has."""
AN_HOUR = 3600.0
HUB = "---\ntitle: Hub\ndate: 2024-01-01\n---\nIn the middle.\n"


def post(number: int, text: str = "Text.") -> str:
    """Return a post of a day of its own, as far as a year has days."""
    date = f"{2025 - number // 336}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
    head = f"title: Post {number}\nslug: post-{number}\ndate: {date}\ntags: [t{number % 3}]"
    return f"---\n{head}\n---\n{text} {number}.\n"


def import_load(count: int) -> Load:
    """Upload COUNT posts at once; return the load, after everything is published and no message is left."""
    with loaded_cloud(traces_one_in=TRACES_ONE_IN) as (cloud, delivery):
        for number in range(count):
            cloud.upload(f"posts/{number}.md", post(number))
        cloud.settle()
        assert {} == waiting(cloud)
        site = cloud.site()
        assert [] == [n for n in range(count) if f"post-{n}/index.html" not in site]
        return delivery.load


def hub_load(count: int) -> Load:
    """Publish a post that COUNT posts mention already; return the load of that, after all of them link to it."""
    with loaded_cloud() as (cloud, delivery):
        for number in range(count):
            cloud.upload(f"posts/{number}.md", post(number, "See [[Hub]]."))
        cloud.settle()
        delivery.load = Load()
        cloud.upload("posts/hub.md", HUB)
        cloud.settle()
        assert {} == waiting(cloud)
        site = cloud.site()
        assert [] == [n for n in range(count) if b'href="/hub/"' not in site[f"post-{n}/index.html"][0]]
        return delivery.load


def too_much(few: Load, many: Load, allowed: float = SLACK, of: str = "calls") -> dict[str, float]:
    """Return the functions of which one invocation takes more in MANY than in FEW."""
    return {name: ratio for name, ratio in few.growth(many, of).items() if ratio > allowed}


def above(most: int, load: Load) -> dict[str, int]:
    """Return the functions of which an invocation in LOAD took more than MOST bytes, and how many."""
    return {name: size for name, size in load.most_memory.items() if size > most}


def test_an_invocation_takes_no_more_when_more_is_uploaded_at_once(
    record_property: Callable[[str, object], None],
) -> None:
    """Views and batches have bounds, which a few posts do not reach: their calls grow more slowly than their number."""
    few, many = import_load(FEW), import_load(MANY)
    record_property(GROWTH, f"  {FEW} -> {MANY} posts at once\n{few.table(many)}")
    assert {} == too_much(few, many, allowed=SLACK if takes_all() else MANY / FEW)
    assert {} == too_much(few, many, allowed=2.0, of="memory")  # traced by `make explore` alone
    assert {} == above(MOST_MEMORY, many)
    assert many.invocations < few.invocations * MANY / FEW * SLACK


def test_an_invocation_takes_no_more_when_more_texts_mention_a_post(
    monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    """The walk over them takes a page of references at a time."""
    monkeypatch.setattr(walk_references, "PAGE", MENTIONS_A_STEP)
    few, many = (hub_load(count) for count in MENTIONS)
    record_property(GROWTH, f"  {' -> '.join(map(str, MENTIONS))} texts mention a post\n{few.table(many)}")
    assert "IndexFunction" not in too_much(few, many, of="sent")


def test_a_walk_that_takes_everything_at_once_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pages, the index sends for all of them in one invocation."""
    monkeypatch.setattr(walk_references, "PAGE", MENTIONS_A_STEP)
    whole = Mutation(walk_references, "mentioning", "most=PAGE", "most=10_000")
    with mutated(whole):
        few, many = (hub_load(count) for count in MENTIONS)
    assert "IndexFunction" in too_much(few, many, of="sent")


def test_an_invocation_that_takes_more_memory_is_found() -> None:
    """The usual one is compared, and one that alone takes much, for a large batch, has a bound."""
    loads = []
    for megabytes in (1, 3):
        delivery = MeasuredDelivery(traces_one_in=2)
        for number in range(80):
            with delivery.traced("RenderFunction"):
                bytearray((50 if number == 41 else megabytes) * 1_000_000)
        loads.append(delivery.load)
    few, many = loads
    assert "memory ? -> " in Load().table(replace(many, calls={"RenderFunction": 1}))
    assert 40 == len(few.traced["RenderFunction"])
    assert ["RenderFunction"] == list(too_much(few, many, allowed=2.0, of="memory"))
    assert {} == too_much(few, few, allowed=2.0, of="memory")
    assert 1_000_000 <= few.memory["RenderFunction"] < 2_000_000
    assert {} == above(MOST_MEMORY, few)
    assert ["RenderFunction"] == list(above(49_000_000, few))


def story(cloud: LocalCloud) -> None:
    """Upload posts that mention each other, and settings."""
    cloud.upload("site.yaml", "title: Journal\n")
    for number in range(3):
        cloud.upload(f"posts/{number}.md", post(number, f"See [[post {(number + 1) % 3}]]."))


@pytest.fixture(scope="module")
def undisturbed() -> SiteObjects:
    """Return the site of the story when nothing goes wrong."""
    with loaded_cloud() as (cloud, _):
        story(cloud)
        cloud.settle()
        return cloud.site()


@pytest.mark.parametrize("function", ["RenderFunction", "IndexFunction", "PublishFunction", "RefreshFunction"])
def test_a_function_that_fails_for_an_hour_loses_nothing(function: str, undisturbed: SiteObjects) -> None:
    """Only that function's messages end among the dead letters, and a redrive or a rebuild repairs the site."""
    with loaded_cloud() as (cloud, delivery):
        delivery.failing = function
        story(cloud)
        end = cloud.clock.now().timestamp() + AN_HOUR
        while cloud.clock.now().timestamp() < end:
            cloud.clock.advance(60)
            cloud.settle(timedelta())
        delivery.failing = ""
        cloud.settle()
        stack = RemoteStack(boto3.session.Session("local", "local", region_name=REGION), None, cloud.stack.ids)
        for queue in waiting(cloud):
            if queue in DESTINATIONS:
                redrive_json(stack, queue, confirmed=True)
        cloud.settle()
        if waiting(cloud):
            start(stack, sources=False, now=cloud.clock.now())
            cloud.settle()
        assert [] == differences(undisturbed, cloud.site())
        assert {"published"} == {(cloud.report(f"posts/{number}.md") or {}).get("outcome") for number in range(3)}


def test_a_stream_that_lags_changes_nothing(undisturbed: SiteObjects) -> None:
    """Its records come after everything else has been done, each time."""
    with loaded_cloud(lags=True) as (cloud, _):
        story(cloud)
        cloud.settle()
        assert [] == differences(undisturbed, cloud.site())


def test_a_poison_record_of_the_stream_is_put_aside_alone(undisturbed: SiteObjects) -> None:
    """Index hands what it cannot read to BulkQueue, where it becomes a dead letter, and handles the records beside."""
    with loaded_cloud() as (cloud, _):
        item = {"pk": {"S": "SHOWN#posts/x.md"}, "sk": {"S": "SHOWN"}, "digest": {"S": "d"}}
        cloud.client("dynamodb").put_item(TableName=cloud.id("CatalogTable"), Item=item)
        story(cloud)
        cloud.settle()
        assert {"BulkDeadLetters": 1} == waiting(cloud)
        assert [] == differences(undisturbed, cloud.site())
