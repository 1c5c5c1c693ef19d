"""The answer to an upload: what became of it, why, and what to do, for programs and for people."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from dropcap.errors import Finding
from dropcap.site.post import FAILED, IGNORED, PUBLISHED, REFUSED, Post

WAITING = "waiting"
"""The outcome of a good post whose address somebody older has, or whose page is still being made."""

SENTENCES = {
    PUBLISHED: "It is published.",
    "draft": "It is a draft, and nobody can see it.",
    REFUSED: "It could not be published as it is.",
    FAILED: "Dropcap failed to work on it. This is our fault, not yours.",
    IGNORED: "It was left alone.",
    WAITING: "It waits.",
}


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one version (ETAG) of source KEY. URL is the full address of what is live of it, if anything."""

    key: str
    outcome: str
    etag: str
    url: str | None
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    uploaded: str

    def for_programs(self) -> str:
        """Write it as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    def for_people(self) -> str:
        """Write it as plain text, one finding a paragraph."""
        lines = [f"{self.key}: {SENTENCES.get(self.outcome, self.outcome)}"]
        if self.url:
            verb = "It is here" if self.outcome == PUBLISHED else "Its last good version stays up"
            lines.append(f"{verb}: {self.url}")
        for title, some in (("Wrong", self.errors), ("Worth a look", self.warnings)):
            lines += [f"\n{title}: {_sentence(self.key, finding)}" for finding in some]
        return "\n".join(lines) + "\n"


def report_of(post: Post, *, stands_at: str | None, older: Iterable[str]) -> Report | None:
    """Give the report on POST, whose page stands at the URL STANDS_AT; OLDER are those who have its address before it.

    None where there is nothing to say any more: the source is gone.
    """
    if post.outcome == "removed":
        return None
    outcome, warnings = post.outcome, post.warnings
    if outcome == PUBLISHED and not stands_at and post.live:
        outcome = WAITING
        warnings = (*warnings, *_waiting(post.live.path, list(older)))
    return Report(post.key, outcome, post.etag, stands_at, post.errors, warnings, post.cause.time)


def _waiting(path: str, older: list[str]) -> list[Finding]:
    remedy = "Give this one another `slug`, or remove the other: then it gets the address by itself."
    return [Finding(f"The address {path} belongs to {older[0]}, which is older.", remedy)] if older else []


def _sentence(key: str, finding: Finding) -> str:
    place = ":".join(str(part) for part in (key, finding.line, finding.column) if part is not None)
    return f"{place}: {finding.message}\n  {finding.remedy}"


def from_json(text: str | bytes) -> dict[str, Any]:
    """Read a report as a program would."""
    read: dict[str, Any] = json.loads(text)
    return read
