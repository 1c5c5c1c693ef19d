"""The status of a post's newsletter, for its author's report. It names no subscriber."""

from dataclasses import dataclass
from typing import Any

from dropcap.site.reports.time_format import in_zone, spoken

WAITING, HELD, PASSED, WITHDRAWN, SENDING, SENT = "waiting", "held", "passed", "withdrawn", "sending", "sent"
STUCK = "stuck"


@dataclass(frozen=True, slots=True)
class MailNote:
    """STATE is one of those above. WHEN (ISO 8601) tells when it goes out, for one that waits, and when it went.

    REASON says why it does not go, READERS how many were on its list.
    """

    state: str
    when: str | None = None
    reason: str = ""
    readers: int = 0

    @property
    def went_at(self) -> str | None:
        """Return when it went to anybody; None for one that did not."""
        return self.when if self.state == SENT and self.readers else None

    def in_zone(self, zone: str) -> "MailNote":
        """Return the same, with its time as clocks in ZONE show it."""
        return MailNote(self.state, self.when and in_zone(self.when, zone), self.reason, self.readers)

    def for_people(self, zone: str) -> str:
        """Record it in a sentence, with times in ZONE, an IANA name."""
        when = f" on {spoken(self.when, zone)}" if self.when else ""
        return {
            WAITING: f"Its newsletter goes out{when}.",
            HELD: f"Its newsletter is held until the operator releases it: {self.reason}.",
            PASSED: f"It has no newsletter: {self.reason}.",
            WITHDRAWN: f"Its newsletter was cancelled: {self.reason}.",
            SENDING: "Its newsletter is being sent.",
            STUCK: "Its newsletter could not be sent. The operator is informed and sends it once the cause is fixed.",
            SENT: f"Its newsletter went to {_readers(self.readers)}.",
        }.get(self.state, f"Its newsletter: {self.state}.")

    def to_item(self) -> dict[str, Any]:
        """Return the note as reports and its Catalog item carry it; these names never change."""
        return {"state": self.state, "when": self.when, "reason": self.reason, "readers": self.readers}


def _readers(number: int) -> str:
    return {0: "nobody: there were no subscribers yet", 1: "one subscriber"}.get(number, f"{number:,} subscribers")
