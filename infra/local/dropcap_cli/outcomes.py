"""The outcomes of a folder's files, as JSON and as text."""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from dropcap.errors import Finding
from dropcap.site.reports.report_text import finding_lines
from dropcap.site.reports.visible import visible

OUTCOMES = ("published", "draft", "scheduled", "expired", "waiting", "refused", "failed", "ignored")
BAD = frozenset({"refused", "failed"})
"""Outcomes for which a command exits with 1."""

REPORT_FIELDS = ("preview", "publishes", "expires", "stands_since", "taken_by", "mail", "uploaded")
"""Further fields of a report, for programs."""

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """The outcome of the file at PATH. URL is its live address; ERRORS and WARNINGS are findings in their JSON form.

    DETAILS are the report's further fields.
    """

    path: str
    outcome: str
    url: str | None = None
    errors: tuple[JSON, ...] = ()
    warnings: tuple[JSON, ...] = ()
    details: Mapping[str, Any] = field(default_factory=lambda: dict.fromkeys(REPORT_FIELDS))

    @classmethod
    def of_report(cls, path: str, report: Mapping[str, Any] | None) -> Self:
        """Read the REPORT on the file at PATH; a missing report is a fault of Dropcap's, and counts as failed."""
        if report is None:
            missing = Finding("Dropcap wrote no report on this file.", "This is a bug. Please report it.")
            return cls(path, "failed", errors=(finding_json(missing),))
        details = {name: report.get(name) for name in REPORT_FIELDS}
        return cls(path, report["outcome"], report["url"], tuple(report["errors"]), tuple(report["warnings"]), details)

    @classmethod
    def not_uploaded(cls, path: str, reason: Finding, outcome: str) -> Self:
        """Return the OUTCOME of a file that was not uploaded, for a REASON."""
        if outcome in BAD:
            return cls(path, outcome, errors=(finding_json(reason),))
        return cls(path, outcome, warnings=(finding_json(reason),))

    @classmethod
    def unreadable(cls, path: str, error: OSError) -> Self:
        """Return the outcome of the file at PATH, which could not be read because of ERROR; the others are handled."""
        reason = Finding(f"The file cannot be read: {error.strerror}.", "Check its permissions.")
        return cls.not_uploaded(path, reason, "failed")

    def to_json(self) -> JSON:
        """Return the outcome as JSON."""
        return {
            "path": self.path,
            "outcome": self.outcome,
            "url": self.url,
            "errors": list(self.errors),
            "warnings": list(self.warnings),
            **self.details,
        }

    def text_lines(self) -> Iterator[str]:
        """Yield the lines that explain the outcome, with the findings."""
        yield visible(f"{self.path}: {self.outcome}{self._time()}")
        for kind, findings in (("error", self.errors), ("warning", self.warnings)):
            for finding in findings:
                yield from (f"  {line}" for line in finding_lines(self.path, kind, finding))

    def _time(self) -> str:
        """Return when a scheduled file appears, or when an expired one was taken down."""
        verb, name = {"scheduled": ("appears", "publishes"), "expired": ("since", "expires")}.get(
            self.outcome, ("", "")
        )
        moment = self.details.get(name)
        return f", {verb} {moment}" if moment else ""


def finding_json(finding: Finding) -> JSON:
    """Return FINDING in the form that reports have."""
    return finding.to_item()


def counts(files: Sequence[FileOutcome]) -> dict[str, int]:
    """Return the number of FILES by outcome; outcomes without files are included."""
    counted = Counter(file.outcome for file in files)
    return {outcome: counted[outcome] for outcome in (*OUTCOMES, *sorted(counted.keys() - set(OUTCOMES)))}


def counts_text(files: Sequence[FileOutcome]) -> str:
    """Return one line that counts FILES by outcome."""
    counted = [f"{number} {outcome}" for outcome, number in counts(files).items() if number]
    return f"{len(files)} {'file' if len(files) == 1 else 'files'}: {', '.join(counted) or 'none'}"


def files_json(files: Sequence[FileOutcome]) -> JSON:
    """Return the counts and every file as JSON."""
    return {**counts(files), "files": [file.to_json() for file in files]}


def files_text(files: Sequence[FileOutcome]) -> Iterator[str]:
    """Yield the lines on every file that was not simply published: the worst last, where people look first."""
    for outcome in ("ignored", "expired", "scheduled", "draft", "waiting", "refused", "failed"):
        for file in files:
            if file.outcome == outcome:
                yield from file.text_lines()
    warned = sum(file.outcome == "published" and bool(file.warnings) for file in files)
    hint = f"; {warned} of the published have warnings (see --json)" if warned else ""
    yield counts_text(files) + hint


def print_json(content: JSON) -> None:
    """Print CONTENT on standard output."""
    json.dump(content, sys.stdout, ensure_ascii=False, indent=1)
    print()


def print_result(sentence: str, *, as_json: bool, **fields: str) -> None:
    """Print the SENTENCE that a command ends with, AS_JSON with the FIELDS that name what it is about."""
    if as_json:
        print_json({**fields, "result": sentence})
    else:
        print(visible(sentence))


def exit_code(files: Sequence[FileOutcome]) -> int:
    """Return 1 if a file was refused or failed, else 0."""
    return int(any(file.outcome in BAD for file in files))
