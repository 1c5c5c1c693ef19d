"""One tree of errors, by who must act.

DropcapError
├── ContentError      the author: never retried; has the file, the line, what is wrong and what to write instead
├── ContractError     the developer: a message that cannot be read; never retried, moved to the dead-letter queue
├── SettingsError     the operator: every missing or wrong setting at once
└── ServiceError      nobody: AWS will recover; retried. Raised only in `aws/`, with its cause chained
    └── ConflictError     another writer was first: read again and start over
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Self

from dropcap.patterns import lazy_pattern

_ADDRESS = lazy_pattern(r"""(?<![^\s<>"',;:()\[\]{}])[^\s<>"',;:()\[\]{}@]+@[^\s<>"',;:()\[\]{}]+""")


def without_addresses(text: str) -> str:
    """Return TEXT for a log, with each mail address in it replaced: logs hold no personal data."""
    return _ADDRESS.sub("(an address)", text) if "@" in text else text


class DropcapError(Exception):
    """The common base of all errors that Dropcap raises itself."""


class Finding(NamedTuple):
    """One message to the author: what is wrong (MESSAGE), what to do (REMEDY), and where, counted from 1.

    SOURCE is the line of the file, shortened if it is long; CARET is the position of the column in SOURCE.
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
    """A file that cannot be published as it is. FINDINGS has the reasons; other files are not affected."""

    def __init__(self, *findings: Finding) -> None:
        """Store at least one finding."""
        super().__init__("; ".join(finding.message for finding in findings))
        self.findings = findings


class ContractError(DropcapError):
    """A message that no version of the code could have sent."""

    @classmethod
    def unreadable(cls, text: str) -> Self:
        """Return the error for TEXT, which is no JSON object; only its start is quoted, since it may be long."""
        return cls(f"not a JSON object: {without_addresses(text[:80])!r}")

    @classmethod
    def missing(cls, name: str, kind: str, fields: Mapping[str, object]) -> Self:
        """Return the error for a missing field NAME of type KIND; of the other FIELDS only the names are quoted."""
        return cls(f"no field {name!r} of type {kind} among {sorted(fields)}")


class SettingsError(DropcapError):
    """Environment variables that the template should have set."""

    @classmethod
    def missing(cls, names: Iterable[str]) -> Self:
        """Return the error that names every missing variable."""
        return cls(f"set these environment variables in template.yaml: {', '.join(sorted(names))}")


class ServiceError(DropcapError):
    """A call to an AWS service failed; the message is retried."""

    @classmethod
    def refused(cls, call: str, code: str) -> Self:
        """Return the error for CALL, which failed with CODE."""
        return cls(f"{call}: {code}")

    @classmethod
    def unstable(cls, what: str, rounds: int) -> Self:
        """Return the error for WHAT, which changed during each of so many ROUNDS."""
        return cls(f"{what} kept changing for {rounds} rounds")

    @classmethod
    def out_of_time(cls, what: str) -> Self:
        """Return the error for WHAT, which goes back to its queue because the function has little time left."""
        return cls(f"no time left for {what}")


class ConflictError(ServiceError):
    """A condition failed: another writer was first."""

    @classmethod
    def just_gone(cls, key: str) -> Self:
        """Return the error for source KEY, whose version to read has been removed meanwhile."""
        return cls(f"{key} was removed meanwhile")
