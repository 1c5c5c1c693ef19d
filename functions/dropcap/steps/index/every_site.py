"""2 index: the views that no single post decides: those of every site, of its languages, and of its newsletters."""

from dropcap.aws import catalog_keys as keys
from dropcap.aws.catalog import Catalog
from dropcap.site import views


def once_a_site(catalog: Catalog) -> set[str]:
    """Return the views of every site; the lists of languages are those that `site.yaml` names."""
    years = {view for item in catalog.lists.sums(keys.ISSUES) for view in views.sent_in(item["sk"])}
    return {*views.EVERYWHERE, *views.in_languages(catalog.site().other_languages), *years}
