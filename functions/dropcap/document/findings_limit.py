"""Findings ▶ so many, and so long, that the Catalog can keep them with the post."""

from collections.abc import Sequence

from dropcap.errors import Finding

MAXIMUM_FINDINGS = 40
"""Most findings on one file: nobody reads more, and one item of DynamoDB has at most 400 KB."""
MAXIMUM_BYTES = 600
"""Most bytes of a message or a remedy, in UTF-8."""


def bounded(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the first of FINDINGS, their texts shortened, and the number of those that are left out."""
    shown = tuple(
        finding._replace(message=_cut(finding.message), remedy=_cut(finding.remedy))
        for finding in findings[:MAXIMUM_FINDINGS]
    )
    left = len(findings) - len(shown)
    if not left:
        return shown
    return (*shown, Finding(f"There are {left} more warnings on this file.", "Fix those above, then upload it again."))


def _cut(text: str) -> str:
    encoded = text.encode(errors="replace")
    return text if len(encoded) <= MAXIMUM_BYTES else encoded[: MAXIMUM_BYTES - 3].decode(errors="ignore") + "…"
