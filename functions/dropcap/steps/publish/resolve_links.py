"""3 publish: fill in the placeholders of a post's text: links, embedded notes and interface texts."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dropcap.document import Finding, Target, embedded_names, mentions, resolve, with_notes
from dropcap.site.cards import Card
from dropcap.site.content.localise import localised
from dropcap.steps.publish.context import PublishContext

LONGEST_NOTE = 300_000
"""Most characters of a text that another page shows; a longer one is a link there."""

MAXIMUM_DOUBTS = 10
"""Most links of one text whose author is told that they may mean several: they are kept in one item of the Catalog."""


@dataclass(frozen=True, slots=True)
class FilledIn:
    """A text with its links: as its own PAGE has it, and as the BODY for feeds, mails and notes that show it.

    TARGETS are the sources that it links to, DOUBTS tell its author where a link may mean several.
    """

    page: str
    body: str
    targets: tuple[str, ...] = ()
    doubts: tuple[Finding, ...] = ()


def filled_in(context: PublishContext, fragment: str, key: str, language: str | None) -> FilledIn:
    """Fill in the FRAGMENT of source KEY, in LANGUAGE if it is not the site's."""
    theme = context.tools.theme
    interface, own = theme.messages(context.site.language), theme.messages_for_text(language, context.site)
    text = _linked(context, fragment, key)
    return replace(text, page=localised(text.page, interface, own), body=localised(text.body, interface, own))


def _linked(context: PublishContext, fragment: str, key: str) -> FilledIn:
    """Fill in links and embedded notes."""
    mentioned = mentions(fragment)
    if not mentioned:
        return FilledIn(fragment, fragment)
    cards_by_name = _cards_by_name(context, mentioned)
    targets = {name: cards[0] for name, cards in cards_by_name.items() if cards}
    body = resolve(fragment, {name: card.url for name, card in targets.items()})
    shown = {
        name for names in embedded_names(fragment) for name in names if name in targets and targets[name].key != key
    }
    notes = {name: _target(context, card, shows=name in shown) for name, card in targets.items()}
    return FilledIn(
        with_notes(fragment, notes) if shown else body,
        body,
        tuple(sorted({card.key for card in targets.values()})),
        tuple(_doubt(name, cards_by_name[name]) for name in targets if len(cards_by_name[name]) > 1)[:MAXIMUM_DOUBTS],
    )


def _cards_by_name(context: PublishContext, mentioned: Iterable[tuple[str, ...]]) -> dict[str, list[Card]]:
    """Return the cards that each looked-up name means: names of a link are tried in order until one has a card."""
    cards_by_name: dict[str, list[Card]] = {}
    for names in mentioned:
        for name in names:
            if name not in cards_by_name:
                cards_by_name[name] = context.tools.catalog.references.called(name)
            if cards_by_name[name]:
                break
    return cards_by_name


def _target(context: PublishContext, card: Card, *, shows: bool) -> Target:
    body = context.tools.bodies.get(card.digest) if shows else ""
    return Target(card.url, card.title, body if len(body) <= LONGEST_NOTE else "")


def _doubt(name: str, holders: list[Card]) -> Finding:
    chosen, other = holders
    message = f"A link to `{name[:100]}` may mean {chosen.key} or {other.key}; it leads to {chosen.key}."
    return Finding(message, f"Write the one you mean with its folder, as in [[{chosen.key.rpartition('.')[0]}]].")
