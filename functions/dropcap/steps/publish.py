"""3 publish: from a view's name to the function that makes it.

A new kind of page or feed is a function, a line in a table such as `publish_lists.SINGLE`, and one in `site/views.py`
that says which changes it reads.
"""

from dropcap.errors import ContractError
from dropcap.steps import publish_feeds, publish_lists, publish_search, publish_sitemaps
from dropcap.steps.publish_path import path
from dropcap.steps.publish_preview import preview
from dropcap.steps.publish_report import report
from dropcap.steps.publish_static import STATIC
from dropcap.steps.publish_view import Making

SINGLE = publish_lists.SINGLE | publish_feeds.SINGLE | publish_sitemaps.SINGLE | publish_search.SINGLE | STATIC
NAMED = publish_lists.NAMED | publish_feeds.NAMED | publish_sitemaps.NAMED | publish_search.NAMED
NAMED |= {"path": path, "preview": preview, "report": report}


def publish_view(make: Making, view: str) -> frozenset[str]:
    """Make VIEW true; give the cache tags to clear. Raises ContractError for a view that nobody knows."""
    kind, _, name = view.partition(" ")
    if view in SINGLE:
        return SINGLE[view](make)
    if name and kind in NAMED:
        return NAMED[kind](make, name)
    message = f"no view is called {view!r}"
    raise ContractError(message)
