"""The same story with and without in-process calls: botocore's own serialisation makes no difference."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from botocore.serialize import Serializer

from dropcap_local.cloud import LocalCloud
from dropcap_local.moto_patches.patches import WITHOUT
from support.edge_staleness import EdgeStaleness
from support.end_state import EndState, end_state
from support.scenario import ENVIRONMENT, play

IN_PROCESS = {"GetItem", "Query", "TransactWriteItems", "GetObject", "PutObject", "SendMessageBatch"}
"""Calls that are usually answered in the process."""


@contextmanager
def serialised() -> Iterator[Counter[str]]:
    """Count the operations that botocore serialises in this block."""
    counts: Counter[str] = Counter()
    kinds: list[Any] = Serializer.__subclasses__()
    kinds += [kind for base in kinds for kind in base.__subclasses__()]
    with pytest.MonkeyPatch.context() as patches:
        for kind in kinds:
            if "serialize_to_request" in vars(kind):
                patches.setattr(kind, "serialize_to_request", _counting(kind.serialize_to_request, counts))
        yield counts


def _counting(serialise: Any, counts: Counter[str]) -> Any:  # noqa: ANN401  # a method of botocore
    def counted(serializer: Any, parameters: Any, operation_model: Any) -> Any:  # noqa: ANN401  # botocore's
        counts[operation_model.name] += 1
        return serialise(serializer, parameters, operation_model)

    return counted


def ending() -> tuple[EndState, Counter[str]]:
    """Play the story; return its end, and how often botocore serialised each operation."""
    with LocalCloud(environment=ENVIRONMENT) as cloud, serialised() as counts:
        staleness = EdgeStaleness(cloud)
        play(cloud)
        return end_state(cloud, staleness), counts


def test_botocore_s_own_calls_end_in_the_same_state(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parameters that botocore would refuse or change, and answers that it would parse otherwise, would differ."""
    usual, few = ending()
    monkeypatch.setenv(WITHOUT, "in_process_calls")
    through_botocore, many = ending()
    assert [] == usual.differences(through_botocore)
    assert IN_PROCESS <= many.keys()
    assert 0 == few["Query"] < many["Query"]


def test_a_patch_that_does_not_exist_cannot_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt name would measure nothing."""
    monkeypatch.setenv(WITHOUT, "in_proces_calls")
    with pytest.raises(ValueError, match="names no patch of moto: in_proces_calls"), LocalCloud():
        pass
