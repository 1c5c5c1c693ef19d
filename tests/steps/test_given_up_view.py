"""A view that failed for good is noted for its author, and kept for the operator."""

from types import SimpleNamespace
from typing import Any

import pytest

from dropcap.contracts import MakeView, RemakeView
from dropcap.steps.publish.give_up_view import give_up_view
from support.posts import CAUSE


@pytest.mark.parametrize(("view", "noted"), [("home", True), ("report posts/naps.md", False)])
@pytest.mark.parametrize("kind", [MakeView, RemakeView])
def test_a_failed_view_is_noted_for_its_author_and_kept_for_the_operator(
    view: str, kind: type[MakeView | RemakeView], *, noted: bool
) -> None:
    """A report that cannot be built could not say so either."""
    calls: list[tuple[Any, ...]] = []
    failed_views: Any = SimpleNamespace(note=lambda *arguments: calls.append(arguments))
    store: Any = SimpleNamespace(keep=lambda *arguments: calls.append(arguments))
    give_up_view(failed_views, store, kind(view, CAUSE), "letter")
    kept = (RemakeView(view, CAUSE), "letter")
    assert ([(view, CAUSE), kept] if noted else [kept]) == calls
