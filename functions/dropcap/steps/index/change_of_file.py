"""2 index: the views that show a picture or a file: texts, reports, and the masthead."""

from collections.abc import Iterable

from dropcap.aws.catalog import Catalog
from dropcap.document.html.file_references import mention
from dropcap.site import views
from dropcap.site.media import is_meant
from dropcap.site.settings.model import SITE_KEY
from dropcap.steps.index.catalog_change import Change
from dropcap.steps.index.walk_references import texts_of


def views_of_file(change: Change, name: str, catalog: Catalog) -> set[str]:
    """Return the views of texts for which NAME may mean another file, since this one was added, changed or removed."""
    keys_present = {item["sk"].rpartition("#")[0] for item in catalog.media.files(name)}
    path = change.sk.rpartition("#")[0]
    sources = {
        item["source"]
        for item in catalog.media.mentioners(name)
        if any(is_meant(path, paths, keys_present) for paths in item["paths"])
    }
    site = catalog.site()
    masthead = (
        {views.NAVIGATION, views.report(SITE_KEY)} if names_file(site.picture_settings.values(), name) else set[str]()
    )
    return {*map(views.report, sources), *texts_of(catalog.posts(sources).values()), *masthead}


def names_file(addresses: Iterable[str], name: str) -> bool:
    """Return whether one of ADDRESSES, settings of the site, may mean a file called NAME."""
    mentions = (mention(address, SITE_KEY) for address in addresses if address)
    return any(file.name == name for file in mentions if file)
