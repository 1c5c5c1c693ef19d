"""3 publish: from a view's name to the function that builds it.

A new kind of page or feed is a function, a line in a table such as `lists.SINGLE`, and one in `site/views.py`
that says which changes it reads.
"""

from collections.abc import Callable, Mapping

from dropcap.errors import ContractError
from dropcap.site.urls import CacheTags
from dropcap.steps.publish import archive, feeds, lists, newsletter, search, series, sitemaps
from dropcap.steps.publish.context import PublishContext
from dropcap.steps.publish.navigation import navigation
from dropcap.steps.publish.path import path
from dropcap.steps.publish.preview import preview
from dropcap.steps.publish.report import report
from dropcap.steps.publish.static import STATIC

ROOMS = (lists, archive, feeds, sitemaps, search, series, newsletter)

SINGLE: Mapping[str, Callable[[PublishContext], CacheTags]] = {
    **{view: make for room in ROOMS for view, make in room.SINGLE.items()},
    **STATIC,
    "navigation": navigation,
}
NAMED: Mapping[str, Callable[[PublishContext, str], CacheTags]] = {
    **{kind: make for room in ROOMS for kind, make in room.NAMED.items()},
    "path": path, "preview": preview, "report": report,
}  # fmt: skip

OF_THE_FOLDER = "report "
"""The report on `content/` itself: earlier releases requested it, so that it may wait among the dead letters."""


def publish_view(context: PublishContext, view: str) -> CacheTags:
    """Build VIEW; return the cache tags to clear. Raises ContractError for an unknown view."""
    if view == OF_THE_FOLDER:
        return frozenset()
    kind, _, name = view.partition(" ")
    if view in SINGLE:
        return SINGLE[view](context)
    if name and kind in NAMED:
        return NAMED[kind](context, name)
    message = f"no view is called {view!r}"
    raise ContractError(message)
