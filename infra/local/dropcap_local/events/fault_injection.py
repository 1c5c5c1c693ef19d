"""Delivery with faults: everything that AWS leaves open, the same for the same seed, and a bounded number of times.

Records are delivered out of order, late, twice, in batches of any size; a function crashes before or after any of its
AWS calls, or before its answer arrives; a call is refused, is done in part, or takes so long that the function times
out, before or after it took effect; other functions run between two calls of one.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from dropcap_local.events.calls import Crash, Phase
from dropcap_local.events.delivery import PhasedDelivery, ReliableDelivery
from dropcap_local.events.event_source import Batch, RecordSource
from dropcap_local.events.injected_errors import partial_failure, refusal

IN_A_ROW = 2
"""The number of faults that one record may meet; fewer if its queue gives up sooner."""
DEEPEST = 3
"""The number of functions that may run at once."""
CALLS_OF_A_HANDLER = 25
RATE = 0.3
"""The share of invocations with a planned fault; some end before it happens."""

Fault = Literal[
    "none",
    "dies before",
    "dies after",
    "times out before",
    "times out after",
    "refused",
    "partly done",
    "answer is lost",
]
FAULTS: tuple[Fault, ...] = (
    "dies before", "dies after", "times out before", "times out after", "refused", "partly done", "answer is lost",
)  # fmt: skip
FOREVER = 3600.0
"""Seconds of a call that never answers: longer than any function's timeout."""


@dataclass(slots=True)
class _Plan:
    """The fault planned for one invocation, and the number of the call at which it happens."""

    fault: Fault
    at: int
    calls: int = 0
    happened: bool = False


class FaultInjection:
    """Draws every fault from a seed. After BUDGET faults and as many interruptions, only order and timing vary."""

    eager = True

    def __init__(self, seed: int, budget: int = 40) -> None:
        """Draw every fault from SEED."""
        self._chance = random.Random(seed)  # noqa: S311  # reproducible, not secret
        self._faults = budget
        self._interruptions = budget
        self._hurt: Counter[str] = Counter()
        self._plans: list[_Plan] = []
        self.run_another_batch: Callable[[], object] = lambda: None
        """Runs another batch; the event loop sets it."""
        self.spend: Callable[[float], None] = lambda _: None
        """Lets seconds of the running handler pass; the function invoker sets it."""

    def choose(self, ready: Sequence[RecordSource]) -> RecordSource:
        """Choose a source at random."""
        return self._chance.choice(ready)

    def pick(self, groups: Sequence[str]) -> str:
        """Choose a message group at random."""
        return self._chance.choice(groups)

    def limit(self, source: RecordSource) -> int:
        """Choose a batch size at random, up to the mapping's."""
        return self._chance.randint(1, source.mapping.batch_size)

    def is_impatient(self) -> bool:
        """Return True now and then, so that late events are delivered between others."""
        return self._chance.random() < 0.02  # noqa: PLR2004

    def lateness(self) -> float:
        """Return how late a schedule fires: within the minute by AWS's clock, so it may be early by this one."""
        return self._chance.uniform(-20, 60)

    def comeback(self) -> float | None:
        """Return a time at random: at once, soon, or after the visibility timeout."""
        return self._chance.choice([0.0, self._chance.uniform(0, 30), None])

    @contextmanager
    def during(self, source: RecordSource, batch: Batch) -> Iterator[None]:
        """Plan a fault for the handler's work on BATCH; lose its answer if that is the plan."""
        plan = self._plan(source, batch)
        self._plans.append(plan)
        try:
            yield
            if plan.fault == "answer is lost":
                plan.happened = True
                raise Crash(plan.fault)
        finally:
            self._plans.pop()
            self._count(plan, batch)

    def on_call(self, service: str, operation: str, parameters: Mapping[str, Any], phase: Phase) -> None:
        """Inject the planned fault at its call; runs before and after each call of a handler."""
        if not self._plans:
            return
        plan = self._plans[-1]
        if phase == "before":
            plan.calls += 1
            self._interrupt()
        if plan.happened or plan.calls < plan.at:
            return
        if plan.fault == "partly done" and phase == "before":
            self._do_a_part(plan, operation, parameters)
        elif plan.calls == plan.at:
            self._inject(plan, service, operation, parameters, phase)

    def _inject(self, plan: _Plan, service: str, operation: str, parameters: Mapping[str, Any], phase: Phase) -> None:
        if plan.fault == "refused" and phase == "before":
            plan.happened = True
            raise refusal(service, operation, parameters, self._chance)
        if plan.fault == f"dies {phase}":
            plan.happened = True
            raise Crash(f"{plan.fault} call {plan.at}, {operation}")
        if plan.fault == f"times out {phase}":
            plan.happened = True
            self.spend(FOREVER)

    def _do_a_part(self, plan: _Plan, operation: str, parameters: Mapping[str, Any]) -> None:
        """Do a part of the first batch call from the planned one on."""
        if partly := partial_failure(operation, parameters, self._chance):
            plan.happened = True
            raise partly

    def _plan(self, source: RecordSource, batch: Batch) -> _Plan:
        hurt = max((self._hurt[identifier] for identifier in batch.identifiers), default=0)
        if self._faults <= 0 or hurt >= min(IN_A_ROW, source.patience - 1) or self._chance.random() > RATE:
            return _Plan("none", 0)
        latest = self._chance.randint(1, CALLS_OF_A_HANDLER)  # early calls are likelier: some functions make few
        return _Plan(self._chance.choice(FAULTS), self._chance.randint(1, latest))

    def _count(self, plan: _Plan, batch: Batch) -> None:
        """Count the fault, and the records that it met."""
        if plan.happened:
            self._faults -= 1
            self._hurt.update(batch.identifiers)

    def _interrupt(self) -> None:
        """Run another function between two calls of this one, now and then."""
        if self._interruptions > 0 and len(self._plans) < DEEPEST and self._chance.random() < 0.05:  # noqa: PLR2004
            self._interruptions -= 1
            self.run_another_batch()


def delivery_for(fault_seed: int | None, *, phased: bool) -> ReliableDelivery | FaultInjection:
    """Return fault injection with FAULT_SEED if there is one, else reliable delivery, in phases if PHASED."""
    if fault_seed is not None:
        return FaultInjection(fault_seed)
    return PhasedDelivery() if phased else ReliableDelivery()
