"""2 index: the views that show a picture or a file: texts, reports, and the masthead."""

from collections.abc import Iterable

from dropcap.aws.catalog import Catalog
from dropcap.document.html.file_references import mention
from dropcap.site import views
from dropcap.site.settings.model import SITE_KEY
from dropcap.steps.index.affected import AffectedViews
from dropcap.steps.index.catalog_change import Change
from dropcap.steps.index.walk_mentions import mentioning_file
from dropcap.walk_contracts import WalkMentions


def views_of_file(change: Change, name: str, catalog: Catalog) -> AffectedViews:
    """Return the views of texts for which NAME may mean another file, since this one was added, changed or removed."""
    paths = (change.sk.rpartition("#")[0],)
    texts, last = mentioning_file(catalog, name, paths)
    site = catalog.site()
    masthead = (
        {views.NAVIGATION, views.report(SITE_KEY)} if names_file(site.picture_settings.values(), name) else set[str]()
    )
    many = WalkMentions(name, paths, last, change.event, change.cause) if last else None
    return AffectedViews({*texts, *masthead}, many)


def names_file(addresses: Iterable[str], name: str) -> bool:
    """Return whether one of ADDRESSES, settings of the site, may mean a file called NAME."""
    mentions = (mention(address, SITE_KEY) for address in addresses if address)
    return any(file.name == name for file in mentions if file)
