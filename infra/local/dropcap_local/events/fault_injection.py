"""How the event loop delivers when everything goes wrong that may: the same for the same seed, and only so often.

Out of order, late, twice, in batches of any size; a function dies before or after any of its AWS calls or before its
answer arrives; a call is throttled or meets a conflict; other functions run between two calls of one.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from dropcap_local.events.calls import Crash, Phase
from dropcap_local.events.event_source import Batch, RecordSource
from dropcap_local.events.injected_errors import refusal

IN_A_ROW = 2
"""How often one record may meet with a fault; fewer where its queue gives up sooner."""
DEEPEST = 3
"""How many functions may be at work at once."""
CALLS_OF_A_HANDLER = 25
RATE = 0.3
"""In how many invocations something is planned to go wrong; some end before it does."""

Fault = Literal["none", "dies before", "dies after", "refused", "answer is lost"]
FAULTS: tuple[Fault, ...] = ("dies before", "dies after", "refused", "answer is lost")


@dataclass(slots=True)
class _Plan:
    """What goes wrong in one invocation, and at which of its calls."""

    fault: Fault
    at: int
    calls: int = 0
    happened: bool = False


class FaultInjection:
    """Everything that AWS may do, drawn from a seed; after BUDGET faults and as many interludes merely disorder."""

    eager = True

    def __init__(self, seed: int, budget: int = 40) -> None:
        """Draw everything from SEED."""
        self._chance = random.Random(seed)  # noqa: S311  # a game, not a secret
        self._faults = budget
        self._interruptions = budget
        self._hurt: Counter[str] = Counter()
        self._plans: list[_Plan] = []
        self.run_another_batch: Callable[[], object] = lambda: None
        """Does a step of something else; the event loop puts itself here."""

    def choose(self, ready: Sequence[RecordSource]) -> RecordSource:
        """Choose any."""
        return self._chance.choice(ready)

    def pick(self, groups: Sequence[str]) -> str:
        """Choose any message group in sight."""
        return self._chance.choice(groups)

    def limit(self, source: RecordSource) -> int:
        """Choose any size that the mapping allows."""
        return self._chance.randint(1, source.mapping.batch_size)

    def is_impatient(self) -> bool:
        """Let time pass now and then, so that what is late comes in the midst of other things."""
        return self._chance.random() < 0.02  # noqa: PLR2004

    def lateness(self) -> float:
        """Fire within the minute, as EventBridge Scheduler promises, by a clock of its own."""
        return self._chance.uniform(-20, 60)

    def comeback(self) -> float | None:
        """Choose between at once, soon, and when the visibility timeout is over."""
        return self._chance.choice([0.0, self._chance.uniform(0, 30), None])

    @contextmanager
    def during(self, source: RecordSource, batch: Batch) -> Iterator[None]:
        """Do to the handler's calls what was planned; lose its answer if that was the plan."""
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
        """Be asked before and after each call of a handler."""
        if not self._plans:
            return
        plan = self._plans[-1]
        if phase == "before":
            plan.calls += 1
            self._interrupt()
        if plan.calls != plan.at:
            return
        if plan.fault == "refused" and phase == "before":
            plan.happened = True
            raise refusal(service, operation, parameters, self._chance)
        if plan.fault == f"dies {phase}":
            plan.happened = True
            raise Crash(f"{plan.fault} call {plan.at}, {operation}")

    def _plan(self, source: RecordSource, batch: Batch) -> _Plan:
        hurt = max((self._hurt[identifier] for identifier in batch.identifiers), default=0)
        if self._faults <= 0 or hurt >= min(IN_A_ROW, source.patience - 1) or self._chance.random() > RATE:
            return _Plan("none", 0)
        latest = self._chance.randint(1, CALLS_OF_A_HANDLER)  # early calls are likelier: some functions make few
        return _Plan(self._chance.choice(FAULTS), self._chance.randint(1, latest))

    def _count(self, plan: _Plan, batch: Batch) -> None:
        """Remember whom a fault has met."""
        if plan.happened:
            self._faults -= 1
            self._hurt.update(batch.identifiers)

    def _interrupt(self) -> None:
        """Let another function work between two calls of this one."""
        if self._interruptions > 0 and len(self._plans) < DEEPEST and self._chance.random() < 0.05:  # noqa: PLR2004
            self._interruptions -= 1
            self.run_another_batch()
