"""The account of an issue: the number of recipients in each state. The states always add up.

recipients = queued + sending + accepted + refused + left + unknown; delivered, bounced and complained are within
accepted.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dropcap.newsletter.ledger import ACCEPTED, DeliveryState


@dataclass(frozen=True, slots=True)
class DeliveryCounts:
    """COUNTS by counter name (`state` or `state:detail`, see `counter_of`) for so many RECIPIENTS."""

    recipients: int
    counts: Mapping[str, int]

    @classmethod
    def summed(cls, recipients: int, pages: Iterable[Mapping[str, int]]) -> "DeliveryCounts":
        """Return the account of RECIPIENTS whose PAGES have these counts."""
        total: Counter[str] = Counter()
        for counts in pages:
            total.update(counts)
        return cls(recipients, {name: number for name, number in sorted(total.items()) if number})

    def number(self, *states: DeliveryState) -> int:
        """Return how many are in one of STATES, with any detail."""
        return sum(number for name, number in self.counts.items() if name.partition(":")[0] in states)

    @property
    def queued(self) -> int:
        """Return how many mails are still to be sent."""
        return self.recipients - sum(self.counts.values())

    @property
    def accepted(self) -> int:
        """Return how many mails SES accepted."""
        return self.number(*ACCEPTED)

    def reasons(self, state: DeliveryState) -> dict[str, int]:
        """Return how many are in STATE by the code or kind that SES gave; empty if it gave none."""
        named = {name.partition(":"): number for name, number in self.counts.items()}
        return {detail: number for (head, _, detail), number in named.items() if head == state and detail}

    def to_json(self) -> dict[str, object]:
        """Return the account for programs: every number, and why recipients did not get the mail."""
        states = {str(state): self.number(state) for state in DeliveryState if state not in ACCEPTED}
        within = {str(state): self.number(state) for state in sorted(ACCEPTED - {DeliveryState.SENT})}
        numbers = {"recipients": self.recipients, **states, "queued": self.queued, "accepted": self.accepted, **within}
        return {
            **numbers,
            "causes": {str(state): self.reasons(state) for state in DeliveryState if self.reasons(state)},
        }
