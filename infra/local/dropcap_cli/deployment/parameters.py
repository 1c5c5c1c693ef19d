"""The parameters of `template.yaml`, and the check of a value before anything is deployed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dropcap_local.deploy.sam import template
from dropcap_local.project import TEMPLATE
from dropcap_local.usage_error import UsageError

QUESTIONS: Mapping[str, str] = {
    "SiteDomain": "Domain of the site, such as journal.example.org (empty: CloudFront's own name)",
    "MailFrom": "Sender of the newsletter, such as news@example.org (empty: no newsletter)",
    "PostalAddress": "Postal address at the foot of each newsletter",
}
"""The only questions, in their order; the last one only for a stack with a newsletter."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the template. EXAMPLE is the template's own description of a correct value."""

    name: str
    description: str
    pattern: str
    choices: tuple[str, ...]
    number: tuple[float, float] | None
    example: str

    @classmethod
    def of(cls, name: str, declaration: Mapping[str, Any]) -> "Parameter":
        """Read one declaration of the template's `Parameters`."""
        number = (float(declaration.get("MinValue", "-inf")), float(declaration.get("MaxValue", "inf")))
        return cls(
            name,
            declaration.get("Description", ""),
            declaration.get("AllowedPattern", ""),
            tuple(map(str, declaration.get("AllowedValues", ()))),
            number if declaration["Type"] == "Number" else None,
            declaration.get("ConstraintDescription", ""),
        )

    def check(self, value: str) -> None:
        """Raise UsageError with the reason and an example if CloudFormation would refuse VALUE."""
        if self.pattern and not re.fullmatch(self.pattern, value):
            raise UsageError(f"{value!r} is not a valid {self.name}. Write {self.example or self.description}.")
        if self.choices and value not in self.choices:
            raise UsageError(f"{value!r} is not a valid {self.name}. Write {' or '.join(self.choices)}.")
        if self.number and not self._is_in_range(value):
            raise UsageError(
                f"{value!r} is not a valid {self.name}. Write a whole number of at least {self.number[0]:g}"
                f"{f' and at most {self.number[1]:g}' if self.number[1] != float('inf') else ''}."
            )

    def _is_in_range(self, value: str) -> bool:
        low, high = self.number or (0, 0)
        return value.isdecimal() and low <= int(value) <= high


def parameters(path: Path = TEMPLATE) -> dict[str, Parameter]:
    """Return the parameters of the template at PATH by name; raise UsageError if there is no template."""
    if not path.exists():
        raise UsageError(f"There is no {path}. `dropcap deploy` works in a checkout of Dropcap: see docs/deploying.md.")
    declared = template(path.read_text(encoding="utf-8"))["Parameters"]
    return {name: Parameter.of(name, declaration) for name, declaration in declared.items()}


def check_all(values: Mapping[str, str], declared: Mapping[str, Parameter], live: Mapping[str, str]) -> None:
    """Raise UsageError for the first of VALUES that the template would refuse; LIVE are those of the deployed stack."""
    for name, value in values.items():
        if name not in declared:
            raise UsageError(f"The template has no parameter {name!r}. It has {', '.join(declared)}.")
        declared[name].check(value)
    after = {**live, **values}
    if after.get("MailFrom") and not after.get("PostalAddress"):
        raise UsageError("A newsletter needs a postal address. Add --postal-address, or leave out --sender.")
