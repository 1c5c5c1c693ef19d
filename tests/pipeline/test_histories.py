"""The protocol's promises, on the real handlers: random histories, delivered unkindly, looked at after every call."""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from dropcap.steps.index import walk_mentions
from dropcap.steps.newsletter import send_mails
from dropcap_local.cloud import LocalCloud
from support.authors import ACTS, Act, Text, Upload
from support.exploration import histories
from support.forked import forked
from support.histories import History, afresh
from support.mutations import Mutation, mutated
from support.new_theme import changed_theme
from support.operators import (
    ARCHIVE,
    ENVIRONMENT,
    WHOLE_ACTS,
    ChangeTheme,
    SavePicture,
    Subscribe,
    WholeAct,
    WholeHistory,
)

unhurried = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
    print_blob=True,
)
"""Hypothesis draws other histories at every run."""


@settings(unhurried, max_examples=histories(ci=20, long=500))
@given(
    acts=st.lists(st.tuples(ACTS, st.integers(0, 12)), min_size=3, max_size=12),
    seed=st.integers(0, 2**16),
)
def test_every_history_ends_as_the_same_bucket_published_afresh(acts: list[tuple[Act, int]], seed: int) -> None:
    """No reader meets a dead link or a draft, no report says more than what stands, and at rest it is as if new."""
    differ = forked(lambda: history_of_authors(acts, seed))
    for line in differ:
        note(line)
    assert [] == [line.splitlines()[0] for line in differ]


def history_of_authors(acts: list[tuple[Act, int]], seed: int) -> list[str]:
    """Play ACTS; return what differs from the same bucket published afresh."""
    with LocalCloud(fault_seed=seed) as cloud:
        History(cloud).run(acts)
        return afresh(cloud)


@pytest.fixture(scope="module")
def themes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the folders of the theme and of one whose pages all differ."""
    with LocalCloud() as cloud:
        own = Path(cloud.stack.functions["PublishFunction"].environment["TEMPLATES_DIR"])
        return own, changed_theme(cloud, tmp_path_factory.mktemp("themes") / "templates")


def whole_history(
    acts: list[tuple[WholeAct, int]],
    seed: int | None,
    themes: tuple[Path, Path],
    fault: AbstractContextManager[None] | None = None,
) -> list[str]:
    """Play ACTS; return what differs from the same bucket published afresh, and whose consent was not respected.

    A planted FAULT is there while they are played, and not when the bucket is published afresh: it would have the same
    result there.
    """
    environment = dict(ENVIRONMENT)
    with LocalCloud(fault_seed=seed, environment=environment) as cloud:
        history = WholeHistory(cloud, themes, environment)
        with fault or nullcontext():
            history.run(acts)
        return [*history.consent_was_respected(), *afresh(cloud, environment, without=(ARCHIVE,))]


@settings(unhurried, max_examples=histories(ci=6, long=200))
@given(
    acts=st.lists(st.tuples(WHOLE_ACTS, st.integers(0, 12)), min_size=4, max_size=14),
    seed=st.integers(0, 2**16),
)
def test_histories_of_authors_readers_and_operators_end_as_the_bucket_published_afresh(
    acts: list[tuple[WholeAct, int]], seed: int, themes: tuple[Path, Path]
) -> None:
    """Pictures, subscribers, mails, themes and the operator's commands among the acts; nobody is mailed unasked."""
    differ = forked(lambda: whole_history(acts, seed, themes))
    for line in differ:
        note(line)
    assert [] == [line.splitlines()[0] for line in differ]


ADA = "ada@example.org"
POST_WITH_PICTURE = Upload("posts/a.md", Text("u", 1, picture="p"))
TWICE = "_post(this, subscriber)\n        result = _post(this, subscriber)"
PLANTED: dict[str, tuple[Mutation, list[tuple[WholeAct, int]], str]] = {
    "a picture that appears sends for no page": (
        Mutation(walk_mentions, "mentioning_file", "*texts_of(catalog.posts(sources).values())", "*()"),
        [(POST_WITH_PICTURE, 99), (SavePicture("p", "teal"), 99)],
        "u/index.html",
    ),
    "a mail is sent twice": (
        Mutation(send_mails, "_deliver", "_post(this, subscriber)", TWICE),
        [(Subscribe(ADA), 99), (Subscribe(ADA), 9), (POST_WITH_PICTURE, 99)],
        "mails for",
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found(name: str, themes: tuple[Path, Path]) -> None:
    """And without it the same history has no finding."""
    mutation, acts, finding = PLANTED[name]
    assert [] == whole_history(acts, None, themes)
    assert any(finding in line for line in whole_history(acts, None, themes, mutated(mutation)))


def test_a_new_theme_reaches_every_page(themes: tuple[Path, Path]) -> None:
    """Also when it is deployed while posts wait."""
    acts: list[tuple[WholeAct, int]] = [(POST_WITH_PICTURE, 2), (ChangeTheme(1), 5), (SavePicture("p", "teal"), 3)]
    assert [] == whole_history(acts, 1, themes)
