"""The languages of one text, and of the site ▶ the links between them."""

from collections.abc import Iterable
from typing import NamedTuple

from dropcap.site import urls
from dropcap.site.cards import Card
from dropcap.site.settings.model import SiteSettings


class Translation(NamedTuple):
    """A text in one language (BCP 47), with the NAME of that language in itself, its TITLE and its URL path."""

    language: str
    name: str
    title: str
    path: str


def translations(own: Card, others: Iterable[Card], site_language: str) -> tuple[Translation, ...]:
    """Return OWN and OTHERS, sorted by language, one of each; empty if no other language is among them."""
    by_language: dict[str, Card] = {}
    for card in (own, *sorted(others, key=lambda card: card.key)):
        by_language.setdefault((card.language or site_language).casefold(), card)
    if len(by_language) == 1:
        return ()
    listed = sorted(by_language.values(), key=lambda card: (card.language or site_language).casefold())
    return tuple(
        Translation(tag, language_name(tag), card.title, card.path)
        for tag, card in ((card.language or site_language, card) for card in listed)
    )


def language_name(tag: str) -> str:
    """Return the name of the language TAG in that language, such as `Deutsch`; TAG itself if CLDR has none."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  # 20 ms that a site of one language does not need

    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return tag
    name = locale.get_display_name() or tag
    return name[:1].upper() + name[1:]


def language_homes(site: SiteSettings) -> tuple[tuple[str, str], ...]:
    """Return each language of SITE with the address of its list, the site's own first; empty if it has only one."""
    others = tuple((tag, urls.language_path(tag)) for tag in site.other_languages)
    return ((site.language, "/"), *others) if others else ()


def listed_language(site: SiteSettings, address: str) -> str | None:
    """Return the language whose list is at ADDRESS; None for another address."""
    return next((tag for tag in site.other_languages if urls.language_path(tag) == address), None)
