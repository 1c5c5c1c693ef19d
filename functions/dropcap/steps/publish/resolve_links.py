"""3 publish, for a post's text: placeholders become links to what stands, the notes that it shows, and words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dropcap.document import Finding, Target, embedded_names, mentions, resolve, with_notes
from dropcap.site.cards import Card
from dropcap.site.content.localise import said
from dropcap.steps.publish.context import Making

LONGEST_NOTE = 300_000
"""Most characters of a text that another page shows; a longer one is a link there."""


@dataclass(frozen=True, slots=True)
class FilledIn:
    """A text with its links: as its own PAGE has it, and as the BODY for feeds, mails and notes that show it.

    TARGETS are the sources that it links to, DOUBTS tell its author where a link may mean several.
    """

    page: str
    body: str
    targets: tuple[str, ...] = ()
    doubts: tuple[Finding, ...] = ()


def filled_in(make: Making, fragment: str, key: str, language: str | None) -> FilledIn:
    """Fill in the FRAGMENT of source KEY, in LANGUAGE if it is not the site's."""
    theme = make.tools.theme
    interface, own = theme.words(make.site.language), theme.words_within(language, make.site)
    text = _linked(make, fragment, key)
    return replace(text, page=said(text.page, interface, own), body=said(text.body, interface, own))


def _linked(make: Making, fragment: str, key: str) -> FilledIn:
    """Fill in links and notes. A name is asked for only where no better one of the same link is held."""
    asked = mentions(fragment)
    if not asked:
        return FilledIn(fragment, fragment)
    held = _held(make, asked)
    led = {name: cards[0] for name, cards in held.items() if cards}
    body = resolve(fragment, {name: card.url for name, card in led.items()})
    shown = {name for names in embedded_names(fragment) for name in names if name in led and led[name].key != key}
    notes = {name: _target(make, card, shows=name in shown) for name, card in led.items()}
    return FilledIn(
        with_notes(fragment, notes) if shown else body,
        body,
        tuple(sorted({card.key for card in led.values()})),
        tuple(_doubt(name, held[name]) for name in led if len(held[name]) > 1),
    )


def _held(make: Making, asked: Iterable[tuple[str, ...]]) -> dict[str, list[Card]]:
    """Ask for the names of each link, the best first, until somebody holds one; give who holds what was asked for."""
    held: dict[str, list[Card]] = {}
    for names in asked:
        for name in names:
            if name not in held:
                held[name] = make.tools.catalog.called(name)
            if held[name]:
                break
    return held


def _target(make: Making, card: Card, *, shows: bool) -> Target:
    body = make.tools.bodies.get(card.digest) if shows else ""
    return Target(card.url, card.title, body if len(body) <= LONGEST_NOTE else "")


def _doubt(name: str, holders: list[Card]) -> Finding:
    chosen, other = holders
    message = f"A link to `{name}` may mean {chosen.key} or {other.key}; it leads to {chosen.key}."
    return Finding(message, f"Write the one you mean with its folder, as in [[{chosen.key.rpartition('.')[0]}]].")
