"""2 index: views that read the candidates for the home page, and the translations of a text."""

from dropcap.aws import catalog_keys as keys
from dropcap.aws.catalog import Catalog
from dropcap.site import views
from dropcap.site.cards import Card


def home_candidates(name: str, catalog: Catalog) -> set[str]:
    """Return the pages and reports of all candidates in the list NAME: one opens the page, the other reports say so."""
    cards = catalog.lists.cards(keys.list_of(name), most=keys.TRANSLATIONS)
    return {view for card in cards for view in (views.path(card.url), views.report(card.key))}


def pages_of_group(name: str, catalog: Catalog) -> set[str]:
    """Return the pages that show the translations in the list NAME: its members, and their original."""
    group = name.partition("#")[2]
    originals = (shown.card for shown in catalog.shown(keys.originals_of(group)).values())
    return {views.path(card.url) for card in (*translated(group, catalog), *originals)}


def translated(group: str, catalog: Catalog) -> list[Card]:
    """Return the published translations in GROUP, without their original."""
    return catalog.lists.cards(keys.translation_list(group), most=keys.TRANSLATIONS)
