"""Yes and no as people type them, in front matter and in `site.yaml` alike."""

from dropcap.document.front_matter.fields import Field, FrontMatter, Warn

YES = frozenset({"true", "yes", "on", "1", "y", "t"})
NO = frozenset({"false", "no", "off", "0", "n", "f"})


def yes_or_no(text: str) -> bool | None:
    """Return whether TEXT, in any case, means yes; None if it means neither yes nor no."""
    word = text.strip().casefold()
    return word in YES if word in YES or word in NO else None


def is_yes(field: Field) -> bool:
    """Return whether FIELD means yes."""
    return yes_or_no(field.text) is True


def is_no(field: Field) -> bool:
    """Return whether FIELD means no."""
    return yes_or_no(field.text) is False


def is_switch(field: Field) -> bool:
    """Return whether FIELD means yes or no."""
    return yes_or_no(field.text) is not None


def switch(front: FrontMatter, *names: str) -> bool | None:
    """Return the first yes or no among the fields under NAMES; None if there is none."""
    return next((is_yes(field) for field in front.filled(*names) if is_switch(field)), None)


def required_switch(field: Field, warn: Warn, *, otherwise: bool, effect: str) -> bool:
    """Return whether FIELD means yes; if it is neither yes nor no, warn of the EFFECT and return OTHERWISE."""
    answer = yes_or_no(field.text)
    if answer is not None:
        return answer
    message = f"`{field.name}` is neither `true` nor `false`; {effect}."
    warn(field.finding(message, f"Write `{field.name}: true` or `{field.name}: false`."))
    return otherwise
