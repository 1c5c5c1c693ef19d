"""3 publish: the default navigation, from the published pages, where `site.yaml` names none.

It is an item of the Catalog, as sums are: when it changes, every page of the site is rebuilt (`walk_pages`).
"""

from dropcap.aws import catalog_keys as keys
from dropcap.site.urls import CacheTags
from dropcap.steps.publish.context import PublishContext

MOST = 8
"""At most so many pages are in the navigation; whoever has more names those that matter in `site.yaml`."""
LOOKED_AT = 200


def navigation(context: PublishContext) -> CacheTags:
    """Keep which pages make the navigation: by title, then by address, without the one that opens the home page."""
    pages = context.tools.catalog.lists.newest(keys.PAGES, LOOKED_AT)
    links = [(card.title, card.url) for card in pages if card.key != keys.HOME_PAGE]
    links.sort(key=lambda link: (link[0].casefold(), *link))
    context.tools.catalog.keep_navigation(links[:MOST], context.cause)
    return frozenset()
