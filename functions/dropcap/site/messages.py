"""Message catalogues: the interface texts in TOML, one file a language, with days, months and plurals by Babel.

A message is a line of text with placeholders in braces. It may contain markup, because it belongs to the theme; values
are escaped. A message with a number is a table by the plural categories of its language (CLDR): `one`, `other`, …
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

if TYPE_CHECKING:
    from babel import Locale

FALLBACK = "en"
Message = str | Mapping[str, str]

_Method = TypeVar("_Method", bound=Callable[..., Any])
_in_template = cast("Callable[[_Method], _Method]", pass_eval_context)  # jinja2 loses the type of what it marks


class Messages(NamedTuple):
    """The MESSAGES of one language by name, and the LOCALE by which it writes days and counts."""

    messages: Mapping[str, Message]
    locale: "Locale"

    @_in_template
    def message(self, template: EvalContext, name: str, /, **values: object) -> str:
        """Return the message NAME with VALUES filled in, as markup in a template that escapes; `n` chooses its plural.

        Raises KeyError for a message that no catalogue has.
        """
        message = self.messages[name]
        if not isinstance(message, str):
            count = int(str(values["n"]))
            message = message.get(self.locale.plural_form(count)) or message["other"]
            values["n"] = self.number(count)
        if not values and "{" not in message and "}" not in message:
            return Markup(message) if template.autoescape else message  # noqa: S704  # as below
        return Markup(message).format(**values) if template.autoescape else message.format(**values)  # noqa: S704  # the theme's own

    def table(self, number: int) -> str:
        """Name the table of this NUMBER on a page."""
        return str(self.messages["article.table"]).format(n=self.number(number))

    def code(self, number: int) -> str:
        """Name the block of code of this NUMBER on a page."""
        return str(self.messages["article.code"]).format(n=self.number(number))

    def formula(self, number: int) -> str:
        """Name the formula of this NUMBER on a page."""
        return str(self.messages["article.formula"]).format(n=self.number(number))

    def footnote(self, number: int) -> str:
        """Name the mark of the footnote of this NUMBER."""
        return str(self.messages["article.footnote"]).format(n=self.number(number))

    def label(self, name: str) -> str:
        """Return the message NAME, which has no placeholders."""
        return str(self.messages[name])

    def day(self, when: date) -> str:
        """Write a day for people: 12 March 2025, 12. März 2025."""
        from babel.dates import format_date  # noqa: PLC0415  # a cold start that shows no page needs no dates

        return format_date(when, "long", locale=self.locale)

    def day_short(self, when: date) -> str:
        """Write a day whose year is known, as short as it can be read: 12 Mar."""
        from babel.dates import format_skeleton  # noqa: PLC0415  # as above

        return format_skeleton("MMMd", when, locale=self.locale)

    def month(self, when: date) -> str:
        """Write a month for people: March 2025."""
        from babel.dates import format_skeleton  # noqa: PLC0415  # as above

        return format_skeleton("yMMMM", when, locale=self.locale)

    def month_alone(self, when: date) -> str:
        """Write a month whose year is known: March."""
        from babel.dates import format_date  # noqa: PLC0415  # as above

        return format_date(when, "LLLL", locale=self.locale)

    def number(self, count: int) -> str:
        """Write a whole number with the separators of its language."""
        from babel.numbers import format_decimal  # noqa: PLC0415  # as above

        return format_decimal(count, locale=self.locale)


def read_messages(folders: Sequence[Path], language: str) -> Messages:
    """Read the catalogues of LANGUAGE in FOLDERS, a later one overrides an earlier one; English fills the gaps."""
    from babel import Locale  # noqa: PLC0415  # 20 ms that only pages and mails are worth

    tags = _narrowing(language)
    messages: dict[str, Message] = {}
    for name in [FALLBACK, *reversed(tags)]:
        for place in (folder / f"{name}.toml" for folder in folders):
            messages |= tomllib.loads(place.read_text(encoding="utf-8")) if place.is_file() else {}
    # Without a catalogue, dates and numbers are in English too: the deployed package has data of no other language.
    offered = has_messages(folders, language)
    offered_locale = next((locale for tag in tags if (locale := _locale(tag))), None) if offered else None
    return Messages(messages, offered_locale or Locale(FALLBACK))


def has_messages(folders: Sequence[Path], language: str) -> bool:
    """Return whether FOLDERS have a catalogue of LANGUAGE, or of the language that it is a variant of."""
    return any((folder / f"{tag}.toml").is_file() for folder in folders for tag in _narrowing(language))


def _narrowing(language: str) -> list[str]:
    """Return LANGUAGE and the more general tags: `de-CH`, `de`."""
    parts = [part for part in language.replace("_", "-").split("-") if part.isalnum()]
    return ["-".join(parts[:count]) for count in range(len(parts), 0, -1)]


def _locale(tag: str) -> "Locale | None":
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  # as above

    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
