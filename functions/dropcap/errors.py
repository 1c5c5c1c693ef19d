"""One tree of errors, by who must act.

DropcapError
├── ContentError      the author: never retried; says the file, the line, what is wrong and what to write instead
├── ContractError     the developer: a message that cannot be read; no retry helps, and it ends in the dead letters
├── SettingsError     the operator: every missing or wrong setting at once
└── ServiceError      nobody: AWS will recover; retried. Raised only in `aws/`, its cause chained
    └── ConflictError     somebody else wrote first: read again and start over
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self


class DropcapError(Exception):
    """Anything that Dropcap itself finds wrong."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing an author should know: what is wrong (MESSAGE), what to do (REMEDY), and where, counted from 1.

    SOURCE is the line as it stands in the file, shortened if it is long; CARET is where in it the column is.
    """

    message: str
    remedy: str
    line: int | None = None
    column: int | None = None
    source: str | None = None
    caret: int | None = None

    def to_item(self) -> dict[str, str | int | None]:
        """Return the finding as reports and Catalog items carry it; these names never change."""
        return {
            "message": self.message,
            "remedy": self.remedy,
            "line": self.line,
            "column": self.column,
            "source": self.source,
            "caret": self.caret,
        }


class ContentError(DropcapError):
    """A file that cannot be published as it is. FINDINGS says why; nothing else is held up."""

    def __init__(self, *findings: Finding) -> None:
        """Take at least one finding."""
        super().__init__("; ".join(finding.message for finding in findings))
        self.findings = findings


class ContractError(DropcapError):
    """A message that no version of the code could have sent."""

    @classmethod
    def unreadable(cls, text: str) -> Self:
        """Say that TEXT is no JSON object; only its start is quoted, since it may be long."""
        return cls(f"not a JSON object: {text[:80]!r}")

    @classmethod
    def missing(cls, name: str, kind: str, given: Mapping[str, object]) -> Self:
        """Say that the field NAME of type KIND is missing; only the names of the other fields are told."""
        return cls(f"no field {name!r} of type {kind} among {sorted(given)}")


class SettingsError(DropcapError):
    """Environment variables that the template should have set."""

    @classmethod
    def missing(cls, names: Iterable[str]) -> Self:
        """Name every missing variable at once."""
        return cls(f"set these environment variables in template.yaml: {', '.join(sorted(names))}")


class ServiceError(DropcapError):
    """An AWS service did not do as asked; the message comes again."""

    @classmethod
    def refused(cls, call: str, code: str) -> Self:
        """Say that CALL was answered with CODE."""
        return cls(f"{call}: {code}")

    @classmethod
    def unstable(cls, what: str, rounds: int) -> Self:
        """Say that WHAT kept changing for so many ROUNDS."""
        return cls(f"{what} kept changing for {rounds} rounds")


class ConflictError(ServiceError):
    """A condition did not hold: somebody else wrote first."""

    @classmethod
    def just_gone(cls, key: str) -> Self:
        """Say that the version of source KEY that was to be read has been removed."""
        return cls(f"{key} has just gone")
