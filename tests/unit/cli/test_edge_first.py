"""The order in which `dropcap dev` takes what waits."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from dropcap_cli.dev.eager_cloud import EdgeFirst


@dataclass
class Source:
    """A queue by its name."""

    name: str
    kind: str = "sqs"

    @property
    def mapping(self) -> Any:  # noqa: ANN401  # the members of a mapping that delivery reads
        """Return the mapping."""
        arn = f"arn:{self.name}.fifo" if self.name == "ViewQueue" else f"arn:{self.name}"
        return SimpleNamespace(kind=self.kind, arn=arn, window=2 if self.name == "EdgeQueue" else 0)


@pytest.mark.parametrize(
    ("ready", "chosen"),
    [
        (("UploadQueue", "ViewQueue", "EdgeQueue"), "UploadQueue"),
        (("ViewQueue", "EdgeQueue"), "EdgeQueue"),
        (("ViewQueue",), "ViewQueue"),
    ],
)
def test_a_saved_page_is_shown_before_other_views_are_built(ready: tuple[str, ...], chosen: str) -> None:
    """The CDN drops the old page first; a bulk of uploads comes before it."""
    sources: Any = [Source(name) for name in ready]
    assert chosen == EdgeFirst().choose(sources).name


def test_many_files_are_published_in_phases() -> None:
    """The CDN is cleared last: once for all views."""
    order, sources = EdgeFirst(), [Source("ViewQueue"), Source("EdgeQueue")]
    order.is_bulk = True
    ready: Any = sources
    assert "ViewQueue" == order.choose(ready).name
