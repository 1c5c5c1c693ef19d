"""What became of the files of a folder: for programs and for people."""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from dropcap.errors import Finding
from dropcap.site.reports.report_text import finding_lines

OUTCOMES = ("published", "draft", "scheduled", "expired", "waiting", "refused", "failed", "ignored")
BAD = frozenset({"refused", "failed"})
"""Outcomes for which a command exits with 1."""

MORE = ("preview", "publishes", "expires", "stands_since", "taken_by", "mail", "uploaded")
"""What a report tells besides, for programs."""

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of the file at PATH. URL is what is live of it; ERRORS and WARNINGS are a report's findings.

    MORE is what else the report tells.
    """

    path: str
    outcome: str
    url: str | None = None
    errors: tuple[JSON, ...] = ()
    warnings: tuple[JSON, ...] = ()
    more: Mapping[str, Any] = field(default_factory=lambda: dict.fromkeys(MORE))

    @classmethod
    def of_report(cls, path: str, report: Mapping[str, Any] | None) -> Self:
        """Read the REPORT on the file at PATH; a file without one was forgotten, which must never happen."""
        if report is None:
            forgotten = Finding("No report was written on this file.", "Please tell the developers of Dropcap.")
            return cls(path, "failed", errors=(finding(forgotten),))
        more = {name: report[name] for name in MORE}
        return cls(path, report["outcome"], report["url"], tuple(report["errors"]), tuple(report["warnings"]), more)

    @classmethod
    def unread(cls, path: str, reason: Finding, outcome: str) -> Self:
        """Say that the file at PATH was not uploaded, and for which REASON."""
        if outcome in BAD:
            return cls(path, outcome, errors=(finding(reason),))
        return cls(path, outcome, warnings=(finding(reason),))

    def for_programs(self) -> JSON:
        """Give it as JSON."""
        return {
            "path": self.path,
            "outcome": self.outcome,
            "url": self.url,
            "errors": list(self.errors),
            "warnings": list(self.warnings),
            **self.more,
        }

    def for_people(self) -> Iterator[str]:
        """Give the lines that say why it is not published, and what to do."""
        yield f"{self.path}: {self.outcome}{self._when()}"
        for kind, some in (("error", self.errors), ("warning", self.warnings)):
            for one in some:
                yield from (f"  {line}" for line in finding_lines(self.path, kind, one))

    def _when(self) -> str:
        """Tell when a scheduled file appears, and since when an expired one is gone."""
        told = {"scheduled": ("appears", "publishes"), "expired": ("went", "expires")}.get(self.outcome)
        moment = self.more.get(told[1]) if told else None
        return f", {told[0]} {moment}" if told and moment else ""


def finding(one: Finding) -> JSON:
    """Give a finding as reports have it."""
    return one.to_item()


def counts(files: Sequence[FileOutcome]) -> dict[str, int]:
    """Count FILES by outcome; each outcome is named, zero too."""
    counted = Counter(one.outcome for one in files)
    return {outcome: counted[outcome] for outcome in (*OUTCOMES, *sorted(counted.keys() - set(OUTCOMES)))}


def for_programs(files: Sequence[FileOutcome]) -> JSON:
    """Give the whole account as JSON."""
    return {**counts(files), "files": [one.for_programs() for one in files]}


def for_people(files: Sequence[FileOutcome]) -> Iterator[str]:
    """Give the lines on whatever was not simply published, the worst last, where people look first."""
    order = ("ignored", "expired", "scheduled", "draft", "waiting", "refused", "failed")
    for outcome in order:
        for one in files:
            if one.outcome == outcome:
                yield from one.for_people()
    told = [f"{number} {outcome}" for outcome, number in counts(files).items() if number]
    warned = sum(one.outcome == "published" and bool(one.warnings) for one in files)
    hint = f"; {warned} of the published have warnings, which --json tells" if warned else ""
    yield f"{len(files)} files: {', '.join(told) or 'none'}{hint}"


def print_json(told: JSON) -> None:
    """Print it on standard output."""
    json.dump(told, sys.stdout, ensure_ascii=False, indent=1)
    print()


def exit_code(files: Sequence[FileOutcome]) -> int:
    """Give 1 where a file was refused or failed, else 0."""
    return int(any(one.outcome in BAD for one in files))
