"""3 publish: what the pages and reports of a batch begin with, read together."""

from collections.abc import Collection

from dropcap.aws.batch_catalog import BatchCatalog
from dropcap.document import file_kind
from dropcap.site.settings.model import SiteSettings
from dropcap.site.views import names_of


def read_ahead(catalog: BatchCatalog, views: Collection[str]) -> SiteSettings:
    """Return the site's settings; CATALOG then knows the state of each page and each report on a text among VIEWS."""
    texts = (key for key in names_of("report", views) if not file_kind(key))
    return catalog.read_ahead(names_of("path", views), texts)
