"""The result of a check."""

from dataclasses import dataclass
from typing import Final, Literal

Level = Literal["ok", "note", "warning", "error", "unknown"]
BAD: Final = frozenset({"warning", "error"})
"""Levels for which `dropcap doctor` exits with 1."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of the CHECK of that name. `unknown` means that it could not be made; all but `ok` have a REMEDY."""

    check: str
    level: Level
    message: str
    remedy: str = ""

    def to_json(self) -> dict[str, str]:
        """Return the result for programs."""
        return {"check": self.check, "level": self.level, "message": self.message, "remedy": self.remedy}
