"""3 publish, for a post's page: its translations."""

from dropcap.aws import catalog_keys as keys
from dropcap.site.cards import Card
from dropcap.site.content.translations import Translation, translations
from dropcap.site.post import Snapshot
from dropcap.steps.publish.context import PublishContext


def translations_of(context: PublishContext, key: str, live: Snapshot) -> tuple[Translation, ...]:
    """Return the published languages of LIVE, the post of source KEY, its own included; empty if it has only one."""
    group = live.translation or keys.original_group(key)
    catalog = context.tools.catalog
    cards = {card.key: card for card in catalog.lists.cards(keys.translation_list(group), most=keys.TRANSLATIONS)}
    if not cards:
        return ()
    originals: list[Card] = [shown.card for shown in catalog.shown(keys.originals_of(group)).values()]
    cards |= {card.key: card for card in originals}
    cards.pop(key, None)
    return translations(live.card(key, "", ""), cards.values(), context.site.language)
