"""The settings and findings of one text while it is rendered."""

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any, cast

from dropcap.document.markdown.math import Formulas
from dropcap.document.markdown.problems import Problems

_CONTEXT = "dropcap"

Environment = MutableMapping[str, Any]
"""markdown-it's own dictionary for one text, with its reference definitions and Dropcap's values."""


@dataclass(slots=True)
class RenderContext:
    """One text: the KEY of its source, whether it may contain formulas, and the results of parsing it.

    RAW_HTML is the HTML that its author wrote, piece by piece, with the line on which each begins. PLACES are the first
    lines of links, pictures and files, by their addresses or the names of their placeholders. All lines in here count
    from 0, within the text.
    """

    key: str = ""
    has_formulas: bool = True
    formulas: Formulas = field(default_factory=Formulas)
    problems: Problems = field(default_factory=Problems)
    raw_html: list[tuple[int, str]] = field(default_factory=list)
    abbreviations: dict[str, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    line: int = 0

    def add_place(self, target: str, line: int) -> None:
        """Add a link, picture or file that leads to TARGET on LINE; a footnote is read last, wherever it is written."""
        self.places[target] = min(line, self.places.get(target, line))

    def environment(self) -> Environment:
        """Return a fresh environment from which `context_of` gets this context."""
        return {_CONTEXT: self, "references": {}}


def context_of(environment: Environment) -> RenderContext:
    """Return the context of the text that is being parsed in ENVIRONMENT."""
    return cast("RenderContext", environment[_CONTEXT])
