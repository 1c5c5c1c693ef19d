"""Calls through botocore, without in-process calls: every kind of call of every function, with the same results.

`make test` also runs the tests marked `botocore` once more without in-process calls.
"""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from botocore.serialize import Serializer

from dropcap_local.cloud import LocalCloud
from dropcap_local.in_process_calls import dynamodb, s3, sqs
from dropcap_local.moto_patches.patches import WITHOUT
from support.busy_site import publish_and_change
from support.edge_staleness import EdgeStaleness
from support.end_state import EndState, end_state
from support.permissions import RARE, Permissions, granted

IN_PROCESS = dynamodb.OPERATIONS | s3.OPERATIONS | sqs.OPERATIONS
"""Calls that are usually answered in the process."""
Operation = tuple[str, str]
"""A function (empty outside of handlers) and an operation."""


@contextmanager
def serialised() -> Iterator[Counter[Operation]]:
    """Count the operations that botocore serialises in this block."""
    counts: Counter[Operation] = Counter()
    kinds: list[Any] = Serializer.__subclasses__()
    kinds += [kind for base in kinds for kind in base.__subclasses__()]
    with pytest.MonkeyPatch.context() as patches:
        for kind in kinds:
            if "serialize_to_request" in vars(kind):
                patches.setattr(kind, "serialize_to_request", _counting(kind.serialize_to_request, counts))
        yield counts


def _counting(serialise: Any, counts: Counter[Operation]) -> Any:  # noqa: ANN401  # a method of botocore
    def counted(serializer: Any, parameters: Any, operation_model: Any) -> Any:  # noqa: ANN401  # botocore's
        counts[os.environ.get("AWS_LAMBDA_FUNCTION_NAME", ""), operation_model.name] += 1
        return serialise(serializer, parameters, operation_model)

    return counted


@dataclass(frozen=True)
class Run:
    """The END of a story, what botocore SERIALISED, the CALLS of handlers, and the RIGHTS that these used."""

    end: EndState
    serialised: Counter[Operation]
    calls: set[Operation]
    rights: set[tuple[str, str]]


def run() -> Run:
    """Play a story in which every function makes every kind of call."""
    calls: set[Operation] = set()
    with LocalCloud() as cloud, serialised() as counts:
        staleness = EdgeStaleness(cloud)
        cloud.on_call.append(lambda _, operation, *__: calls.add((os.environ["AWS_LAMBDA_FUNCTION_NAME"], operation)))
        permissions = Permissions(cloud)
        publish_and_change(cloud)
        return Run(end_state(cloud, staleness), counts, calls, permissions.used)


def test_botocore_s_own_calls_end_in_the_same_state(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parameters that botocore would refuse or change, and answers that it would parse otherwise, would differ.

    Every right of every function is used: a new kind of call is covered as soon as its role allows it.
    """
    usual = run()
    monkeypatch.setenv(WITHOUT, "in_process_calls")
    through_botocore = run()
    assert [] == usual.end.differences(through_botocore.end)
    assert usual.serialised.keys() < through_botocore.serialised.keys()
    assert {"Query", "GetItem", "PutObject", "SendMessageBatch"}.isdisjoint(name for _, name in usual.serialised)
    assert RARE == granted() - through_botocore.rights
    assert through_botocore.calls == {operation for operation in through_botocore.serialised if operation[0]}
    assert set() == IN_PROCESS - {operation for _, operation in through_botocore.calls}


def test_a_patch_that_does_not_exist_cannot_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt name would measure nothing."""
    monkeypatch.setenv(WITHOUT, "in_proces_calls")
    with pytest.raises(ValueError, match="names no patch of moto: in_proces_calls"), LocalCloud():
        pass
