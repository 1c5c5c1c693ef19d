"""Entries of front matter that say yes or no."""

from dropcap.document.front_matter.fields import Field, FrontMatter, Warn

YES = frozenset({"true", "yes", "on", "1", "y", "t"})
NO = frozenset({"false", "no", "off", "0", "n", "f"})


def says(field: Field, words: frozenset[str]) -> bool:
    """Tell whether FIELD is one of WORDS, in any case."""
    return field.text.casefold() in words


def switch(front: FrontMatter, *names: str) -> bool | None:
    """Give what the first entry under NAMES says that says yes or no; None where none does."""
    return next((says(field, YES) for field in front.given(*names) if says(field, YES | NO)), None)


def truth(field: Field, warn: Warn, *, otherwise: bool, effect: str) -> bool:
    """Give what FIELD says; OTHERWISE, with a warning that names the EFFECT, where that is neither yes nor no."""
    if says(field, YES | NO):
        return says(field, YES)
    message = f"`{field.name}` is neither `true` nor `false`; {effect}."
    warn(field.finding(message, f"Write `{field.name}: true` or `{field.name}: false`."))
    return otherwise
