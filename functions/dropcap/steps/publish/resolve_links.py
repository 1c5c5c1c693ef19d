"""3 publish: fill in the placeholders of a post's text: links, embedded notes and interface texts."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from dropcap.document import Finding, Target, embedded_names, file_names, link_attributes, mentions, resolve, with_notes
from dropcap.site.cards import Card
from dropcap.site.content.localise import localised
from dropcap.steps.publish.context import PublishContext

MAXIMUM_DOUBTS = 5
"""Most warnings of one kind about the links of one text: they are stored in one item of the Catalog."""
LONGEST_NOTE = 300_000
"""Most characters of a text that another page shows; a longer one is a link there."""


class FilledIn(NamedTuple):
    """A text with its links: as its own PAGE has it, and as the BODY for feeds, mails and notes that show it.

    TARGETS are the sources that it links to. DOUBTS are warnings: links that may mean several posts, or none.
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
    return text._replace(page=localised(text.page, interface, own), body=localised(text.body, interface, own))


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
        (*_doubts(targets, cards_by_name), *_missing(fragment, mentioned, targets)),
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


def _doubts(targets: Iterable[str], cards_by_name: Mapping[str, list[Card]]) -> Iterator[Finding]:
    """Yield a warning for each link that may mean several posts: a file's name comes before addresses and aliases."""
    rivals = ((name, cards_by_name[name]) for name in targets if len(cards_by_name[name]) > 1)
    unclear = ((name, cards) for name, cards in rivals if len({name in file_names(card.key) for card in cards}) == 1)
    yield from islice((_doubt(name, cards) for name, cards in unclear), MAXIMUM_DOUBTS)


def _missing(fragment: str, mentioned: Iterable[tuple[str, ...]], targets: Mapping[str, Card]) -> Iterator[Finding]:
    """Yield a warning for the first links whose target is not published."""
    missing = [names for names in mentioned if not any(name in targets for name in names)]
    lines = link_attributes(fragment, "line") if missing else {}
    for names in missing[:MAXIMUM_DOUBTS]:
        message = f"No published post has the name `{names[-1]}`; the link to it is shown as text."
        remedy = "Check the spelling, or publish that post: then the link works."
        yield Finding(message, remedy, int(lines[names]) if names in lines else None)
    if more := missing[MAXIMUM_DOUBTS:]:
        yield Finding(f"{len(more)} more links lead to posts that are not published.", "Check their spelling.")


def _target(context: PublishContext, card: Card, *, shows: bool) -> Target:
    body = context.tools.bodies.get(card.digest) if shows else ""
    return Target(card.url, card.title, body if len(body) <= LONGEST_NOTE else "")


def _doubt(name: str, holders: list[Card]) -> Finding:
    chosen, other = holders
    message = f"A link to `{name[:100]}` may mean {chosen.key} or {other.key}; it leads to {chosen.key}."
    return Finding(message, f"Write the one you mean with its folder, as in [[{chosen.key.rpartition('.')[0]}]].")
