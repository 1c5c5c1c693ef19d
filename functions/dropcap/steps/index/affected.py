"""2 index: the views that read a changed item."""

from dataclasses import dataclass

from dropcap.walk_contracts import WalkMentions, WalkReferences


@dataclass(frozen=True, slots=True)
class AffectedViews:
    """The VIEWS that read a changed item, and the walk over those of them that are too MANY for one step."""

    views: set[str]
    many: WalkReferences | WalkMentions | None = None
